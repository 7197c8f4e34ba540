"""What the liability answers over HTTP."""

from datetime import datetime

from pydantic import BaseModel, Field

from ..schemas import CurrencyOut


class UnitsOut(BaseModel):
    """Units, and what they would cost. `cost_micro` is exact; `cost_minor` is rounded for itself, half up."""

    units: int
    cost_micro: int = Field(description="In millionths of the money's minor unit.")
    cost_minor: int


class StatesOut(BaseModel):
    """Units by what can be done with them now."""

    available: UnitsOut
    pending: UnitsOut
    held: UnitsOut


class LiabilityMonthOut(StatesOut):
    """What ends in one month when it is not used; without a month: what has no end."""

    month: str | None = Field(description="YYYY-MM")
    outstanding: UnitsOut


class LiabilityOut(StatesOut):
    """One currency. `outstanding`: what members hold; `debt`: what members owe, which lessens nothing here."""

    currency: CurrencyOut
    outstanding: UnitsOut
    debt: int
    months: list[LiabilityMonthOut]


class LiabilitiesOut(BaseModel):
    """What the shop owes its members as of one moment. `money`: the currency of the costs."""

    as_of: datetime
    money: str
    items: list[LiabilityOut]
