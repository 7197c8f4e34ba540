"""The plain values of coupons on a cart. Amounts in minor units, quantities as decimals, instants in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.platform.conditions import Condition, FactKey

from .terms import Terms


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a cart as coupons see it. `is_goods`: False for postage and fees."""

    line_no: int
    product: str
    category: str | None
    brand: str | None
    quantity: Decimal
    amount_minor: int
    is_goods: bool = True


@dataclass(frozen=True)
class Cart:
    """What is bought, where, when and by whom. `taken_minor`: what other coupons have paid already."""

    items: tuple[Item, ...]
    at: datetime
    zone: ZoneInfo
    money: str
    source: str
    store: str | None = None
    tier: str | None = None
    taken_minor: int = 0
    facts: Mapping[FactKey, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Promise:
    """Terms of one version, ready to be asked. `members`: the compiled condition of their scope."""

    template_id: int
    version: int
    code: str
    terms: Terms
    members: Condition | None = None


@dataclass(frozen=True)
class Held:
    """A coupon that may be used on the cart."""

    member_id: int
    coupon_id: int
    code: str
    promise: Promise
    valid_from: datetime
    expires_at: datetime | None


# Why a coupon is not used.
Why = Literal[
    "not_yet",
    "over",
    "weekday",
    "hour",
    "store",
    "source",
    "tier",
    "member",
    "nothing_eligible",
    "threshold",
    "no_effect",
    "group",
    "never_with",
    "too_many",
    "floor",
    "not_best",
    "budget",
]


@dataclass(frozen=True)
class Use:
    """A coupon at work: what it takes off, line by line (line number → minor units; they add up)."""

    held: Held
    discount_minor: int
    shares: Mapping[int, int]


@dataclass(frozen=True)
class Unused:
    """A coupon that is not used, why, and what would be missing (`{"least": 20000, "found": 15000}`)."""

    held: Held
    why: Why
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Combination:
    """The coupons used, in the order in which they are taken off, and the others. `is_exact`: nothing better is legal;
    False where so many go together that the search was ended (`searching.MOST_NODES`), with the best that it had found.
    """

    uses: tuple[Use, ...] = ()
    unused: tuple[Unused, ...] = ()
    is_exact: bool = True

    @property
    def discount_minor(self) -> int:
        """All that they take off."""
        return sum(use.discount_minor for use in self.uses)
