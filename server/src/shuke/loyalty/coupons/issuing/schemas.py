"""Shapes of giving, claiming and voiding coupons."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shuke.platform.i18n import LocalName
from shuke.platform.problems import Problem

Reference = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300),
    Field(description="A member: id, `number:M…`, `phone:+86…`, `email:…`, `external:<source>:<number>`."),
]
TemplateCode = Annotated[str, StringConstraints(min_length=1, max_length=60)]
StoreCode = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,200}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CouponClaimIn(_In):
    member: Reference
    word: Annotated[str, StringConstraints(max_length=40)] | None = Field(
        default=None, description="The word with which it is claimed, where there is one."
    )
    store: StoreCode | None = Field(default=None, description="The store in which it is claimed.")


class CouponGiveIn(_In):
    member: Reference
    template: TemplateCode
    reason: Reason
    store: StoreCode | None = Field(default=None, description="The store in which it is given.")


class CouponGiveItemIn(CouponGiveIn):
    key: Key = Field(description="Of the caller, for ever: asked again, the member has no second coupon.")


class CouponGiveBatchIn(_In):
    """Up to 1,000 coupons; each is given or refused by itself."""

    items: Annotated[list[CouponGiveItemIn], Field(min_length=1, max_length=1_000)]


class CouponVoidIn(_In):
    reason: Reason


class CouponGivenOut(BaseModel):
    """A coupon that a member has been given. `already`: the same key gave it before."""

    state: Literal["given", "already"]
    id: int
    code: str
    template: str
    name: LocalName
    member_id: int
    valid_from: datetime
    expires_at: datetime | None = Field(description="The first instant at which it is over; null: never.")


class CouponGiveResultOut(BaseModel):
    index: int
    state: Literal["given", "already", "refused"]
    coupon: CouponGivenOut | None = None
    error: Problem | None = None


class CouponGiveBatchOut(BaseModel):
    results: list[CouponGiveResultOut]


class _MembersIn(_In):
    condition: dict[str, Any] | None = Field(default=None, description="A condition over facts of members.")
    members: Annotated[list[Reference], Field(max_length=20_000)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "_MembersIn":
        if (self.condition is None) == (self.members is None):
            raise ValueError("Name a condition or a list of members. 请指定条件或名单之一。")
        return self


class CouponHandoutPreviewIn(_MembersIn):
    template: TemplateCode


class CouponHandoutIn(_MembersIn):
    template: TemplateCode
    reason: Reason
    members_seen: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="How many the preview told of; more than these are not given it."
    )


class CouponHandoutPreviewOut(BaseModel):
    """Who would be given a coupon. What each may still have is only known when it is given."""

    members: int
    not_active: int = Field(description="Of them, frozen or cancelled: they are left out.")
    unknown: list[str] = Field(description="Of the list, the first references that name nobody.")
    unknown_count: int
    stock_left: int | None = Field(description="Units that are free; null: without end.")
    needs_approval: bool
    sentence: str | None = Field(description="The condition in words.")


class CouponHandoutOut(BaseModel):
    """A giving to many: how far it is, and what it led to."""

    id: int
    template: str
    reason: str
    sentence: str | None = Field(description="The condition in words; null: a list.")
    state: Literal["approval", "waiting", "running", "done", "failed", "cancelled"]
    members: int
    given: int
    refused: dict[str, int] = Field(description="How many were not given one, by reason.")
    asked_by: str
    asked_by_name: str | None
    asked_at: datetime
    ended_at: datetime | None


class CouponHandoutsOut(BaseModel):
    items: list[CouponHandoutOut]
    next: str | None
