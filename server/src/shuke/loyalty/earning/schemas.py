"""Shapes of requests and answers about earning rules."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName

from .queries import RuleRecord, State, VersionRecord
from .rules import Activity
from .trying import CartLine, Trial

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
]
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


class RuleKindOut(BaseModel):
    """A kind of effect. `gives`: value, multiplier (of what other rules give) or outward (coupons, tags)."""

    kind: str
    name: LocalName
    gives: str
    definition: dict[str, Any] = Field(description="Its JSON Schema.")


class RuleSchemaOut(BaseModel):
    definition: dict[str, Any] = Field(
        description="JSON Schema of a definition: `titles` and `choices` in both languages, `control` how it is drawn."
    )
    kinds: list[RuleKindOut]
    currencies: list[LabelOut]
    money: str


class TrialLineIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    product: Text
    quantity: Annotated[Decimal, Field(gt=0, lt=10**7, decimal_places=3)] = Decimal(1)
    amount_minor: Annotated[int, Field(ge=0, le=10**12)]
    category: Text | None = Field(default=None, description="Instead of the catalogue's.")
    brand: Text | None = None
    points_minor: Annotated[int, Field(ge=0, le=10**12)] = Field(default=0, description="The share paid by points.")
    coupon_minor: Annotated[int, Field(ge=0, le=10**12)] = Field(default=0, description="The share paid by coupons.")


class RuleTrialIn(BaseModel):
    """What is tried: a cart or an activity; with the published rules, a draft or a definition."""

    model_config = ConfigDict(extra="forbid")

    member: Text | None = None
    activity: Activity = "order_paid"
    event: Text | None = None
    at: AwareDatetime | None = Field(default=None, description="When it happens; now, when left out.")
    store: Text | None = None
    source: Text | None = None
    payment_methods: Annotated[list[Text], Field(max_length=20)] = []
    lines: Annotated[list[TrialLineIn], Field(max_length=200)] = []
    rule: Code | None = Field(default=None, description="The rule whose draft or `definition` takes its place.")
    definition: dict[str, Any] | None = Field(default=None, description="Tried instead of the draft of `rule`.")
    only: bool = Field(default=False, description="Ask that rule alone.")

    def as_trial(self, member_id: int, now: datetime, definition: dict[str, Any] | None) -> Trial:
        """What is tried, as plain values."""
        return Trial(
            activity=self.activity,
            event=self.event,
            member_id=member_id,
            at=self.at or now,
            lines=[CartLine(**vars(line)) for line in self.lines],
            store=self.store,
            source=self.source,
            payment_methods=frozenset(self.payment_methods),
            rule=self.rule,
            definition=definition,
            only=self.only,
        )


class TrialLineOut(BaseModel):
    """A line of the cart as one rule sees it."""

    product: str
    gross_minor: int
    eligible_minor: int
    why: str | None = Field(description="Why the rest earns nothing.")


class TrialGrantOut(BaseModel):
    """What one rule gives. `entitled`: before caps and budgets."""

    rule: str
    name: LocalName | None
    currency: str
    amount: int
    entitled: int
    eligible_minor: int | None
    text: str
    lines: list[TrialLineOut]


class TrialPassedOut(BaseModel):
    """A rule that gave nothing, and why."""

    rule: str
    name: LocalName | None
    text: str


class TrialEffectOut(BaseModel):
    rule: str
    name: LocalName | None
    text: str


class TrialTotalOut(BaseModel):
    currency: str
    name: LocalName
    amount: int


class RuleTrialOut(BaseModel):
    totals: list[TrialTotalOut]
    grants: list[TrialGrantOut]
    effects: list[TrialEffectOut]
    passed_over: list[TrialPassedOut]
    money: str


def _state_of(one: VersionRecord, rule: RuleRecord, at: datetime) -> State:
    """A version holds while it is the one in force; later ones are to come, earlier ones are over."""
    live = rule.live(at)
    if live is not None and live.version == one.version:
        return "live"
    is_to_come = one.effective_from > at and (one.effective_until is None or one.effective_until > one.effective_from)
    return "scheduled" if is_to_come else "retired"
