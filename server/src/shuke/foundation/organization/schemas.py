"""Shapes of the organization's requests and answers."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shuke.platform.i18n import LocalName
from shuke.platform.settings import Currency, TimeZone

from .queries import EmployeeState, StoreStatus

LARGEST = 2**63 - 1
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class _Change(BaseModel):
    """A change: fields that are left out stay as they are."""

    model_config = ConfigDict(extra="forbid")

    def named(self) -> dict[str, Any]:
        """What the request says, empty texts as nothing; a null where there must be something is passed over."""
        said = self.model_dump(exclude_unset=True)
        return {
            key: (value if value != "" else None)
            for key, value in said.items()
            if not (value is None and key in {"code", "name", "name_zh", "name_en", "programme_zh", "programme_en"})
        }


class StoreOut(BaseModel):
    id: int
    code: str
    name: str
    country: str | None
    region_id: int | None
    status: StoreStatus
    address: str | None
    opening_hours: str | None
    closed_on: date | None


class StoresOut(BaseModel):
    items: list[StoreOut]


class StoreChangeIn(_Change):
    name: Name | None = None
    country: Words | None = None
    region_id: Id | None = None
    address: Words | None = None
    opening_hours: Words | None = Field(default=None, description="In the shop's own words.")


class StoreIn(StoreChangeIn):
    code: Code
    name: Name


class RegionOut(BaseModel):
    id: int
    code: str
    name: str
    parent_id: int | None


class RegionsOut(BaseModel):
    items: list[RegionOut]


class RegionChangeIn(_Change):
    name: Name | None = None
    parent_id: Id | None = None


class RegionIn(RegionChangeIn):
    code: Code
    name: Name


class EmployeeOut(BaseModel):
    id: int
    code: str
    name: str
    title: str | None
    store_id: int | None
    state: EmployeeState
    joined_on: date | None
    left_on: date | None


class EmployeesOut(BaseModel):
    items: list[EmployeeOut]


class EmployeeChangeIn(_Change):
    name: Name | None = None
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    store_id: Id | None = None
    joined_on: Day | None = None


class EmployeeIn(EmployeeChangeIn):
    code: Code
    name: Name


class LeavingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    left_on: Day | None = Field(default=None, description="The last day; today unless said.")


class ShopOut(BaseModel):
    """The shop. Its time zone and currency are chosen when it is set up: balances, days and levels stand on them."""

    name: LocalName
    programme: LocalName
    time_zone: str
    currency: str


class ShopChangeIn(_Change):
    name_zh: Name | None = None
    name_en: Name | None = None
    programme_zh: Name | None = None
    programme_en: Name | None = None
    currency: Currency | None = Field(default=None, description="Only what it is: another one is refused.")
    time_zone: TimeZone | None = Field(default=None, description="Only what it is: another one is refused.")


class SystemOut(BaseModel):
    version: str
    now: datetime
    today: date
    time_zone: str
    currency: str
    is_demo: bool
    is_clock_set: bool
    programme: LocalName
    shop: LocalName
    demo_source: str | None
