"""The plain values of earning. Amounts in minor units, quantities as decimals, instants in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.platform.conditions import FactKey

from .kinds.per_amount import PerAmount

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


@dataclass(frozen=True)
class RuleVersion:
    """One published version of a rule: never changed, named by every award."""

    rule_version_id: int
    rule_id: int
    rule_code: str
    version: int
    effective_from: datetime
    published_at: datetime
    parameters: PerAmount
    # The facts of members, orders and history that the version asks about.
    needs: frozenset[FactKey] = frozenset()
    # Whether it looks at single lines; else an order's items may come as one sum.
    judges_lines: bool = False
    # Where the rule was retired: since when it no longer holds, and when that was decided.
    effective_until: datetime | None = None
    retired_at: datetime | None = None


@dataclass(slots=True)
class Grant:
    """What one version gives in one currency. `entitled`: before caps and budgets; `amount`: what they left of it."""

    version: RuleVersion
    currency: str
    entitled: int
    amount: int
    explanation: dict[str, Any]


@dataclass(frozen=True)
class Effect:
    """What one version gives beside value: a coupon, a tag."""

    version: RuleVersion
    kind: str
    parameters: Mapping[str, Any]


@dataclass(slots=True)
class Decision:
    """What an activity earns, in the order in which the rules were asked; and of rules that gave nothing, why."""

    grants: list[Grant] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    passed_over: list[dict[str, Any]] = field(default_factory=list)
