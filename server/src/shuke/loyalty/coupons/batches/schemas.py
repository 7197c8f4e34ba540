"""Request and response shapes of batches of codes."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .. import codes
from .queries import Kind, State

MOST_CODES = 10_000_000
BatchName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
LastDay = Annotated[
    date | None,
    Field(ge=date(1970, 1, 1), le=date(2999, 12, 31), description="The last day to use or exchange its codes."),
]


class CouponBatchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: BatchName
    count: Annotated[int, Field(ge=1, le=MOST_CODES)]
    prefix: Annotated[str, Field(pattern=codes.PREFIX, description="In front of every code.")] = ""
    use_by: LastDay = None


class CouponBatchVoidIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class CouponBatchProblemOut(BaseModel):
    code: str
    title: str
    detail: str


class CouponBatchReasonOut(BaseModel):
    code: str
    text: str
    count: int


class CouponBatchTermsOut(BaseModel):
    text: str
    count: int


class CouponBatchFileOut(BaseModel):
    name: str
    columns: dict[str, str]
    is_trial: bool = Field(description="Only looked at so far: nothing is imported.")
    rows_read: int
    rejected: int
    reasons: list[CouponBatchReasonOut] | None = Field(description="Of one batch only, not in lists.")
    terms: list[CouponBatchTermsOut]


class CouponBatchCountsOut(BaseModel):
    issued: int = 0
    locked: int = 0
    redeemed: int = 0
    expired: int = 0
    void: int = 0
    exchanged: int = Field(0, description="Exchanged for a member's coupon, or given away.")
    exchanged_redeemed: int = Field(0, description="Of the exchanged ones, those that members have used.")


class CouponBatchOut(BaseModel):
    id: int
    template: str
    template_name: LocalName
    name: str
    kind: Kind
    state: State
    wanted: int
    made: int
    prefix: str
    valid_from: datetime | None
    expires_at: datetime | None
    counts: CouponBatchCountsOut
    file: CouponBatchFileOut | None
    problem: CouponBatchProblemOut | None
    asked_by: str
    asked_by_name: str | None
    added_at: datetime
    ended_at: datetime | None
    version: int


class CouponBatchesOut(BaseModel):
    items: list[CouponBatchOut]
    next: str | None


class CouponCodeSampleOut(BaseModel):
    header: list[str]
    rows: list[list[str]]
    guess: dict[str, str] = Field(description="Which column each thing probably is in, by the headings.")


class CouponExchangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    member: Annotated[str, Field(min_length=1, max_length=200, description="A member's id or natural key.")]
    code: Annotated[
        str, Field(min_length=1, max_length=64, pattern=r"\S", description="A printed code, or the word (口令).")
    ]


class CouponExchangedOut(BaseModel):
    code: str
    template: str
    name: LocalName
    how: Literal["exchange", "claim"]
    valid_from: datetime
    expires_at: datetime | None
