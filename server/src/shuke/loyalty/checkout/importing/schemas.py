"""Shapes of imports over HTTP. Amounts in minor units; quantities and prices as decimal texts."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName

from .mapping import LocalText, Reading

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class MappingFileOut(BaseModel):
    """A file that a mapping reads, and the columns it needs: orders, returns, or a file that rows are joined to."""

    role: str
    columns: list[str]


class MappingOut(BaseModel):
    code: str
    name: LocalName
    description: LocalName
    columns: list[str] = Field(description="Of the file of orders.")
    files: list[MappingFileOut]
    fields: dict[str, str] = Field(description="What each column of the orders is, by field.")
    is_built_in: bool


class MappingsOut(BaseModel):
    items: list[MappingOut]


class MappingIn(Reading):
    """A mapping of one's own: how the files of a format are read."""

    name: LocalText
    description: LocalText = LocalText(zh="", en="")


class SampleOut(BaseModel):
    name: str
    header: list[str]
    rows: list[list[str]]


class FitOut(BaseModel):
    """What the files are to a mapping, in their order; null: nothing. `lacks`: what is still needed."""

    mapping: str
    roles: list[str | None]
    lacks: list[str]
    is_complete: bool


class SamplesOut(BaseModel):
    """The beginning of files. `guess`: field and column, by the headings of the first file."""

    files: list[SampleOut]
    fits: list[FitOut]
    guess: dict[str, str]


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

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

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
    returns_read: int = Field(default=0, description="Rows that name neither order nor customer.")
    returns_new: int = 0
    returns_unchanged: int = 0
    returns_with_candidates: int = 0
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


class ImportFileOut(BaseModel):
    name: str
    role: str
    bytes: int


class ImportOut(BaseModel):
    id: int
    kind: Literal["orders"]
    file_name: str
    file_bytes: int
    files: list[ImportFileOut] = Field(description="Further files of the same import.")
    mapping: str
    mapping_name: LocalName
    state: Literal["waiting", "reading", "applying", "done", "failed"]
    started_at: datetime
    finished_at: datetime | None
    progress: ProgressOut
    error: FailureOut | None
    report: ReportOut | None


class ImportsOut(BaseModel):
    items: list[ImportOut]
    next: str | None


class ReturnedProductOut(BaseModel):
    code: str
    name: str


class ReturnStoreOut(BaseModel):
    id: int
    name: str


class UnmatchedReturnOut(BaseModel):
    """Goods that came back with neither order nor member named. `candidates`: how many orders it can be of."""

    id: int
    import_id: int
    returned_on: date
    product: ReturnedProductOut
    store: ReturnStoreOut | None
    quantity: str
    state: Literal["waiting", "matched", "dismissed"]
    candidates: int | None = Field(description="Null where it was decided already.")
    order_id: int | None
    refund_id: int | None
    reason: str | None
    decided_at: datetime | None


class ReturnCountsOut(BaseModel):
    waiting: int
    matched: int
    dismissed: int


class UnmatchedReturnsOut(BaseModel):
    items: list[UnmatchedReturnOut]
    counts: ReturnCountsOut
    next: str | None


class CandidateMemberOut(BaseModel):
    id: int
    number: str
    name: str | None


class CandidateOut(BaseModel):
    """An order that a return can be of. `days`: how long before the return it was placed."""

    order_id: int
    source: str
    number: str
    placed_at: datetime
    days: int
    member: CandidateMemberOut | None
    quantity_left: str
    unit_price: str


class ReturnWithCandidatesOut(UnmatchedReturnOut):
    orders: list[CandidateOut] = Field(description="The latest first, two hundred at most.")


class ReturnMatchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    order_id: Annotated[int, Field(gt=0, lt=2**63)]


class ReturnDismissalIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason
