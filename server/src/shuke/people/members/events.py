"""What happens to members. No event carries anything personal."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody became a member. `is_sign_up`: by themselves, just now; not as one of those that a file brought in."""

    name: ClassVar[str] = "member.joined"
    number: str
    channel: str | None
    store_id: int | None
    employee_id: int | None = None
    is_generated: bool
    is_sign_up: bool = True


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


@dataclass(frozen=True, kw_only=True)
class MemberIdentitiesCrossed(Event):
    """Somebody came with identities of two members, and was taken for this one: they may be one person."""

    name: ClassVar[str] = "member.identities_crossed"
    other_id: int


@dataclass(frozen=True, kw_only=True)
class MemberMerged(Event):
    """Another member turned out to be this one; their records stay theirs and are read as this member's."""

    name: ClassVar[str] = "member.merged"
    absorbed_id: int
    merge_id: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class MemberParted(Event):
    """A merge was undone: the two are separate members again."""

    name: ClassVar[str] = "member.parted"
    absorbed_id: int
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class MemberIdentityRemoved(Event):
    """A member is not known by an identity any more."""

    name: ClassVar[str] = "member.identity_removed"
    kind: str
    source: str


@dataclass(frozen=True, kw_only=True)
class MemberIdentityVerified(Event):
    """An identity was proved to be the member's. `how`: by a code, by staff, by the channel it came from."""

    name: ClassVar[str] = "member.identity_verified"
    kind: str
    source: str
    how: str
