"""What tiers ask and answer over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .rules import Level, Metric, Parameters, Reason
from .wording import Unit

_Amount = Annotated[int, Field(ge=0, le=10**15)]
_Name = Annotated[str, Field(min_length=1, max_length=40, pattern=r"\S")]


class TierParameters(Parameters):
    """What counts, over which window, how long a level holds, how it is kept, and how members fall."""


class TierRefOut(BaseModel):
    code: str
    rank: int
    name: LocalName
    colour: str


class LevelOut(TierRefOut):
    """A level. Amounts in the scheme's unit: minor units for money."""

    threshold: int
    keep_threshold: int | None
    deduct: int
    is_floor: bool
    member_count: int


class SchemeOut(BaseModel):
    """How levels are reached and kept. `sentences` say it in words; `unit` is what thresholds are in."""

    code: str
    name: LocalName
    version: int
    metric: Metric
    unit: Unit
    currency: str
    parameters: TierParameters
    sentences: list[str]


class TiersOut(BaseModel):
    scheme: SchemeOut
    levels: list[LevelOut]


class LevelIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name_zh: _Name
    name_en: _Name
    colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
    threshold: _Amount
    keep_threshold: _Amount | None = None
    deduct: _Amount | None = None
    is_floor: bool = False

    def as_rule(self, rank: int) -> Level:
        """The level as the rules want it, at a rank."""
        return Level(rank, self.code, self.threshold, self.keep_threshold, self.deduct or 0, self.is_floor)


class TiersIn(BaseModel):
    """The whole scheme as it shall be, levels from the lowest up."""

    model_config = ConfigDict(extra="forbid")

    parameters: TierParameters
    levels: Annotated[list[LevelIn], Field(min_length=1, max_length=100)]

    def rules(self) -> Parameters:
        """The parameters as the rules want them."""
        return Parameters.model_validate(self.parameters.model_dump())


class TierMoveOut(BaseModel):
    """How many members would go from one level to another."""

    from_: Annotated[TierRefOut | None, Field(alias="from")]
    to: TierRefOut
    members: int

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class TierPreviewOut(BaseModel):
    """Who would have another level if all were judged now. `judged` of `total` members were looked at in time."""

    sentences: list[str]
    moves: list[TierMoveOut]
    judged: int
    total: int
    is_complete: bool


class TiersChangeOut(BaseModel):
    """What saving did, or with `dry_run` would do."""

    is_saved: bool
    version: int
    preview: TierPreviewOut | None


class TierStartLevelOut(BaseModel):
    """What a level of a starting point asks for, in the unit of its metric."""

    threshold: int
    keep_threshold: int | None
    deduct: int
    is_floor: bool


class TierStartOut(BaseModel):
    """A scheme to begin with; `when` says for which shops it is."""

    code: str
    name: LocalName
    when: LocalName
    parameters: TierParameters
    levels: list[TierStartLevelOut]


class TierUnitOut(BaseModel):
    """In what a metric is counted."""

    metric: Metric
    unit: Unit


class TierSchemaOut(BaseModel):
    """The parameters as JSON Schema, with titles in the caller's language, and schemes to begin with."""

    json_schema: dict[str, Any]
    units: list[TierUnitOut]
    starts: list[TierStartOut]


class ChangeExplanationOut(BaseModel):
    """The figures that decided, in the metric's unit, and a sentence. `window_from` null: everything since joining."""

    metric: Metric | None
    unit: Unit | None
    amount: int | None
    threshold: int | None
    window_from: date | None
    window_to: date | None
    text: str


class ChangeOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    change_no: int
    at: datetime
    from_: TierRefOut | None = Field(alias="from")
    to: TierRefOut
    reason: Reason
    valid_until: date | None
    explanation: ChangeExplanationOut


class ChangesOut(BaseModel):
    items: list[ChangeOut]
    next: str | None


class TierNeedOut(BaseModel):
    """A figure against what is asked, in the metric's unit. `since` null: everything counts. `text` says it."""

    metric: Metric
    unit: Unit
    threshold: int
    have: int
    missing: int
    since: date | None
    by: date | None
    text: str


class TierNextOut(BaseModel):
    """The next level and what it still needs."""

    level: TierRefOut
    need: TierNeedOut


class TierKeepOut(BaseModel):
    """What keeps the level, and by the end of which local day: all of the needs, or any of them.

    `takes`: what the end of the term will take away. No needs: the level stays without anything being done.
    """

    by: date | None
    join: Literal["and", "or"]
    needs: list[TierNeedOut]
    is_kept: bool
    is_in_grace: bool
    takes: int
    text: str


class TierGrantOut(BaseModel):
    """A level that was given by hand; `until` null: until somebody ends it."""

    until: date | None


class TierSectionOut(BaseModel):
    """A member's level, the way to the next, what keeps this one, and why it is so."""

    scheme: LocalName
    level: TierRefOut | None
    since: date | None
    valid_until: date | None
    currency: str
    next: TierNextOut | None
    keep: TierKeepOut | None
    grant: TierGrantOut | None
    why: str | None


class TierGrantIn(BaseModel):
    """A level for a member, whatever the figures say. `until`: the last day; null: until somebody ends it."""

    model_config = ConfigDict(extra="forbid")

    level: Annotated[str, Field(min_length=1, max_length=40)]
    until: Annotated[date, Field(le=date(2199, 12, 31))] | None = None
    reason: Annotated[str, Field(min_length=2, max_length=300, pattern=r"\S")]


class TierGrantEndIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=2, max_length=300, pattern=r"\S")]


class TierRejudgingOut(BaseModel):
    """Judging everybody again by the rules of now: how far it has come."""

    run_id: int
    state: Literal["running", "done"]
    scheme_version: int
    done: int
    total: int
    promoted: int
    demoted: int
    started_at: datetime
    finished_at: datetime | None


class TierRejudgingsOut(BaseModel):
    """The newest run; null: nobody has asked for one yet."""

    newest: TierRejudgingOut | None
