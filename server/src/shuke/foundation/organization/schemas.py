"""Shapes of the organization's answers."""

from datetime import date, datetime

from pydantic import BaseModel

from shuke.platform.i18n import LocalName


class StoreOut(BaseModel):
    id: int
    code: str
    name: str
    country: str | None


class StoresOut(BaseModel):
    items: list[StoreOut]


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
