"""What is told of activities. What came with them stays with the member."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _ActivityEvent(Event):
    name: ClassVar[str] = ""
    activity_id: int
    kind: str
    event: str | None
    role: str | None
    source: str
    key: str
    business_day: str
    # By currency.
    earned: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class ActivityRecorded(_ActivityEvent):
    """A member did something other than buying. `earned`: what it gave."""

    name: ClassVar[str] = "activity.recorded"


@dataclass(frozen=True, kw_only=True)
class ActivityCancelled(_ActivityEvent):
    """An activity turned out not to count. `earned`: what it had given, and what was taken back."""

    name: ClassVar[str] = "activity.cancelled"
