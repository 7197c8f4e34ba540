"""Caps and budgets at the till: exact when many buy at once, given back by refunds, and the ledger agrees."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.loyalty.earning.actions import publish_definition
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def order(number: int, member: int, price: str = "100") -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": f"A{number}",
        "placed_at": "2026-03-01T12:00:00+08:00",
        "store": "xidan",
        "member": {"phone": f"154{member:08}"},
        "lines": [{"product": "A1", "name": "灯笼", "quantity": "1", "unit_price": price}],
    }


def refund(of: int) -> dict[str, Any]:
    lines = [{"product": "A1", "quantity": "1", "unit_price": "100"}]
    placed_at = "2026-03-02T10:00:00+08:00"
    names = {"source": "till-7", "number": f"R{of}", "kind": "refund", "refund_of": f"A{of}"}
    return {**names, "placed_at": placed_at, "lines": lines}


@pytest.fixture
async def shop(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    return client


async def publish(database: Database, **limits: Any) -> None:
    """50 points more for each order, within limits."""
    effect = {"kind": "fixed", "points": 50}
    async with database.transaction() as session:
        await publish_definition(
            session,
            code="spring",
            name=LocalName("春季加赠", "Spring bonus"),
            definition={"branches": [{"effects": [effect]}], **limits},
            effective_from=BEGINNING,
            actor=SYSTEM,
        )


GIVEN = """
    select coalesce(sum(awarded - taken_back), 0) from order_award
    join earning_rule_version using (rule_version_id) join earning_rule using (rule_id) where code = 'spring'
"""


async def given(database: Database) -> int:
    """What members have of the rule."""
    async with database.transaction() as session:
        total = await session.scalar(text(GIVEN))
    assert (await ledger.verify_ledger(database)).ok
    return int(total or 0)


async def used(database: Database, table: str) -> list[int]:
    async with database.transaction() as session:
        statement = {
            "budget": "select amount from earning_budget_use order by period_start",
            "cap": "select amount from earning_cap_use where amount > 0 order by member_id, period_start",
        }[table]
        return list((await session.execute(text(statement))).scalars())


async def sell(till: httpx.AsyncClient, bodies: list[dict[str, Any]]) -> None:
    """All at once; whoever finds somebody in the way sends the same again."""

    async def one(body: dict[str, Any]) -> None:
        for _ in range(20):
            answer = await till.post("/v1/orders", json=body)
            if answer.status_code not in {409, 503} or answer.json()["code"] != "request.busy":
                break
        assert answer.status_code in {200, 201}, answer.text

    await asyncio.gather(*(one(body) for body in bodies))


async def test_14_a_budget_is_exact_when_thirty_members_buy_at_once(shop: httpx.AsyncClient, database: Database):
    await publish(database, budgets=[{"counts": "amount", "period": "month", "limit": 1_020, "mode": "truncate"}])

    await sell(shop, [order(number, number) for number in range(30)])

    assert await given(database) == 1_020
    assert await used(database, "budget") == [1_020]


async def test_14_a_cap_is_exact_when_one_member_buys_at_thirty_tills(shop: httpx.AsyncClient, database: Database):
    await publish(database, caps=[{"counts": "times", "period": "day", "limit": 4}])

    await sell(shop, [order(number, 1) for number in range(30)])

    assert await given(database) == 200
    assert await used(database, "cap") == [200]


async def test_13_room_that_refunds_release_while_others_buy_is_neither_lost_nor_doubled(
    shop: httpx.AsyncClient, database: Database
):
    await publish(database, budgets=[{"counts": "amount", "period": "lifetime", "limit": 500, "mode": "reject"}])
    await sell(shop, [order(number, number) for number in range(10)])
    assert await given(database) == 500

    await sell(shop, [*(refund(number) for number in range(6)), *(order(number, number) for number in range(20, 40))])

    left = await given(database)
    assert await used(database, "budget") == [left]
    await sell(shop, [order(number, number) for number in range(50, 60)])
    assert await given(database) == 500
    assert await used(database, "budget") == [500]
