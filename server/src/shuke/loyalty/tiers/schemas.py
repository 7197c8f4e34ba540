"""What tiers answer over HTTP."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .rules import Demote, Metric, OnRefund, Promote, Reason


class TierRefOut(BaseModel):
    code: str
    rank: int
    name: LocalName
    colour: str


class LevelOut(TierRefOut):
    threshold_minor: int
    member_count: int


class SchemeOut(BaseModel):
    """How levels are reached and kept: `metric` over `window_days`, each level held for `validity_months`."""

    code: str
    name: LocalName
    metric: Metric
    window_days: int
    validity_months: int
    promote: Promote
    demote: Demote
    on_refund: OnRefund
    currency: str


class TiersOut(BaseModel):
    scheme: SchemeOut
    levels: list[LevelOut]


class ChangeExplanationOut(BaseModel):
    metric: Metric
    amount_minor: int
    threshold_minor: int
    window_from: date
    window_to: date
    text: str


class ChangeOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    at: datetime
    from_: TierRefOut | None = Field(alias="from")
    to: TierRefOut
    reason: Reason
    valid_until: date | None
    explanation: ChangeExplanationOut | None


class ChangesOut(BaseModel):
    items: list[ChangeOut]
    next: str | None


class NextOut(BaseModel):
    level: TierRefOut
    needed_minor: int


class KeepOut(BaseModel):
    """What must be spent to keep the level, and by the end of which local day."""

    threshold_minor: int
    needed_minor: int
    by: date


class TierSectionOut(BaseModel):
    scheme: LocalName
    level: TierRefOut | None
    since: date | None
    valid_until: date | None
    metric: Metric
    window_days: int
    amount_minor: int
    currency: str
    next: NextOut | None
    keep: KeepOut | None
