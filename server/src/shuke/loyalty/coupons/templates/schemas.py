"""Shapes of requests and answers about templates and about combining coupons."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName

from ..rules import Cart, Issuing, Item, Stacking
from .queries import State

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")
]
Amount = Annotated[int, Field(ge=0, le=10**12)]


class CouponNameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Name
    en: Name

    def as_name(self) -> LocalName:
        """The name as a plain value."""
        return LocalName(self.zh, self.en)


class CouponTemplateIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: CouponNameIn
    terms: dict[str, Any] | None = Field(default=None, description="The first draft; none yet when left out.")
    issuing: dict[str, Any] = Field(default={}, description="How it is given out; left out: without limits, by staff.")


class CouponRenameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: CouponNameIn


class CouponCopyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: CouponNameIn


class CouponDraftIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    terms: dict[str, Any] = Field(description="As GET /v1/coupon-templates/schema describes. May be unfinished.")


class CouponIssuingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    issuing: dict[str, Any] = Field(description="As GET /v1/coupon-templates/schema describes.")


class CouponTemplateOut(BaseModel):
    """A template as lists show it. `told`: its discount in words, of the newest published terms, else of the draft."""

    code: str
    name: LocalName
    state: State
    kind: str | None
    category: str | None
    told: str
    terms_version: int = Field(description="The newest published version; 0: none yet.")
    has_draft: bool
    stock: int | None
    stock_left: int | None = Field(description="Units nobody has, at most 10,000 are counted; null: without end.")
    issued: int = Field(description="Coupons there are; at most 10,000 are counted.")
    redeemed: int | None = Field(description="How many of them are redeemed; null where more than 10,000 were issued.")
    is_claimable: bool = Field(description="Whether members may take it themselves at present.")
    version: int
    added_at: datetime
    changed_at: datetime


class CouponTemplatesOut(BaseModel):
    items: list[CouponTemplateOut]
    next: str | None


class CouponTemplateDetailOut(CouponTemplateOut):
    terms: dict[str, Any] | None = Field(description="The newest published terms.")
    published_at: datetime | None
    draft: dict[str, Any] | None
    issuing: Issuing
    sentences: list[str] = Field(description="What the newest published terms say, or else the draft, in plain words.")
    issuing_sentences: list[str]


class CouponVersionOut(BaseModel):
    """Published terms. `added` and `dropped`: what it says otherwise than the version before."""

    version: int
    published_at: datetime
    published_by: str
    terms: dict[str, Any]
    sentences: list[str]
    added: list[str]
    dropped: list[str]


class CouponVersionsOut(BaseModel):
    items: list[CouponVersionOut] = Field(description="Newest first.")
    draft: CouponVersionOut | None = Field(description="What would be published next, against the newest version.")


class CouponProblemOut(BaseModel):
    """What is wrong, and where: a JSON pointer into the terms, the issuing or the stacking."""

    pointer: str
    detail: str


class CouponCartLineIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    product: Label
    category: Label | None = None
    brand: Label | None = None
    quantity: Annotated[Decimal, Field(gt=0, lt=10**7, decimal_places=3)] = Decimal(1)
    amount_minor: Amount
    is_goods: bool = True


class CouponCartIn(BaseModel):
    """A cart to try coupons on."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[CouponCartLineIn], Field(min_length=1, max_length=50)]
    store: Label | None = None
    source: Label | None = None
    tier: Label | None = None
    at: AwareDatetime | None = Field(default=None, description="When it is bought; now, when left out.")

    def as_cart(self, now: datetime, zone: ZoneInfo, money: str) -> Cart:
        """The cart as a plain value."""
        return Cart(
            items=tuple(Item(line_no=number, **vars(line)) for number, line in enumerate(self.lines, 1)),
            at=self.at or now,
            zone=zone,
            money=money,
            source=self.source or "pos",
            store=self.store,
            tier=self.tier,
        )


class CouponPreviewIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    template: Code | None = Field(default=None, description="Whose terms they are, or will be.")
    terms: dict[str, Any]
    issuing: dict[str, Any] = {}
    cart: CouponCartIn | None = Field(default=None, description="Tried on it; else on a cart that fits.")


class CouponSampleLineOut(BaseModel):
    line_no: int
    product: str
    quantity: Decimal
    amount_minor: int
    is_goods: bool
    off_minor: int


class CouponUseOut(BaseModel):
    """A coupon that goes, and what it takes off which line."""

    template: str
    name: LocalName | None
    discount_minor: int
    shares: dict[int, int]


class CouponUnusedOut(BaseModel):
    """A coupon that does not go, and why."""

    template: str
    name: LocalName | None
    why: str
    text: str


class CouponSampleOut(BaseModel):
    """A cart with coupons on it. `is_made_up`: the program thought of one that fits."""

    lines: list[CouponSampleLineOut]
    at: datetime
    is_made_up: bool
    total_minor: int
    discount_minor: int
    payable_minor: int
    uses: list[CouponUseOut]
    unused: list[CouponUnusedOut]


class CouponSentencesOut(BaseModel):
    zh: list[str]
    en: list[str]


class CouponPreviewOut(BaseModel):
    problems: list[CouponProblemOut]
    issuing_problems: list[CouponProblemOut]
    headline: LocalName = Field(description="The discount alone, in words.")
    terms: CouponSentencesOut
    issuing: CouponSentencesOut
    sample: CouponSampleOut | None
    money: str


class CouponStackingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stacking: dict[str, Any] = Field(description="As GET /v1/coupon-templates/schema describes.")


class CouponStackingOut(BaseModel):
    stacking: Stacking
    version: int
    in_use: dict[str, int] = Field(description="How many templates, not closed, are in each group.")


class CouponStackingTrialIn(BaseModel):
    """Which coupons go together: with the rules that are in force, or those sent."""

    model_config = ConfigDict(extra="forbid")

    templates: Annotated[list[Code], Field(min_length=1, max_length=8)]
    stacking: dict[str, Any] | None = None
    cart: CouponCartIn | None = None


class CouponStackingTrialOut(BaseModel):
    problems: list[CouponProblemOut]
    sample: CouponSampleOut | None
    money: str


class CouponKindOut(BaseModel):
    kind: str
    name: LocalName
    definition: dict[str, Any] = Field(description="Its JSON Schema.")


class CouponSchemaOut(BaseModel):
    terms: dict[str, Any] = Field(description="JSON Schema of terms.")
    issuing: dict[str, Any] = Field(description="JSON Schema of issuing.")
    stacking: dict[str, Any] = Field(description="JSON Schema of the rules of combining.")
    kinds: list[CouponKindOut]
    money: str
