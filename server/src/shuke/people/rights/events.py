"""What happens to requests of members. No event carries anything personal."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _RequestEvent(Event):
    name: ClassVar[str] = ""
    request_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class RequestReceived(_RequestEvent):
    """A member asked for something that is their right."""

    name: ClassVar[str] = "request.received"
    due_on: str


@dataclass(frozen=True, kw_only=True)
class RequestEnded(_RequestEvent):
    """A request was done, refused or taken back."""

    name: ClassVar[str] = "request.ended"
    state: str


@dataclass(frozen=True, kw_only=True)
class RequestDeadlineMissed(_RequestEvent):
    """A request was not answered in time; announced once."""

    name: ClassVar[str] = "request.deadline_missed"
    due_on: str
