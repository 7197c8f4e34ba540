"""Shapes of what tills ask and hear. Amounts in minor units; quantities and prices as decimal texts."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.commerce import orders
from shuke.platform.i18n import LocalName

from ..rules import Policies
from ..schemas import (
    Amount,
    CouponCodes,
    LongText,
    MemberIn,
    OrderLineIn,
    PaymentIn,
    Points,
    PointsOut,
    Quantity,
    Source,
    Text,
    TierOut,
)


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CartIn(_In):
    """A cart that is not paid yet. Its member and products must be known; nothing is written."""

    source: Source
    store: Text | None = None
    member: MemberIn | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=1000)]
    points: Points | Literal["most"] = Field(default=0, description="How many the member chose, or `most`.")
    coupons: CouponCodes | Literal["best"] | None = Field(
        default=None,
        description="Codes that the member chose, or `best`: the best combination of what the member holds. "
        "Left out: the best in a quotation, none in a hold.",
    )
    coupon_minor: Amount = Field(default=0, description="What of the goods coupons of other systems pay.")
    payments: Annotated[list[PaymentIn], Field(max_length=20)] = Field(default_factory=list)
    at: AwareDatetime | None = Field(default=None, description="When it is bought; now, where it is left out.")


class RuleRefOut(BaseModel):
    code: str
    version: int
    name: LocalName


class EarnedOut(BaseModel):
    """What one rule gives. `entitled`: before caps and budgets; `facts`: what the sentence is made of."""

    rule: RuleRefOut
    currency: str
    entitled: int
    amount: int
    facts: dict[str, Any]


class PassedOverOut(BaseModel):
    """A rule that gave nothing, and why: its schedule, audience, branches, group, a cap, a budget …"""

    rule: RuleRefOut
    why: str
    facts: dict[str, Any]


class CartPointsOut(BaseModel):
    """Points as payment: what the member has, how many this cart takes at most, and what the chosen ones pay."""

    is_on: bool
    available: int
    most: int
    step: int
    least: int
    used: int
    worth_minor: int


class CartBenefitOut(BaseModel):
    """A discount that the member's level has: for the till to take off the prices before the order is paid."""

    code: str
    name: LocalName
    percent_off: int | None
    amount_minor: int | None
    least_order_minor: int
    most_minor: int | None
    products: list[str]
    categories: list[str]


class CartCouponOut(BaseModel):
    """A coupon that the cart uses: what it takes off, line by line."""

    code: str
    template: str
    name: LocalName
    discount_minor: int
    lines: dict[int, int]


class UnusedCouponOut(BaseModel):
    """A coupon that the member holds and the cart does not use, and why."""

    code: str
    template: str
    name: LocalName
    why: str
    sentence: LocalName


class CartLineOut(BaseModel):
    """A line, and its shares of what coupons and points pay."""

    line_no: int
    amount_minor: int
    coupon_minor: int
    points_minor: int


class QuoteOut(BaseModel):
    """What a cart costs, what may pay it, and what it would earn if it were paid now."""

    member_id: int | None
    currency: str
    gross_minor: int
    goods_minor: int
    coupon_minor: int
    payable_minor: int
    points: CartPointsOut
    earned: list[EarnedOut]
    passed_over: list[PassedOverOut]
    tier_now: TierOut | None
    tier_after: TierOut | None
    discounts: list[CartBenefitOut]
    coupons: list[CartCouponOut]
    unused_coupons: list[UnusedCouponOut]
    lines: list[CartLineOut]


class CartHoldIn(_In):
    """A cart to be set aside under the number that its order will have, with the points that are to pay it."""

    number: Text
    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 7)] = 15
    cart: CartIn


class CartHoldOut(BaseModel):
    source: str
    number: str
    member_id: int | None
    points: int
    points_minor: int
    payable_minor: int | None
    coupon_minor: int
    coupons: list[str]
    expires_at: datetime
    state: Literal["open", "committed", "cancelled"]


class CancelIn(_In):
    source: Source
    number: Text
    store: Text | None = None


class RefundLineIn(_In):
    """A line of the order by its number or product: a quantity that comes back, or an amount off its price."""

    line_no: Annotated[int, Field(ge=1, le=1000)] | None = None
    product: Text | None = None
    quantity: Quantity | None = None
    amount_minor: Amount | None = None


class RefundIn(_In):
    """A refund of an order, whole, by lines or by an amount. Its number names it: the same again has no effect."""

    source: Source
    number: Text
    refund_of: Text
    placed_at: AwareDatetime
    store: Text | None = None
    employee: Text | None = None
    is_whole: bool = False
    amount_minor: Annotated[int, Field(ge=1, le=10**12)] | None = None
    lines: Annotated[list[RefundLineIn], Field(max_length=1000)] = Field(default_factory=list)
    reason: orders.RefundReason | None = None
    note: LongText | None = Field(
        default=None,
        description="Why, in somebody's words; emptied when the member is erased.",
    )


class RefundedLineOut(BaseModel):
    product: str
    quantity: str
    amount_minor: int


class RefundedOut(BaseModel):
    """What a refund did. `money_minor`: what is to be given back in money; the rest had been paid with points and
    coupons. `waiting`: the order has not come yet; the refund is done as soon as it does.
    """

    order_id: int | None
    refund_of: str
    number: str
    member_id: int | None
    state: Literal["created", "unchanged", "waiting"]
    amount_minor: int
    money_minor: int
    lines: list[RefundedLineOut]
    points: PointsOut | None
    growth_taken_back: int
    tier: TierOut | None
    coupons_returned: list[str]


class PoliciesOut(BaseModel):
    version: int
    policies: Policies


class WaitingRefundOut(BaseModel):
    """A refund whose order has not come yet. `problem`: why it could not be done when the order came."""

    source: str
    number: str
    refund_of: str
    received_at: datetime
    problem: str | None


class WaitingRefundsOut(BaseModel):
    items: list[WaitingRefundOut]
