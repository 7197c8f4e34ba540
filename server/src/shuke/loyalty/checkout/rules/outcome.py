"""What a document did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shuke.loyalty import coupons, earning
from shuke.platform.conditions import FactKey

from .model import Line, Part


@dataclass(slots=True)
class Outcome:
    """What a document did: points and growth earned or taken back by currency, points given back, how a refund was
    matched and what lines it got, why an order earned what it earned.
    """

    earned: dict[str, int] = field(default_factory=dict)
    taken_back: dict[str, int] = field(default_factory=dict)
    points_returned: int = 0
    parts: list[Part] = field(default_factory=list)
    lines: tuple[Line, ...] | None = None
    decision: earning.Decision | None = None
    facts: Mapping[FactKey, Any] = field(default_factory=dict)
    # A sale: what of it counts as spending. A refund: what of its amount points and coupons had paid.
    counts_minor: int = 0
    points_minor: int = 0
    coupon_minor: int = 0
    # What a refund does to the coupons of its orders.
    settlements: list[coupons.Settlement] = field(default_factory=list)
    # And what its orders still earn beside value; of orders whose rules give nothing beside value, nothing.
    still_earned: list[earning.StillEarned] = field(default_factory=list)
