"""A shop with two stores and three members, for tests of the till."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from sqlalchemy import text

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.loyalty.coupons.testing import set_clock
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.db import Database

# Monday, 10:00 in Shanghai.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Ground:
    """Who and where there is. `ada` is a member of nobody's store; `xidan` and `pudong` are ids of stores."""

    database: Database
    ada: int
    bo: int
    cy: int
    xidan: int
    pudong: int


async def lay(database: Database) -> Ground:
    """The ground, on Monday at ten in the morning. The shop is there already."""
    set_clock(NOW)
    async with database.transaction() as session:
        stores = await organization.ensure_stores(
            session,
            [
                organization.NewStore(code="xidan", name="西单店"),
                organization.NewStore(code="pudong", name="浦东店"),
            ],
        )
        ada, bo, cy = await enrolled(session, [person(name, external(name)) for name in ("Ada Lin", "Bo", "Cy")])
        await catalog.ensure_products(
            session,
            [
                catalog.NewProduct(code="CAKE", name="蛋糕", is_goods=True, category="bakery"),
                catalog.NewProduct(code="CUP", name="杯子", is_goods=True, category="kitchen"),
            ],
        )
    return Ground(database, ada, bo, cy, stores["xidan"], stores["pudong"])


_TABLES = ("coupon", "coupon_move", "coupon_budget_room", "coupon_use", "event", "order_source")


async def everything(database: Database) -> dict[str, list[str]]:
    """Every row that a redemption could touch."""
    found = {}
    async with database.transaction() as session:
        for table in _TABLES:
            rows = await session.execute(text(f"select to_jsonb(t)::text from {table} t order by 1"))
            found[table] = list(rows.scalars())
    return found


async def redeem(till: httpx.AsyncClient, code: str, store: str = "xidan", **more: Any) -> httpx.Response:
    """Ask the till to redeem a code."""
    return await till.post(f"/v1/coupons/{code}/redeem", json={"store": store, **more})
