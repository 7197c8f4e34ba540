"""Shapes of checkout's requests and answers. Amounts in minor units; quantities and prices as decimal texts."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName
from shuke.platform.problems import Problem

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Quantity = Annotated[Decimal, Field(gt=0, lt=10**10, decimal_places=3, max_digits=13)]
UnitPrice = Annotated[Decimal, Field(ge=0, lt=10**9, decimal_places=4, max_digits=13)]
Amount = Annotated[int, Field(ge=0, le=10**12)]


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


class OrdersIn(_In):
    """Up to 1,000 orders and refunds; each is judged for itself unless `all_or_nothing`."""

    orders: Annotated[list[OrderIn], Field(min_length=1, max_length=1000)]
    all_or_nothing: bool = False


class TierOut(BaseModel):
    code: str
    rank: int


class PointsOut(BaseModel):
    """Points of this document, and what the member has after it."""

    earned: int
    taken_back: int
    balance: int
    debt: int


class RecordedOut(BaseModel):
    """What became of a document."""

    order_id: int
    source: str
    number: str
    kind: Literal["sale", "refund"]
    member_id: int | None
    state: Literal["created", "unchanged"]
    points: PointsOut | None
    growth_earned: int
    tier: TierOut | None


class ResultOut(BaseModel):
    """One result of a batch, in the order of the request. `error` says why an order was refused."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    index: int
    status: Literal["created", "unchanged", "refused"]
    order_id: int | None = None
    error: Problem | None = None


class ResultsOut(BaseModel):
    results: list[ResultOut]


class MappingOut(BaseModel):
    code: str
    name: LocalName
    description: LocalName
    columns: list[str]


class MappingsOut(BaseModel):
    items: list[MappingOut]


class ProgressOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    done: int
    total: int | None
    unit: Literal["lines"] = "lines"
    rate_per_second: int


class ReasonOut(BaseModel):
    code: str
    text: str
    count: int


class RefundLinesOut(BaseModel):
    """Refund lines of members by how their order was found, and those of guests, which no order is looked for."""

    same_price: int
    same_product: int
    named: int
    unmatched: int
    guest: int


class ReportOut(BaseModel):
    """What an import did. Amounts in minor units of `currency`."""

    lines_read: int
    lines_imported: int
    lines_unchanged: int
    lines_rejected: int
    lines_later: int = Field(description="Of orders after the shop's present; they come when its clock gets there.")
    orders: int
    refunds: int
    adjustments: int
    guest_sales: int
    members_new: int
    products_new: int
    stores: int
    countries: int
    refund_lines: RefundLinesOut
    points_earned: int
    points_taken_back: int
    points_expired: int
    total_amount_minor: int
    currency: str
    seconds: float
    reasons: list[ReasonOut]


class FailureOut(BaseModel):
    """Why an import stopped, in the caller's language."""

    code: str
    title: str
    detail: str


class ImportOut(BaseModel):
    id: int
    kind: Literal["orders"]
    file_name: str
    file_bytes: int
    mapping: str
    state: Literal["waiting", "reading", "applying", "done", "failed"]
    started_at: datetime
    finished_at: datetime | None
    progress: ProgressOut
    error: FailureOut | None
    report: ReportOut | None


class ImportsOut(BaseModel):
    items: list[ImportOut]
    next: str | None
