"""The plain values that go through the members' door."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Literal

from shuke.platform.i18n import Language, LocalName

IdentityKind = Literal["phone", "email", "card", "external", "wechat", "wecom", "alipay"]
Status = Literal["active", "frozen", "cancelled", "erased"]
Gender = Literal["female", "male"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a member told about themselves. `birthday` is `YYYY-MM-DD`, or `--MM-DD` when the year is unknown."""

    name: str | None = None
    gender: Gender | None = None
    birthday: str | None = None
    language: str | None = None
    address: str | None = None
    # Values of personal custom fields by key.
    custom: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class NewIdentity:
    """Something that names one member: `source` says whose number an external, card or WeChat value is."""

    kind: IdentityKind
    value: str
    source: str = ""
    is_verified: bool = False


@dataclass(frozen=True, kw_only=True)
class MemberSource:
    """Where a member came from."""

    channel: str | None = None
    store_id: int | None = None
    employee_id: int | None = None
    campaign: str | None = None
    inviter_id: int | None = None
    manager_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """Somebody who arrives: known by one of the identities (the first known one counts), or a new member.

    The profile, `joined_at` (None: now) and the source count for a new member only.
    """

    identities: tuple[NewIdentity, ...]
    profile: Profile | None = None
    joined_at: datetime | None = None
    source: MemberSource = field(default_factory=MemberSource)
    is_generated: bool = False
    # Whether a new member signs up just now; False: they were one elsewhere, and a file brings them in.
    is_sign_up: bool = True
    # Values of custom fields that are not personal, checked already.
    custom: Mapping[str, Any] = field(default_factory=dict)


class Keep(Enum):
    """The mark for "leave this as it is", where None is a value."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, kw_only=True)
class FactsRow:
    """Stored facts of one member, written down by the modules that own them; fields left out stay as they are.

    Money in minor units. `store_id` is where a member belongs: the first store that is written stays.
    """

    member_id: int
    order_count: int | Keep = KEEP
    refund_count: int | Keep = KEEP
    gross_spend_minor: int | Keep = KEEP
    net_spend_minor: int | Keep = KEEP
    first_order_at: datetime | None | Keep = KEEP
    last_order_at: datetime | None | Keep = KEEP
    points_available: int | Keep = KEEP
    points_debt: int | Keep = KEEP
    growth: int | Keep = KEEP
    points_expiring_on: date | None | Keep = KEEP
    tier_code: str | None | Keep = KEEP
    tier_rank: int | None | Keep = KEEP
    tier_valid_until: date | None | Keep = KEEP
    store_id: int | None | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class BalancesRow:
    """What a member's accounts say, for the summary. `points_expiring_on`: the day on which the next points end."""

    member_id: int
    points_available: int
    points_debt: int
    growth: int
    points_expiring_on: date | None


@dataclass(frozen=True, kw_only=True)
class StoreRef:
    """A store by id and name."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TierRef:
    """A tier level as lists show it."""

    code: str
    rank: int
    name: LocalName
    colour: str


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """A member as lists show it. Personal fields are masked; money in minor units of `currency`."""

    id: int
    number: str
    name: str | None
    phone: str | None
    is_generated: bool
    status: Status
    tier: TierRef | None
    tier_valid_until: date | None
    points_available: int
    points_debt: int
    growth: int
    order_count: int
    net_spend_minor: int
    currency: str
    first_order_at: datetime | None
    last_order_at: datetime | None
    store: StoreRef | None
    # Who looks after the member in the store.
    employee: str | None
    joined_at: datetime
    # Values of custom fields by key; of personal ones only that there is something.
    custom: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class MemberIdentity:
    """An identity as the member page shows it: the value is masked; requests name it by its `handle`."""

    handle: str
    kind: IdentityKind
    source: str | None
    value: str
    is_verified: bool
    verified_at: datetime | None
    verified_by: str | None
    added_at: datetime


@dataclass(frozen=True, kw_only=True)
class MemberOrigin:
    """Where a member came from, with names."""

    channel: str | None
    store: StoreRef | None
    employee: str | None


@dataclass(frozen=True, kw_only=True)
class Member(MemberRow):
    """A member in full: the row, the masked profile, the masked identities, the origin. `birthday` is `MM-DD`."""

    birthday: str | None
    gender: Gender | None
    language: str | None
    address: str | None
    identities: tuple[MemberIdentity, ...]
    source: MemberOrigin | None
    version: int


@dataclass(frozen=True, kw_only=True)
class MemberName:
    """What other modules' lists show of a member; the name is masked."""

    id: int
    number: str
    name: str | None


@dataclass(frozen=True, kw_only=True)
class WantedCondition:
    """A condition as a caller sent it, as JSON; `within_ms`: how long a statement may look for those who meet it."""

    text: str
    language: Language = "zh"
    within_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class MemberFilters:
    """What a list of members is narrowed to; None asks nothing. Money in minor units; days are the shop's days."""

    q: str | None = None
    tiers: tuple[str, ...] | None = None
    store_id: int | None = None
    status: Status | None = None
    spend_min: int | None = None
    spend_max: int | None = None
    points_min: int | None = None
    points_max: int | None = None
    orders_min: int | None = None
    orders_max: int | None = None
    last_order_from: date | None = None
    last_order_to: date | None = None
    joined_from: date | None = None
    joined_to: date | None = None
    member_ids: tuple[int, ...] | None = None
    employee_id: int | None = None
    # With the regions that lie in it.
    region_id: int | None = None
    # (key, key_min or key_max of a custom field; what is asked for)
    custom: tuple[tuple[str, str], ...] | None = None
    # Over the facts of the scope `members`; what else is asked for holds as well.
    condition: WantedCondition | None = None


@dataclass(frozen=True, kw_only=True)
class ProfileChange:
    """New values of profile fields; fields left out stay as they are, None empties one."""

    name: str | None | Keep = KEEP
    gender: Gender | None | Keep = KEEP
    birthday: str | None | Keep = KEEP
    language: str | None | Keep = KEEP
    address: str | None | Keep = KEEP
    custom: Mapping[str, Any] | None | Keep = KEEP

    def applied_to(self, profile: Profile) -> Profile:
        """The profile with the new values."""
        return replace(profile, **{name: value for name, value in vars(self).items() if value is not KEEP})
