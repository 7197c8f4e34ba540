"""What members agree to and take back. No event carries anything personal."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _ConsentEvent(Event):
    name: ClassVar[str] = ""
    topic: str
    channel: str
    change_no: int
    notice_version: int | None


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(_ConsentEvent):
    """A member agreed to a purpose on a channel, or lifted a stop."""

    name: ClassVar[str] = "consent.given"


@dataclass(frozen=True, kw_only=True)
class ConsentRefused(_ConsentEvent):
    """A member was asked, and said no."""

    name: ClassVar[str] = "consent.refused"


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(_ConsentEvent):
    """A member took a consent back, objected, or set a stop."""

    name: ClassVar[str] = "consent.withdrawn"


@dataclass(frozen=True, kw_only=True)
class NoticePublished(Event):
    """A notice got a new version; where it is substantial, consents to older ones no longer count."""

    name: ClassVar[str] = "notice.published"
    code: str
    version: int
    is_substantial: bool


BY_KIND: dict[str, type[_ConsentEvent]] = {
    "given": ConsentGiven,
    "refused": ConsentRefused,
    "withdrawn": ConsentWithdrawn,
}
