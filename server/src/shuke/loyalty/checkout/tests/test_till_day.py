"""A day at the till: what a refund would do before it is done, and what came in."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.db import Database

from .test_till import PAYING, order, post, refund, state, verified

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop that takes points, on the second of March."""
    set_shop_clock(datetime(2026, 3, 2, 4, tzinfo=UTC))
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    assert (await client.put("/v1/checkout/policies", json=PAYING)).status_code == 200
    return client


async def test_a_preview_tells_what_the_refund_then_does_and_writes_nothing(
    till: httpx.AsyncClient, database: Database
) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "orders", order("1", points=100), 201)
    before = await state(database)
    wanted = refund("r1", "1", lines=[{"line_no": 1, "quantity": "1"}])

    shown = await post(till, "checkout/refund/preview", wanted, 200)

    assert await state(database) == before
    assert (shown["order_id"], shown["amount_minor"], shown["money_minor"]) == (None, 10_000, 9_960)
    done = await post(till, "checkout/refund", wanted, 201)
    assert {**done, "order_id": None} == shown
    assert (await post(till, "checkout/refund/preview", wanted, 200)) == {**done, "state": "unchanged"}
    await verified(database)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": [{"product": "A1", "quantity": "3"}]}, "checkout.refund_exceeds_order"),
        ({}, "checkout.nothing_to_refund"),
        ({"is_whole": True, "placed_at": "2027-03-01T15:00:00+08:00"}, "checkout.date_out_of_range"),
    ],
)
async def test_a_preview_is_refused_as_its_refund_would_be(
    till: httpx.AsyncClient, database: Database, change: dict[str, Any], code: str
) -> None:
    await post(till, "orders", order("1"), 201)
    before = await state(database)

    answer = await till.post("/v1/checkout/refund/preview", json=refund("r1", "1", **change))

    assert answer.json()["code"] == code
    assert await state(database) == before


async def test_a_preview_of_a_refund_whose_order_has_not_come_lets_nothing_wait(
    till: httpx.AsyncClient, database: Database
) -> None:
    before = await state(database)

    shown = await post(till, "checkout/refund/preview", refund("r1", "1", is_whole=True), 200)

    assert shown["state"] == "waiting"
    assert await state(database) == before


def _paid(*payments: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"method": method, "amount_minor": amount} for method, amount in payments]


async def test_the_takings_of_a_day_are_its_sales_refunds_and_ways_of_payment(till: httpx.AsyncClient) -> None:
    at_store = {"store": "s1"}
    await post(till, "orders", order("0", **at_store, payments=_paid(("cash", 25_000))), 201)
    split = _paid(("cash", 4_900), ("wechat", 20_000))
    await post(till, "orders", order("1", **at_store, points=100, payments=split), 201)
    await post(till, "orders", order("2", **at_store), 201)
    await post(till, "orders", order("3", store="s2", payments=_paid(("card", 25_000))), 201)
    await post(till, "orders", order("4", **at_store, placed_at="2026-03-02T00:00:00+08:00"), 201)
    await post(till, "checkout/refund", refund("r1", "1", store="s1", lines=[{"line_no": 1, "quantity": "1"}]), 201)
    stores = {one["code"]: one["id"] for one in (await till.get("/v1/stores")).json()["items"]}

    day = (await till.get("/v1/takings", params={"store": stores["s1"], "day": "2026-03-01"})).json()
    today = (await till.get("/v1/takings", params={"store": stores["s1"]})).json()
    everywhere = (await till.get("/v1/takings", params={"day": "2026-03-01"})).json()

    assert day == {
        "day": "2026-03-01",
        "currency": "CNY",
        "sales": {
            "count": 3,
            "gross_minor": 75_000,
            "points_minor": 100,
            "coupon_minor": 0,
            "money_minor": 74_900,
        },
        "refunds": {"count": 1, "gross_minor": 10_000, "points_minor": 40, "coupon_minor": 0, "money_minor": 9_960},
        "taken": [
            {"method": "cash", "payments": 2, "amount_minor": 29_900},
            {"method": "wechat", "payments": 1, "amount_minor": 20_000},
        ],
        "untold_minor": 25_000,
    }
    assert (today["day"], today["sales"]["count"], today["untold_minor"]) == ("2026-03-02", 1, 25_000)
    assert (everywhere["sales"]["count"], everywhere["taken"][1]["method"]) == (4, "card")


async def test_a_day_without_sales_is_nothing_and_no_day_is_too_far(till: httpx.AsyncClient) -> None:
    for day in ("2026-02-01", "0001-01-01", "9999-12-31"):
        found = (await till.get("/v1/takings", params={"day": day})).json()
        assert (found["sales"]["count"], found["refunds"]["count"], found["taken"]) == (0, 0, [])


async def test_the_page_of_an_order_tells_how_it_was_paid(till: httpx.AsyncClient) -> None:
    await post(till, "orders", order("1", payments=_paid(("cash", 5_000), ("wechat", 20_000))), 201)
    await post(till, "orders", order("2"), 201)

    paid = (await till.get("/v1/orders/till-7:1")).json()
    untold = (await till.get("/v1/orders/till-7:2")).json()

    assert paid["payments"] == _paid(("cash", 5_000), ("wechat", 20_000))
    assert untold["payments"] == []
