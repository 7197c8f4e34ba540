"""Questions about the shop, its stores and employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, RowMapping, false, func, or_, select, true

from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.refusals import OutOfSight

from .errors import EmployeeNotFound, ShopNotSetUp, StoreNotFound
from .tables import employee, region, store

StoreStatus = Literal["open", "closed"]
EmployeeState = Literal["active", "left"]


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
    address: str | None = None
    opening_hours: str | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Region:
    """A group of stores, which may lie in a greater one."""

    id: int
    code: str
    name: str
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class Employee:
    """An employee whom customers meet, by work name."""

    id: int
    code: str
    name: str
    store_id: int | None
    title: str | None = None
    state: EmployeeState = "active"
    joined_on: date | None = None
    left_on: date | None = None


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


async def require_own_stores(session: Session, sight: Sight, codes: Sequence[str | None]) -> None:
    """Who works for some stores records what happens in those stores; the customer may be anybody.

    Raises OutOfSight unless every store is one that the caller sees.
    """
    if not await are_own_stores(session, sight, codes):
        raise OutOfSight


async def are_own_stores(session: Session, sight: Sight, codes: Sequence[str | None]) -> bool:
    """Whether every store is one that the caller sees."""
    if sight.is_whole:
        return True
    stores = await find_store_ids(session, sorted({code for code in codes if code}))
    return all(code and stores.get(code) in (sight.units or ()) for code in codes)


async def get_store(session: Session, store_id: int) -> Store:
    """A store. Raises StoreNotFound."""
    found = await get_stores(session, [store_id])
    if store_id not in found:
        raise StoreNotFound
    return found[store_id]


async def list_regions(session: Session) -> list[Region]:
    """Every region, by code."""
    rows = await session.execute(select(region).order_by(region.c.code))
    return [Region(id=row.region_id, code=row.code, name=row.name, parent_id=row.parent_id) for row in rows]


async def get_employees(session: Session, employee_ids: Sequence[int]) -> dict[int, Employee]:
    """Employees by id; unknown ids are left out."""
    if not employee_ids:
        return {}
    rows = await session.execute(select(employee).where(employee.c.employee_id.in_(employee_ids)))
    return {row["employee_id"]: _employee(row) for row in rows.mappings()}


async def find_employee_ids(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Ids of employees by code; unknown codes are left out."""
    rows = await session.execute(select(employee.c.code, employee.c.employee_id).where(employee.c.code.in_(codes)))
    return {row.code: row.employee_id for row in rows}


def visible_employees(sight: Sight) -> ColumnElement[bool]:
    """What holds of an employee whom a caller sees: those of their stores, and themselves."""
    if sight.is_whole:
        return true()
    parts: list[ColumnElement[bool]] = []
    if sight.units:
        parts.append(employee.c.store_id.in_(sorted(sight.units)))
    if sight.person is not None:
        parts.append(employee.c.employee_id == sight.person)
    return or_(*parts) if parts else false()


async def list_employees(
    session: Session,
    sight: Sight,
    *,
    state: EmployeeState | None = None,
    store_id: int | None = None,
    q: str | None = None,
) -> list[Employee]:
    """The employees whom the caller sees, by code. `q` is a part of the name or code."""
    wanted = [visible_employees(sight)]
    if state is not None:
        wanted.append(employee.c.state == state)
    if store_id is not None:
        wanted.append(employee.c.store_id == store_id)
    if q:
        part = q.casefold()
        wanted.append(
            func.strpos(func.lower(employee.c.name), part).op(">")(0)
            | func.strpos(func.lower(employee.c.code), part).op(">")(0)
        )
    rows = await session.execute(select(employee).where(*wanted).order_by(employee.c.code))
    return [_employee(row) for row in rows.mappings()]


async def get_employee(session: Session, employee_id: int, sight: Sight) -> Employee:
    """An employee whom the caller sees. Raises EmployeeNotFound."""
    rows = await session.execute(
        select(employee).where(employee.c.employee_id == employee_id, visible_employees(sight))
    )
    row = rows.mappings().one_or_none()
    if row is None:
        raise EmployeeNotFound
    return _employee(row)


def _employee(row: RowMapping) -> Employee:
    return Employee(
        id=row["employee_id"],
        code=row["code"],
        name=row["name"],
        store_id=row["store_id"],
        title=row["title"],
        state=row["state"],
        joined_on=row["joined_on"],
        left_on=row["left_on"],
    )


def _store(row: RowMapping) -> Store:
    return Store(
        id=row["store_id"],
        code=row["code"],
        name=row["name"],
        country=row["country"],
        region_id=row["region_id"],
        status=row["status"],
        address=row["address"],
        opening_hours=row["opening_hours"],
        closed_on=row["closed_on"],
    )
