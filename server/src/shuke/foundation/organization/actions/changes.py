"""Verbs of regions, stores, employees and the shop's names: what people change by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session

from .. import rules
from ..errors import (
    BadEmployment,
    CodeTaken,
    EmployeeNotFound,
    RegionGoesRound,
    RegionNotEmpty,
    RegionNotFound,
    StoreNotFound,
)
from ..queries import Employee, Region, Shop, Store, get_employee, get_shop, get_store, get_stores, list_regions
from ..tables import employee, region, shop, store
from .setting_up import require_same

# Two people who move regions at once could close a circle that neither of them saw.
_ONE_TREE = text("select pg_advisory_xact_lock(hashtext('organization.regions'))")


async def add_region(session: Session, *, code: str, name: str, parent_id: int | None) -> Region:
    """A new region. Raises CodeTaken, RegionNotFound (the parent) or RegionGoesRound."""
    await _require_place(session, None, parent_id)
    region_id = await _add(session, region, {"code": code, "name": name, "parent_id": parent_id})
    return Region(id=region_id, code=code, name=name, parent_id=parent_id)


async def change_region(session: Session, region_id: int, values: Mapping[str, Any]) -> Region:
    """Rename or move a region. Raises RegionNotFound or RegionGoesRound."""
    if "parent_id" in values:
        await _require_place(session, region_id, values["parent_id"])
    if values:
        await session.execute(update(region).where(region.c.region_id == region_id).values(**values))
    found = {one.id: one for one in await list_regions(session)}
    if region_id not in found:
        raise RegionNotFound
    return found[region_id]


async def remove_region(session: Session, region_id: int) -> None:
    """Remove an empty region. Raises RegionNotFound or RegionNotEmpty."""
    held = await session.execute(select(region.c.region_id).where(region.c.region_id == region_id).with_for_update())
    if held.scalar_one_or_none() is None:
        raise RegionNotFound
    stores = await session.scalar(select(func.count()).select_from(store).where(store.c.region_id == region_id))
    regions = await session.scalar(select(func.count()).select_from(region).where(region.c.parent_id == region_id))
    if stores or regions:
        raise RegionNotEmpty(stores=stores, regions=regions)
    await session.execute(region.delete().where(region.c.region_id == region_id))


async def add_store(session: Session, values: Mapping[str, Any]) -> Store:
    """A new, open store. Raises CodeTaken or RegionNotFound."""
    await _require_region(session, values.get("region_id"))
    return await get_store(session, await _add(session, store, {**values, "status": "open"}))


async def change_store(session: Session, store_id: int, values: Mapping[str, Any]) -> Store:
    """Change what is known of a store. Raises StoreNotFound or RegionNotFound."""
    await _require_region(session, values.get("region_id"))
    if values:
        await session.execute(update(store).where(store.c.store_id == store_id).values(**values))
    return await get_store(session, store_id)


async def close_store(session: Session, store_id: int) -> Store:
    """Close a store; its orders and members stay. Raises StoreNotFound."""
    today = clock.business_day(clock.now(), (await get_shop(session)).zone)
    return await change_store(session, store_id, {"status": "closed", "closed_on": today})


async def reopen_store(session: Session, store_id: int) -> Store:
    """Open a closed store again. Raises StoreNotFound."""
    return await change_store(session, store_id, {"status": "open", "closed_on": None})


async def add_employee(session: Session, values: Mapping[str, Any]) -> Employee:
    """A new employee. Raises CodeTaken or StoreNotFound."""
    await _require_store(session, values.get("store_id"))
    return await get_employee(session, await _add(session, employee, {**values, "state": "active"}), EVERYTHING)


async def change_employee(session: Session, employee_id: int, values: Mapping[str, Any]) -> Employee:
    """Change what is known of an employee. Raises EmployeeNotFound, StoreNotFound or BadEmployment."""
    await _require_store(session, values.get("store_id"))
    held = await session.execute(
        select(employee.c.joined_on, employee.c.left_on)
        .where(employee.c.employee_id == employee_id)
        .with_for_update(key_share=True)
    )
    row = held.one_or_none()
    if row is None:
        raise EmployeeNotFound
    if not rules.days_agree(values.get("joined_on", row.joined_on), values.get("left_on", row.left_on)):
        raise BadEmployment
    if values:
        await session.execute(update(employee).where(employee.c.employee_id == employee_id).values(**values))
    return await get_employee(session, employee_id, EVERYTHING)


async def note_left(session: Session, employee_id: int, left_on: date | None) -> Employee:
    """Note that an employee left, today unless said. Raises EmployeeNotFound or BadEmployment."""
    day = left_on or clock.business_day(clock.now(), (await get_shop(session)).zone)
    return await change_employee(session, employee_id, {"state": "left", "left_on": day})


async def note_back(session: Session, employee_id: int) -> Employee:
    """Note that an employee is back. Raises EmployeeNotFound."""
    return await change_employee(session, employee_id, {"state": "active", "left_on": None})


async def rename_shop(session: Session, values: Mapping[str, Any]) -> Shop:
    """Change the names of the shop and its programme. Raises ShopNotSetUp, CurrencyFixed and TimeZoneFixed."""
    require_same(await get_shop(session), currency=values.get("currency"), time_zone=values.get("time_zone"))
    names = {key: value for key, value in values.items() if key not in {"currency", "time_zone"}}
    if names:
        await session.execute(update(shop).values(**names))
    return await get_shop(session)


async def _add(session: Session, table: Table, values: Mapping[str, Any]) -> int:
    (key,) = table.primary_key.columns
    added: int | None = await session.scalar(
        insert(table).values(**values).on_conflict_do_nothing(index_elements=["code"]).returning(key)
    )
    if added is None:
        raise CodeTaken(code=values["code"])
    return added


async def _require_place(session: Session, region_id: int | None, parent_id: int | None) -> None:
    if parent_id is None:
        return
    await session.execute(_ONE_TREE)
    parents = {one.id: one.parent_id for one in await list_regions(session)}
    if parent_id not in parents:
        raise RegionNotFound
    if not rules.may_lie_in(region_id, parent_id, parents):
        raise RegionGoesRound(deepest=rules.DEEPEST)


async def _require_region(session: Session, region_id: int | None) -> None:
    if region_id is None:
        return
    found = await session.execute(
        select(region.c.region_id).where(region.c.region_id == region_id).with_for_update(read=True, key_share=True)
    )
    if found.scalar_one_or_none() is None:
        raise RegionNotFound


async def _require_store(session: Session, store_id: int | None) -> None:
    if store_id is not None and not await get_stores(session, [store_id]):
        raise StoreNotFound
