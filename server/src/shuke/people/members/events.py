"""What happens to members. No event carries anything personal."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody became a member."""

    name: ClassVar[str] = "member.joined"
    number: str
    channel: str | None
    store_id: int | None
    is_generated: bool


@dataclass(frozen=True, kw_only=True)
class MemberProfileChanged(Event):
    """A member's profile changed; `fields` names which, never what."""

    name: ClassVar[str] = "member.profile_changed"
    version: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MemberIdentityAdded(Event):
    """A member can now be known by one more identity."""

    name: ClassVar[str] = "member.identity_added"
    kind: str
    source: str


@dataclass(frozen=True, kw_only=True)
class MemberStatusChanged(Event):
    """A member was frozen, cancelled or made active again."""

    name: ClassVar[str] = "member.status_changed"
    version: int
    before: str
    after: str
