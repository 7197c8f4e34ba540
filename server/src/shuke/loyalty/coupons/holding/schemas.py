"""Shapes of coupons as members have them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .rules import State, TransferState


class CouponTemplateRefOut(BaseModel):
    code: str
    name: LocalName


class CouponBatchRefOut(BaseModel):
    id: int
    name: str


class CouponHolderOut(BaseModel):
    id: int
    number: str
    name: str | None = Field(description="As the caller may see it.")


class CouponStoreRefOut(BaseModel):
    id: int
    name: str


class CouponOrderRefOut(BaseModel):
    id: int
    number: str


class CouponActorOut(BaseModel):
    actor: str
    name: str | None = Field(description="Of staff.")


class CouponRowOut(BaseModel):
    code: str
    template: CouponTemplateRefOut
    state: State = Field(description="As of now: what is over is expired, and a lapsed lock is none.")
    member: CouponHolderOut | None = Field(description="None: whoever has the code may use it.")
    how: str = Field(description="claim, rule, benefit, staff, api, code, exchange, transfer or lottery.")
    batch: CouponBatchRefOut | None
    issued_at: datetime
    valid_from: datetime
    expires_at: datetime | None = Field(description="The first instant at which it is over.")
    expires_on: date | None = Field(description="The last local day on which it may be used.")
    is_offered: bool = Field(description="Its holder has offered it to somebody else, who has not accepted yet.")
    locked_until: datetime | None
    redeemed_at: datetime | None
    store: CouponStoreRefOut | None = Field(description="Where it was used.")
    order: CouponOrderRefOut | None = Field(description="What it was used with.")
    discount_minor: int = Field(description="What it took off, less what refunds took back of it.")
    times_returned: int = Field(description="How often a refund has given it back.")


class CouponListOut(BaseModel):
    currency: str
    items: list[CouponRowOut]
    next: str | None


class CouponMoveOut(BaseModel):
    number: int
    kind: str = Field(description="issued, locked, released, redeemed, returned, expired, voided or given.")
    at: datetime
    by: CouponActorOut
    store: CouponStoreRefOut | None
    channel: str | None
    order: CouponOrderRefOut | None
    discount_minor: int
    reason: str | None


class CouponTransferOut(BaseModel):
    id: int
    state: TransferState
    offered_at: datetime
    until: datetime
    ended_at: datetime | None
    coupon: str = Field(description="The code of the coupon that was offered.")
    giver: CouponHolderOut | None
    receiver: CouponHolderOut | None
    new_coupon: str | None = Field(description="The code of the coupon that the receiver has for it.")


class CouponOut(CouponRowOut):
    currency: str
    terms_version: int
    told: list[str] = Field(description="Its terms in plain words, one sentence each.")
    is_transferable: bool = Field(description="Whether its terms allow that it is given away.")
    moves: list[CouponMoveOut]
    transfers: list[CouponTransferOut]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OfferCouponIn(_Body):
    member: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="The holder: when it is somebody else, nothing is offered."
    )


class OfferedCouponOut(BaseModel):
    id: int
    token: str = Field(description="Told this once. Whoever has it may accept.")
    until: datetime


class AcceptCouponIn(_Body):
    token: Annotated[str, Field(min_length=1, max_length=100)]
    member: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="Who accepts.")


class CouponSectionOut(BaseModel):
    currency: str
    usable_count: int
    expiring_soon_count: int = Field(description="Of the usable: over within seven days.")
    next_expires_on: date | None
    used_count: int
    saved_minor: int = Field(description="What coupons took off for the member, less what refunds took back.")
