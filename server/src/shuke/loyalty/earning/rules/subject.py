"""What happened, as rules look at it. Amounts in minor units, quantities as decimals, instants in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.platform.conditions import FactKey

Activity = Literal[
    "order_paid",
    "sign_up",
    "profile_completed",
    "birthday",
    "check_in",
    "review",
    "share",
    "referral",
    "survey",
    "custom",
]


@dataclass(frozen=True, slots=True)
class Item:
    """A goods line as far as it counts: what refunds took is left out. `points_minor` and `coupon_minor` are the
    shares of the amount that points and coupons paid.
    """

    line_no: int
    product: str
    category: str | None
    brand: str | None
    quantity: Decimal
    amount_minor: int
    points_minor: int = 0
    coupon_minor: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What happened, to be judged. `facts` are those that the rules in force ask about, as they were then: of the
    member, of their history and of the order as a whole. Facts of lines and of time come from here.
    """

    activity: Activity
    member_id: int
    at: datetime
    day: date
    zone: ZoneInfo
    money: str
    items: tuple[Item, ...] = ()
    facts: Mapping[FactKey, Any] = field(default_factory=dict)
    # The name of a custom event, and what came with an activity.
    event: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    # What of the order's gross value is no goods value (postage, fees), for the explanation.
    left_out_minor: int = 0
