"""What analytics answers over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from shuke.people.members import MemberRow
from shuke.platform.i18n import LocalName

from .rules import SegmentCode


class PeriodOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    to: date


class ComparedOut(BaseModel):
    """A figure and the same of the period before; null where there is nothing to divide by or to compare with."""

    value: int | None
    previous: int | None


class FiguresOut(BaseModel):
    members: ComparedOut
    active_members: ComparedOut
    new_members: ComparedOut
    sales_minor: ComparedOut
    orders: ComparedOut
    average_order_minor: ComparedOut
    repurchase_rate: ComparedOut = Field(description="Per ten thousand.")
    points_issued: ComparedOut
    points_used: ComparedOut
    points_expired: ComparedOut
    points_outstanding: ComparedOut
    member_sales_share: ComparedOut = Field(description="Per ten thousand.")


class MonthOut(BaseModel):
    month: str
    sales_minor: int
    member_sales_minor: int
    orders: int
    new_members: int
    points_issued: int
    points_taken_back: int
    points_used: int
    points_expired: int


class DayOut(BaseModel):
    day: date
    sales_minor: int
    member_sales_minor: int
    orders: int
    new_members: int


class TierRefOut(BaseModel):
    code: str
    rank: int
    name: LocalName
    colour: str


class TierMembersOut(BaseModel):
    tier: TierRefOut | None
    members: int


class StoreRefOut(BaseModel):
    id: int
    name: str


class StoreSalesOut(BaseModel):
    store: StoreRefOut
    sales_minor: int
    orders: int


class DashboardOut(BaseModel):
    period: PeriodOut
    previous: PeriodOut | None = Field(description="What it is compared with; null: nothing.")
    currency: str
    as_of: datetime
    figures: FiguresOut
    months: list[MonthOut]
    days: list[DayOut]
    previous_days: list[DayOut] = Field(
        description="Of the period compared with; empty where the records do not reach back so far."
    )
    tiers: list[TierMembersOut]
    stores: list[StoreSalesOut]


class SegmentOut(BaseModel):
    code: SegmentCode
    members: int
    share: int = Field(description="Per ten thousand.")
    net_spend_minor: int


class CellOut(BaseModel):
    r: int
    f: int
    members: int
    segment: SegmentCode


class CutsOut(BaseModel):
    recency_days: list[float]
    frequency_rank: list[float]


class RfmOut(BaseModel):
    as_of: date
    members: int
    segments: list[SegmentOut]
    cells: list[CellOut]
    cuts: CutsOut
    currency: str


class ScoreOut(BaseModel):
    """A member's fifths, 5 the best, and the segment that they make."""

    r: int
    f: int
    m: int
    segment: SegmentCode


class ValueSectionOut(BaseModel):
    """Where a member lies on the RFM map; null without purchases that count."""

    rfm: ScoreOut | None


class SegmentMembersOut(BaseModel):
    items: list[MemberRow]
    next: str | None
