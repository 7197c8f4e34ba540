"""Questions about the shop, its stores and employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, select

from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .errors import ShopNotSetUp
from .tables import employee, store

StoreStatus = Literal["open", "closed"]


@dataclass(frozen=True, kw_only=True)
class Shop:
    """The business that this installation serves. `time_zone` is an IANA name and decides the shop's days."""

    name: LocalName
    programme: LocalName
    time_zone: str
    currency: str
    is_demo: bool
    demo_source: str | None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, ready for computing."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, kw_only=True)
class Store:
    """A store. `country` is the name that the shop uses."""

    id: int
    code: str
    name: str
    country: str | None
    region_id: int | None
    status: StoreStatus


@dataclass(frozen=True, kw_only=True)
class Employee:
    """An employee whom customers meet, by work name."""

    id: int
    code: str
    name: str
    store_id: int | None


async def find_shop(session: Session) -> Shop | None:
    """The shop, or None before it is set up."""
    driver = await raw(session)
    row = await driver.fetchrow(
        "select name_zh, name_en, programme_zh, programme_en, time_zone, currency, is_demo, demo_source from shop"
    )
    if row is None:
        return None
    return Shop(
        name=LocalName(row["name_zh"], row["name_en"]),
        programme=LocalName(row["programme_zh"], row["programme_en"]),
        time_zone=row["time_zone"],
        currency=row["currency"],
        is_demo=row["is_demo"],
        demo_source=row["demo_source"],
    )


async def get_shop(session: Session) -> Shop:
    """The shop. Raises ShopNotSetUp."""
    found = await find_shop(session)
    if found is None:
        raise ShopNotSetUp
    return found


async def list_stores(session: Session) -> list[Store]:
    """Every store, by code."""
    rows = await session.execute(select(store).order_by(store.c.code))
    return [_store(row) for row in rows.mappings()]


async def get_stores(session: Session, store_ids: Sequence[int]) -> dict[int, Store]:
    """Stores by id; unknown ids are left out."""
    if not store_ids:
        return {}
    rows = await session.execute(select(store).where(store.c.store_id.in_(store_ids)))
    return {row["store_id"]: _store(row) for row in rows.mappings()}


async def find_store_ids(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Ids of stores by code; unknown codes are left out."""
    rows = await session.execute(select(store.c.code, store.c.store_id).where(store.c.code.in_(codes)))
    return {row.code: row.store_id for row in rows}


async def get_employees(session: Session, employee_ids: Sequence[int]) -> dict[int, Employee]:
    """Employees by id; unknown ids are left out."""
    if not employee_ids:
        return {}
    rows = await session.execute(select(employee).where(employee.c.employee_id.in_(employee_ids)))
    found = [Employee(id=row.employee_id, code=row.code, name=row.name, store_id=row.store_id) for row in rows]
    return {item.id: item for item in found}


def _store(row: RowMapping) -> Store:
    return Store(
        id=row["store_id"],
        code=row["code"],
        name=row["name"],
        country=row["country"],
        region_id=row["region_id"],
        status=row["status"],
    )
