"""What the configuration of a currency takes and answers."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shuke.platform.i18n import LocalName

from ..rules import MAX_AMOUNT, CurrencyKind

Months = Annotated[int, Field(ge=0, le=1_200)]
Days = Annotated[int, Field(ge=0, le=36_600)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", description="MM-DD")]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]


class _Policy(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExpiryIn(_Policy):
    """When value ends. `after`: years, months and days from earning, rounded up; `on_dates`: the next of some days of
    the year; `inactivity`: years, months and days after the last of the activities in `resets`.
    """

    kind: Literal["none", "after", "on_dates", "inactivity"]
    years: Annotated[int, Field(ge=0, le=100)] = 0
    months: Months = 0
    days: Days = 0
    round_to: Literal["day", "month", "quarter", "half_year", "year"] = "day"
    dates: Annotated[list[MonthDay], Field(max_length=20)] = []
    resets: Annotated[list[Name], Field(max_length=30)] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in {"after", "inactivity"} and not (self.years or self.months or self.days):
            raise ValueError("give years, months or days")
        if self.kind == "on_dates" and not self.dates:
            raise ValueError("give at least one day of the year")
        if self.kind == "inactivity" and not self.resets:
            raise ValueError("name at least one activity that keeps value alive")
        return self


class PendingIn(_Policy):
    """When a credit can be used."""

    kind: Literal["none", "days", "until", "event"] = "none"
    days: Annotated[int, Field(ge=0, le=3_660)] = 0
    until: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))] = None
    event: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "days" and not self.days:
            raise ValueError("give the days to wait")
        if self.kind == "until" and self.until is None:
            raise ValueError("give the day to wait for")
        if self.kind == "event" and self.event is None:
            raise ValueError("name the event to wait for")
        return self


class NegativeIn(_Policy):
    """What happens when more is taken back than is left."""

    kind: Literal["refuse", "debt", "unlimited"] = "refuse"
    limit: Annotated[int, Field(ge=0, le=MAX_AMOUNT)] = 0


class RestoreIn(_Policy):
    """Where used value goes when its use is reversed."""

    kind: Literal["original", "grace", "new"] = "original"
    days: Days = 0


class CapIn(_Policy):
    """The most a member can own."""

    amount: Annotated[int, Field(ge=1, le=MAX_AMOUNT)]
    mode: Literal["truncate", "reject"] = "truncate"


class PoliciesIn(BaseModel):
    """Everything of a currency that can change. New policies hold for what is earned from now on."""

    model_config = ConfigDict(extra="forbid")

    name_zh: Annotated[str, Field(min_length=1, max_length=40)]
    name_en: Annotated[str, Field(min_length=1, max_length=40)]
    expiry: ExpiryIn
    pending: PendingIn = PendingIn()
    negative: NegativeIn = NegativeIn()
    restore: RestoreIn = RestoreIn()
    cap: CapIn | None = None
    rounding: Literal["down", "up", "half_up", "half_even"] = "down"
    unit_cost_micro: Annotated[
        int, Field(ge=0, le=10**15, description="Cost of one unit, in millionths of the money's minor unit.")
    ] = 0
    approval_above: Annotated[int, Field(ge=0, le=MAX_AMOUNT)] | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the currency's row."""
        policies = ("expiry", "pending", "negative", "restore")
        return {
            **{name: getattr(self, name).model_dump(mode="json", exclude_defaults=False) for name in policies},
            "name_zh": self.name_zh,
            "name_en": self.name_en,
            "rounding": self.rounding,
            "unit_cost_micro": self.unit_cost_micro,
            "approval_above": self.approval_above,
            "balance_cap": self.cap.amount if self.cap else None,
            "cap_mode": self.cap.mode if self.cap else "truncate",
        }


class CurrencyIn(PoliciesIn):
    code: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    kind: CurrencyKind


class CurrencyConfigOut(BaseModel):
    code: str
    kind: CurrencyKind
    name: LocalName
    expiry: ExpiryIn
    pending: PendingIn
    negative: NegativeIn
    restore: RestoreIn
    cap: CapIn | None
    rounding: str
    unit_cost_micro: int
    approval_above: int | None
    version: int


class CurrenciesOut(BaseModel):
    items: list[CurrencyConfigOut]
