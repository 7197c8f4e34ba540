"""Shapes of benefits over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName

from .actions import BenefitWish, Handover
from .rules.benefit import BenefitState, EntitlementState
from .rules.kinds import AnyBenefit, Gift

LARGEST = 2**63 - 1
BenefitCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LevelCode = Annotated[str, Field(max_length=40)]


class BenefitNameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Name
    en: Name


class BenefitTextIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Text = ""
    en: Text = ""


class BenefitChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: BenefitNameIn
    description: BenefitTextIn = BenefitTextIn()
    levels: Annotated[list[LevelCode], Field(max_length=50)] = Field(
        default=[], description="Codes of the levels that have it; none: every member."
    )
    what: AnyBenefit
    active_from: date | None = None
    active_until: date | None = Field(default=None, description="The last day.")
    state: BenefitState = "active"

    def wish(self) -> BenefitWish:
        """As plain values."""
        return BenefitWish(
            name=LocalName(self.name.zh, self.name.en),
            description=LocalName(self.description.zh, self.description.en),
            levels=tuple(sorted(set(self.levels))),
            what=self.what,
            active_from=self.active_from,
            active_until=self.active_until,
            state=self.state,
        )


class BenefitIn(BenefitChangeIn):
    code: BenefitCode


class BenefitOut(BaseModel):
    code: str
    kind: str
    kind_name: LocalName
    name: LocalName
    description: LocalName
    levels: list[str]
    what: AnyBenefit
    told: LocalName = Field(description="What it is, in one sentence.")
    active_from: date | None
    active_until: date | None
    state: BenefitState
    is_on: bool = Field(description="Active, and today is within its period.")
    version: int
    units_granted: int
    units_used: int


class BenefitsOut(BaseModel):
    items: list[BenefitOut]


class RunningBenefitOut(BaseModel):
    code: str
    kind: str
    kind_name: LocalName
    name: LocalName
    description: LocalName
    told: LocalName


class BenefitStoreOut(BaseModel):
    id: int
    name: str


class BenefitUseOut(BaseModel):
    unit_no: int
    used_at: AwareDatetime
    store: BenefitStoreOut | None
    employee: str | None
    order_number: str | None


class EntitlementOut(BaseModel):
    id: int
    benefit: str
    kind: str
    kind_name: LocalName
    name: LocalName
    gift: Gift
    gift_told: LocalName
    occasion: str = Field(description="Such as birthday:2026, level:gold:…, month:2026-11 or hand:….")
    occasion_told: LocalName
    units: int
    used: int
    state: EntitlementState
    granted_at: AwareDatetime
    reason: str | None
    expires_on: date | None = Field(description="The last day on which it can be used.")
    ended_at: AwareDatetime | None
    ended_because: str | None = Field(description="level_lost, merged, erased, or in somebody's own words.")
    uses: list[BenefitUseOut]


class MemberBenefitsOut(BaseModel):
    running: list[RunningBenefitOut]
    entitlements: list[EntitlementOut]


class BenefitSectionOut(BaseModel):
    running_count: int
    usable_count: int = Field(description="Entitlements of which something is left.")
    next_expires_on: date | None


class GrantIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    benefit: Annotated[str, Field(max_length=40)]
    reason: Reason
    valid_days: Annotated[int, Field(ge=1, le=3_660)] | None = None


class UseIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    store_id: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    employee_id: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    order_number: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    def handover(self) -> Handover:
        """As plain values."""
        return Handover(store_id=self.store_id, employee_id=self.employee_id, order_number=self.order_number)


class RevokeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason
