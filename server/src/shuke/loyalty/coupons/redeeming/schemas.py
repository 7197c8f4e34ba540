"""Shapes of coupons that are redeemed by their code alone."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from ..holding.rules import State
from ..holding.schemas import CouponActorOut, CouponHolderOut, CouponStoreRefOut, CouponTemplateRefOut
from .rules import Missing

Text = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Minor = Annotated[int, Field(ge=0, le=10**12)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RedeemedGoodsIn(_Body):
    product: Code = Field(description="A product's code.")
    quantity: Annotated[Decimal, Field(gt=0, le=100_000, max_digits=12, decimal_places=3)] = Decimal(1)
    amount_minor: Minor = Field(default=0, description="What they cost without the coupon.")


class RedeemCouponIn(_Body):
    store: Code = Field(description="The code of the store where it is redeemed.")
    member: Text | None = Field(
        default=None, description="Who uses it: an id or natural key. Somebody else's coupon is then refused."
    )
    amount_minor: Minor | None = Field(default=None, description="What the goods cost that it is for.")
    goods: Annotated[list[RedeemedGoodsIn], Field(max_length=100)] = Field(
        default_factory=list, description="What is bought or handed over, where the terms ask about goods and pieces."
    )
    note: Text | None = None
    source: Code = Field(default="counter", description="The till or system that redeems.")
    number: Text | None = Field(
        default=None, description="The source's own number of the redemption: the same again has no second effect."
    )


class UndoRedemptionIn(_Body):
    reason: Text


class CouponGiftOut(BaseModel):
    product: str
    name: str | None = Field(description="None: the product is not known here.")


class CouponProblemAtTillOut(BaseModel):
    code: str = Field(description="The code of the error that redeeming would answer with.")
    title: str
    detail: str


class CouponRedemptionOut(BaseModel):
    at: datetime
    day: date = Field(description="The shop's day.")
    store: CouponStoreRefOut | None
    by: CouponActorOut
    discount_minor: int
    note: str | None
    with_order: bool = Field(description="It was used with an order; a refund of that gives it back.")
    can_be_undone: bool = Field(description="On its own day, without an order.")


class CouponLookupOut(BaseModel):
    code: str
    currency: str
    template: CouponTemplateRefOut
    headline: LocalName = Field(description="What it takes off, in a few words.")
    terms: list[str] = Field(description="Its terms in the caller's language, one sentence each.")
    gifts: list[CouponGiftOut] = Field(description="Of a gift: the products of which one may be handed over.")
    pieces: int | None = Field(description="Of a gift: how many pieces.")
    state: State = Field(description="As of now.")
    valid_from: datetime
    expires_at: datetime | None
    expires_on: date | None = Field(description="The last local day on which it may be used.")
    holder: CouponHolderOut | None = Field(description="None: nobody's, or a member out of the caller's sight.")
    is_nobodys: bool = Field(description="Whoever has the code may use it.")
    can_redeem: bool
    discount_minor: int | None = Field(description="What it would take off; None: not known yet, or it does not go.")
    missing: Missing | None = Field(description="What has to be said before it can be judged.")
    problem: CouponProblemAtTillOut | None = Field(description="Why it does not go.")
    redemption: CouponRedemptionOut | None = Field(description="Of a coupon that is used.")


class RedeemedCouponOut(BaseModel):
    outcome: Literal["redeemed", "unchanged"] = Field(description="unchanged: the same had been done before.")
    coupon: CouponLookupOut


class StoreRedemptionOut(BaseModel):
    code: str
    template: CouponTemplateRefOut
    holder: CouponHolderOut | None
    at: datetime
    by: CouponActorOut
    discount_minor: int
    note: str | None
    with_order: bool
    is_undone: bool = Field(description="Taken back, or given back by a refund.")
    can_be_undone: bool


class StoreRedemptionsOut(BaseModel):
    day: date
    currency: str
    count: int = Field(description="All that stand on that day, also those that are not shown.")
    discount_minor: int
    items: list[StoreRedemptionOut] = Field(description="The newest 200.")
