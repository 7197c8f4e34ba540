"""Shapes of checkout's requests and answers. Amounts in minor units; quantities and prices as decimal texts."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.problems import Problem

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Quantity = Annotated[Decimal, Field(gt=0, lt=10**10, decimal_places=3, max_digits=13)]
UnitPrice = Annotated[Decimal, Field(ge=0, lt=10**9, decimal_places=4, max_digits=13)]
Amount = Annotated[int, Field(ge=0, le=10**12)]
Points = Annotated[int, Field(ge=0, le=10**12)]


CouponCodes = Annotated[list[Text], Field(max_length=20)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MemberIn(_In):
    """Who bought: one or more identities. An unknown phone, e-mail, card or external number becomes a new member."""

    id: Annotated[int, Field(gt=0)] | None = None
    number: Text | None = None
    external: Text | None = Field(default=None, description="The customer number in the order's own source.")
    phone: Text | None = None
    email: LongText | None = None
    card: Text | None = None


class OrderLineIn(_In):
    """One line. Give `unit_price`, `amount_minor`, or both (then the amount counts)."""

    product: Text
    name: LongText | None = None
    quantity: Quantity
    unit_price: UnitPrice | None = None
    amount_minor: Amount | None = None
    is_goods: bool = Field(default=True, description="False for postage and fees; counts for new products only.")
    category: LongText | None = Field(default=None, description="The product's category, learnt from here.")
    brand: LongText | None = Field(default=None, description="The product's brand, learnt from here.")


class PaymentIn(_In):
    """A part of the money, and how it was paid."""

    method: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")] = Field(
        description="cash, card, wechat, alipay … as rules name it."
    )
    amount_minor: Amount


class OrderIn(_In):
    """An order, or a refund (`kind` = refund: quantities and amounts above zero; they are taken back)."""

    source: Source
    number: Text
    kind: Literal["sale", "refund"] = "sale"
    placed_at: AwareDatetime
    store: Text | None = Field(default=None, description="Store code; an unknown one is added.")
    employee: Text | None = Field(default=None, description="Code of the employee who served.")
    member: MemberIn | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    lines: Annotated[list[OrderLineIn], Field(min_length=1, max_length=1000)]
    refund_of: Text | None = Field(default=None, description="Refunds: the number of the order, in the same source.")
    points: Points = Field(default=0, description="Points that the member chose to pay with.")
    coupons: CouponCodes = Field(
        default_factory=list, description="Codes of the shop's own coupons that this order uses up, as quoted."
    )
    coupon_minor: Amount = Field(default=0, description="What of the goods coupons of other systems paid.")
    payments: Annotated[list[PaymentIn], Field(max_length=20)] = Field(default_factory=list)


class OrdersIn(_In):
    """Up to 1,000 orders and refunds; each is judged for itself unless `all_or_nothing`."""

    orders: Annotated[list[OrderIn], Field(min_length=1, max_length=1000)]
    all_or_nothing: bool = False


class TierOut(BaseModel):
    code: str
    rank: int


class PointsOut(BaseModel):
    """Points of this document, and what the member has after it. `used` paid the order, `returned` were given back."""

    earned: int
    taken_back: int
    used: int
    returned: int
    balance: int
    debt: int


class CouponUsedOut(BaseModel):
    """A coupon that the order used up, and what it took off."""

    code: str
    discount_minor: int


class RecordedOut(BaseModel):
    """What became of a document. `waiting`: a refund whose order has not come yet."""

    order_id: int | None
    source: str
    number: str
    kind: Literal["sale", "refund"]
    member_id: int | None
    state: Literal["created", "unchanged", "waiting"]
    points: PointsOut | None
    growth_earned: int
    tier: TierOut | None
    coupons: list[CouponUsedOut]


class ResultOut(BaseModel):
    """One result of a batch, in the order of the request. `error` says why an order was refused."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    index: int
    status: Literal["created", "unchanged", "waiting", "refused"]
    order_id: int | None = None
    error: Problem | None = None


class ResultsOut(BaseModel):
    results: list[ResultOut]
