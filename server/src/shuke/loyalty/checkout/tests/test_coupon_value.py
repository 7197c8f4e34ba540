"""Ways in which coupons could be worth something twice: none of them is open."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.platform.db import Database

from .test_coupons import NOW, Json, cart, coupon_states, everything, give, order, post, refund, till

pytestmark = pytest.mark.anyio
__all__ = ["till"]
# Of the tea alone, which comes in two pieces.
TEA = {"discount": {"kind": "amount_off", "off_minor": 5_000}, "scope": {"categories": ["tea"]}}


def returned(number: str, product: str) -> Json:
    return {
        "source": "till-7",
        "number": number,
        "kind": "refund",
        "refund_of": "1",
        "placed_at": "2026-03-02T11:30:00+08:00",
        "lines": [{"product": product, "quantity": "1", "unit_price": "100"}],
    }


async def uses(database: Database) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        rows = await session.execute(
            text("select discount_minor, returned_minor, settled_at is not null from coupon_use order by order_id")
        )
        return [tuple(row) for row in rows]


async def budget_used(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(text("select sum(used) from coupon_budget_room")) or 0)


@pytest.mark.parametrize("is_set", [True, False])
async def test_returns_that_come_together_settle_a_coupon_once(
    till: httpx.AsyncClient, database: Database, is_set: bool
):
    """What they gave back, and that they did, is noted of all of them: a later return does not give it back again."""
    await give(database, "TEA", TEA, issuing={"budgets": [{"counts": "discount", "limit": 100_000}]})
    await post(till, "orders", order("1", coupons=["TEA"]), 201)
    returns = [returned("r1", "A1"), returned("r2", "A1")]
    await post(till, "orders/batch", {"orders": returns, "all_or_nothing": is_set}, 200)
    assert await uses(database) == [(5_000, 5_000, True)]
    assert await coupon_states(database) == [("TEA", "issued")]
    assert await budget_used(database) == 0

    await post(till, "orders", order("2", coupons=["TEA"]), 201)
    await post(till, "checkout/refund", refund("r3", "1", is_whole=True), 201)
    assert await coupon_states(database) == [("TEA", "redeemed")]
    assert await uses(database) == [(5_000, 5_000, True), (5_000, 0, False)]
    assert await budget_used(database) == 5_000


async def test_a_till_whose_clock_is_ahead_does_not_take_what_another_cart_keeps(
    till: httpx.AsyncClient, database: Database
):
    await give(database, "TEA", TEA)
    await post(till, "checkout/hold", {"number": "c1", "minutes": 5, "cart": cart(coupons=["TEA"])}, 200)
    before = await everything(database)
    ahead = (NOW + timedelta(minutes=9)).isoformat()
    refused = await post(till, "orders", order("2", placed_at=ahead, coupons=["TEA"]), 409)
    assert refused["code"] == "coupons.locked"
    assert await everything(database) == before
