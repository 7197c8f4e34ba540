"""Builders for tests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .actions import NewShop, NewStore, ensure_stores, set_up_shop
from .actions.changes import add_employee
from .queries import Employee, Shop, get_employee


async def a_shop(session: Session, *, time_zone: str = "Asia/Shanghai", currency: str = "CNY") -> Shop:
    """A shop with names that say what it is for."""
    new = NewShop(
        name=LocalName("测试店", "Test shop"),
        programme=LocalName("测试会员", "Test members"),
        time_zone=time_zone,
        currency=currency,
    )
    return await set_up_shop(session, new)


async def an_employee(session: Session, code: str, *, store: str | None = None, **values: Any) -> Employee:
    """An employee by a code, in the store of a code, which is made when it is new."""
    stores = await ensure_stores(session, [NewStore(code=store, name=store)]) if store else {}
    added = await add_employee(session, {"code": code, "name": code, "store_id": stores.get(store or ""), **values})
    return await get_employee(session, added.id, EVERYTHING)


_SCOPE = text("update staff_role set scope = :scope where code = :role")
_PERSON = text(
    """
    update staff_user set employee_id = :one
    where user_id in (select user_id from staff_user_role where role_code = :role)
    """
)
_STORES = text(
    """
    insert into staff_user_store (user_id, store_id)
    select user_id, unnest(cast(:stores as bigint[])) from staff_user_role where role_code = :role
    """
)


async def narrowed(session: Session, *, role: str, stores: Sequence[int] = (), employee_id: int | None = None) -> None:
    """From now on everybody with a role sees these stores alone, or an employee's members."""
    await session.execute(_SCOPE, {"role": role, "scope": "own" if employee_id else "stores"})
    await session.execute(_PERSON, {"role": role, "one": employee_id})
    await session.execute(_STORES, {"role": role, "stores": list(stores)})
