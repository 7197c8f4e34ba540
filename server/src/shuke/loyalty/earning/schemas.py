"""Shapes of requests and answers about earning rules."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import Language, LocalName

from .queries import RuleRecord, State, VersionRecord

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
# Rules are years away at most; this is what a shop's calendar can hold.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class RuleNameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Name
    en: Name

    def as_name(self) -> LocalName:
        """The name as a plain value."""
        return LocalName(self.zh, self.en)


class RenameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: RuleNameIn


class EarningRuleIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: RuleNameIn
    definition: dict[str, Any] | None = Field(default=None, description="The first draft; none yet when left out.")
    note: Note = ""


class RuleDraftIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    definition: dict[str, Any] = Field(description="As GET /v1/earning-rules/schema describes. May be unfinished.")
    note: Note = Field(default="", description="Why it changes; stays with the published version.")


class FromDayIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    from_day: Day | None = Field(default=None, description="The shop's day on which it begins; none: at once.")


class RuleCopyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Code
    name: RuleNameIn


class RuleCheckIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    definition: dict[str, Any]
    rule: Code | None = Field(default=None, description="The rule whose newest version it is compared with.")


class RulePartOut(BaseModel):
    """One thing that a rule says, in words."""

    key: str
    title: str
    text: str


class RuleChangeOut(BaseModel):
    """What differs between two versions. `before` or `after` is missing where a thing is new or gone."""

    key: str
    title: str
    before: str | None
    after: str | None


class RuleProblemOut(BaseModel):
    """Why a definition cannot be published, and where: a JSON pointer into it."""

    code: str
    pointer: str
    detail: str


class RuleCheckOut(BaseModel):
    problems: list[RuleProblemOut]
    summary: str
    parts: list[RulePartOut]
    changes: list[RuleChangeOut] = Field(description="Against the newest published version of the rule.")


class RuleVersionOut(BaseModel):
    version: int
    state: State
    note: str
    effective_from: datetime
    effective_until: datetime | None
    published_at: datetime
    published_by: str
    retired_at: datetime | None
    retired_by: str | None
    summary: str
    definition: dict[str, Any]

    @classmethod
    def of(cls, one: VersionRecord, rule: RuleRecord, at: datetime, summary: str) -> Self:
        """A version as it is answered."""
        own = {name: value for name, value in vars(one).items() if name != "rule_version_id"}
        return cls(**own, summary=summary, state=_state_of(one, rule, at))


class RuleDraftOut(BaseModel):
    revision: int
    definition: dict[str, Any]
    note: str
    saved_at: datetime
    saved_by: str
    summary: str


class EarningRuleOut(BaseModel):
    """A rule as lists show it. `summary`: in words, what the version in force says, else the newest, else the draft."""

    code: str
    name: LocalName
    state: State
    version: int | None = Field(description="The version in force, else the newest.")
    effective_from: datetime | None
    effective_until: datetime | None
    has_draft: bool
    summary: str
    activity: str | None
    currencies: list[str] = Field(description="What it gives, by the codes of currencies.")


class EarningRulesOut(BaseModel):
    items: list[EarningRuleOut]
    limit: int


class EarningRuleDetailOut(EarningRuleOut):
    parts: list[RulePartOut]
    draft: RuleDraftOut | None
    versions: list[RuleVersionOut] = Field(description="Newest first.")


class RuleDiffOut(BaseModel):
    before: str
    after: str
    changes: list[RuleChangeOut]


class LabelOut(BaseModel):
    code: str
    label: LocalName


class RuleSchemaOut(BaseModel):
    definition: dict[str, Any] = Field(description="JSON Schema of a definition; titles stand in x-zh and x-en.")
    kinds: list[LabelOut]
    activities: list[LabelOut]
    currencies: list[LabelOut]
    money: str
    languages: list[Language] = ["zh", "en"]


def _state_of(one: VersionRecord, rule: RuleRecord, at: datetime) -> State:
    """A version holds while it is the one in force; later ones are to come, earlier ones are over."""
    live = rule.live(at)
    if live is not None and live.version == one.version:
        return "live"
    is_to_come = one.effective_from > at and (one.effective_until is None or one.effective_until > one.effective_from)
    return "scheduled" if is_to_come else "retired"
