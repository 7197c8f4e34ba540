"""Orders and refunds over the API: natural keys, refusals that change nothing, races."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.db import Database
from shuke.platform.pages import encode_cursor

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def order(number: str = "1", *, member: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "store": "xidan",
        "member": {"phone": "15400000001"} if member is None else member,
        "lines": [
            {"product": "A1", "name": "灯笼", "quantity": "2", "unit_price": "12.50"},
            {"product": "POST", "name": "运费", "quantity": "1", "amount_minor": 800, "is_goods": False},
        ],
        **changes,
    }


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop with a programme, its clock at a day in March."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    return client


async def rows(database: Database) -> dict[str, int]:
    tables = ("member", "sales_order", "sales_order_line", "order_number", "ledger_entry", "ledger_lot", "product")
    async with database.transaction() as session:
        return {t: (await session.execute(text("select count(*) from " + t))).scalar_one() for t in tables}


async def test_an_order_earns_a_point_for_each_whole_yuan_of_goods(till: httpx.AsyncClient) -> None:
    answer = await till.post("/v1/orders", json=order())

    assert answer.status_code == 201
    body = answer.json()
    nothing = {"taken_back": 0, "used": 0, "returned": 0, "debt": 0}
    assert body["points"] == {**nothing, "earned": 25, "balance": 25}
    assert (body["growth_earned"], body["tier"], body["state"]) == (25, {"code": "bronze", "rank": 1}, "created")


async def test_the_same_order_again_gives_the_same_answer_and_changes_nothing(
    till: httpx.AsyncClient, database: Database
) -> None:
    first = await till.post("/v1/orders", json=order())
    before = await rows(database)

    again = await till.post("/v1/orders", json=order())

    assert again.status_code == 200
    assert again.json() == {**first.json(), "state": "unchanged"}
    assert await rows(database) == before


async def test_a_number_with_other_content_is_refused_and_changes_nothing(
    till: httpx.AsyncClient, database: Database
) -> None:
    await till.post("/v1/orders", json=order())
    before = await rows(database)

    answer = await till.post("/v1/orders", json=order(placed_at="2026-03-01T13:00:00+08:00"))

    assert (answer.status_code, answer.json()["code"]) == (409, "checkout.number_taken")
    assert await rows(database) == before


async def test_30_deliveries_of_one_order_at_once_have_one_effect(till: httpx.AsyncClient, database: Database) -> None:
    answers = await asyncio.gather(*(till.post("/v1/orders", json=order()) for _ in range(30)))

    # A delivery that waited too long for the first one is told to come again; none of them has a second effect.
    assert sorted({answer.status_code for answer in answers}) in ([200, 201], [200, 201, 409])
    assert [answer.status_code for answer in answers].count(201) == 1
    counted = await rows(database)
    assert (counted["member"], counted["sales_order"], counted["ledger_entry"]) == (1, 1, 2)


async def test_orders_of_one_member_at_once_all_count(till: httpx.AsyncClient, database: Database) -> None:
    await till.post("/v1/orders", json=order("0"))

    answers = await asyncio.gather(*(till.post("/v1/orders", json=order(str(number))) for number in range(1, 21)))

    assert {answer.status_code for answer in answers} == {201}
    async with database.transaction() as session:
        account = (
            await session.execute(text("select version, available from ledger_account where currency_id = 1"))
        ).one()
        versions = (
            (await session.execute(text("select version from ledger_entry where currency_id = 1 order by version")))
            .scalars()
            .all()
        )
    assert tuple(account) == (21, 21 * 25)
    assert versions == list(range(1, 22))


async def test_a_partial_refund_takes_back_what_its_order_no_longer_earns(till: httpx.AsyncClient) -> None:
    await till.post("/v1/orders", json=order())
    refund = {
        "source": "till-7",
        "number": "R1",
        "kind": "refund",
        "placed_at": "2026-03-01T18:00:00+08:00",
        "refund_of": "1",
        "lines": [{"product": "A1", "quantity": "1", "unit_price": "12.50"}],
    }

    answer = await till.post("/v1/orders", json=refund)

    # 12.50 of goods remain and earn 12; 25 were given.
    assert answer.status_code == 201, answer.text
    points = {"earned": 0, "taken_back": 13, "used": 0, "returned": 0, "balance": 12, "debt": 0}
    assert answer.json()["points"] == points


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"lines": [{"product": "A1", "quantity": "3", "unit_price": "12.50"}]}, 422, "checkout.refund_exceeds_order"),
        ({"lines": [{"product": "B9", "quantity": "1", "unit_price": "1"}]}, 422, "checkout.refund_exceeds_order"),
        ({"member": {"phone": "15400000002"}}, 409, "checkout.refund_of_unknown"),
        ({"refund_of": None}, 422, "checkout.member_needed"),
    ],
)
async def test_a_refund_that_cannot_be_is_refused_and_changes_nothing(
    till: httpx.AsyncClient, database: Database, changes: dict[str, Any], status: int, code: str
) -> None:
    await till.post("/v1/orders", json=order())
    before = await rows(database)
    refund = {
        "source": "till-7",
        "number": "R1",
        "kind": "refund",
        "placed_at": "2026-03-01T18:00:00+08:00",
        "refund_of": "1",
        "lines": [{"product": "A1", "quantity": "1", "unit_price": "12.50"}],
    }

    answer = await till.post("/v1/orders", json={**refund, **changes})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await rows(database) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"placed_at": "2026-03-09T12:00:00+08:00"}, "checkout.date_out_of_range"),
        ({"placed_at": "1969-03-09T12:00:00+08:00"}, "checkout.date_out_of_range"),
        ({"placed_at": "2026-03-01T12:00:00"}, "request.invalid"),
        ({"currency": "GBP"}, "checkout.money_unknown"),
        ({"lines": [{"product": "A1", "quantity": "1"}]}, "checkout.price_needed"),
        ({"lines": [{"product": "A1", "quantity": "-1", "unit_price": "1"}]}, "request.invalid"),
        ({"lines": [{"product": "A1", "quantity": "1e30", "unit_price": "1"}]}, "request.invalid"),
        ({"lines": [{"product": "A\u0000", "quantity": "1", "unit_price": "1"}]}, "request.invalid"),
        ({"lines": []}, "request.invalid"),
        ({"member": {"phone": "12"}}, "members.bad_phone"),
        ({"member": {}}, "members.no_identity"),
        ({"surprise": 1}, "request.invalid"),
    ],
)
async def test_an_order_that_cannot_be_is_refused_and_changes_nothing(
    till: httpx.AsyncClient, database: Database, changes: dict[str, Any], code: str
) -> None:
    before = await rows(database)

    answer = await till.post("/v1/orders", json=order(**changes))

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await rows(database) == before


async def test_a_batch_judges_each_order_for_itself(till: httpx.AsyncClient, database: Database) -> None:
    batch = [order("1"), order("2", currency="GBP"), order("1"), order("3", member={"external": "c-1"})]

    answer = await till.post("/v1/orders/batch", json={"orders": batch})

    results = answer.json()["results"]
    assert [result["status"] for result in results] == ["created", "refused", "unchanged", "created"]
    assert results[1]["error"]["code"] == "checkout.money_unknown"
    assert (await rows(database))["sales_order"] == 2


async def test_all_or_nothing_leaves_nothing_when_one_is_refused(till: httpx.AsyncClient, database: Database) -> None:
    before = await rows(database)

    answer = await till.post(
        "/v1/orders/batch", json={"orders": [order("1"), order("2", currency="GBP")], "all_or_nothing": True}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "checkout.money_unknown")
    assert await rows(database) == before


async def test_a_guest_sale_is_stored_and_earns_nobody_anything(till: httpx.AsyncClient, database: Database) -> None:
    body = order()
    del body["member"]

    answer = await till.post("/v1/orders", json=body)

    assert answer.status_code == 201
    assert (answer.json()["member_id"], answer.json()["points"]) == (None, None)
    assert (await rows(database))["ledger_entry"] == 0


async def test_levels_that_ended_long_ago_are_judged_by_what_was_spent_then(
    till: httpx.AsyncClient, database: Database
) -> None:
    set_shop_clock(datetime(2026, 8, 1, tzinfo=UTC))
    first = order("1", placed_at="2026-01-05T12:00:00+08:00")
    first["lines"][0]["unit_price"] = "300"
    await till.post("/v1/orders", json=first)

    # Nothing has run since: 5 April and 5 July are judged only now. January lies outside the window of July's order.
    await till.post("/v1/orders", json=order("2", placed_at="2026-07-20T12:00:00+08:00"))

    async with database.transaction() as session:
        changes = (await session.execute(text("select reason, to_rank from tier_change order by change_no"))).all()
    assert [tuple(change) for change in changes] == [("promoted", 2), ("kept", 2), ("demoted", 1)]


@pytest.mark.parametrize("value", ["x", None, 1.5, 2**63])
async def test_a_cursor_that_no_list_of_imports_made_is_refused(till: httpx.AsyncClient, value: Any) -> None:
    answer = await till.get("/v1/imports", params={"cursor": encode_cursor("-id", [value])})

    assert (answer.status_code, answer.json()["code"]) == (422, "pages.bad_cursor")


def bought(number: str, day: str, price: str, **changes: Any) -> dict[str, Any]:
    lines = [{"product": "A1", "quantity": "1", "unit_price": price}]
    return order(number, placed_at=f"{day}T12:00:00+08:00", lines=lines, **changes)


async def test_an_order_of_long_ago_takes_no_level_away(till: httpx.AsyncClient, database: Database) -> None:
    await till.post("/v1/orders", json=bought("1", "2026-03-01", "600"))

    late = await till.post("/v1/orders", json=bought("2", "2024-03-01", "2500"))

    assert late.json()["tier"] == {"code": "silver", "rank": 2}
    async with database.transaction() as session:
        valid_until = (await session.execute(text("select valid_until from member_tier"))).scalar_one()
    assert valid_until == datetime(2026, 6, 1, 16, tzinfo=UTC)


async def test_orders_in_any_order_of_arrival_reach_the_same_level(till: httpx.AsyncClient) -> None:
    await till.post("/v1/orders", json=bought("1", "2026-03-01", "300"))

    late = await till.post("/v1/orders", json=bought("2", "2026-02-28", "300"))

    assert late.json()["tier"] == {"code": "silver", "rank": 2}


async def test_a_refund_reaches_no_order_placed_after_it(till: httpx.AsyncClient, database: Database) -> None:
    await till.post("/v1/orders", json=bought("1", "2026-02-01", "20"))
    await till.post("/v1/orders", json=bought("2", "2026-02-20", "20"))

    answer = await till.post("/v1/orders", json=bought("R", "2026-02-10", "20", kind="refund"))

    assert answer.status_code == 201
    async with database.transaction() as session:
        status = await session.execute(text("select number, status from sales_order where kind = 'sale' order by 1"))
        assert [tuple(row) for row in status] == [("1", "refunded"), ("2", "paid")]


async def test_a_refund_of_other_money_than_its_orders_is_refused(till: httpx.AsyncClient, database: Database) -> None:
    await till.post("/v1/orders", json=bought("1", "2026-02-01", "600"))
    before = await rows(database)
    refund = bought("R", "2026-02-10", "1", kind="refund", refund_of="1")

    answer = await till.post("/v1/orders", json=refund)

    assert (answer.status_code, answer.json()["code"]) == (422, "checkout.refund_amount_differs")
    assert await rows(database) == before


async def test_a_retry_spelled_otherwise_is_the_same_order(till: httpx.AsyncClient) -> None:
    await till.post("/v1/orders", json=bought("1", "2026-02-01", "20"))
    again = bought("1", "2026-02-01", "20.00")
    again["placed_at"] = "2026-02-01T04:00:00Z"
    again["lines"][0]["quantity"] = "1.0"

    answer = await till.post("/v1/orders", json=again)

    assert (answer.status_code, answer.json()["state"]) == (200, "unchanged")


async def test_a_thousand_orders_use_up_one_number_of_the_sources(till: httpx.AsyncClient, database: Database) -> None:
    batch = [bought(str(number), "2026-02-01", "20") for number in range(1_000)]

    answer = await till.post("/v1/orders/batch", json={"orders": batch})
    after = await till.post("/v1/orders", json=bought("last", "2026-02-01", "20"))

    assert [result["status"] for result in answer.json()["results"]] == ["created"] * 1_000
    assert after.json()["points"]["balance"] == 1_001 * 20
    async with database.transaction() as session:
        used = (await session.execute(text("select last_value from order_source_source_id_seq"))).scalar_one()
    assert used == 1


@pytest.mark.parametrize(
    "line",
    [
        {"product": "A1", "quantity": "9999999999", "unit_price": "99999999"},
        {"product": "A1", "quantity": "0.001", "amount_minor": 10**12},
    ],
)
async def test_an_amount_beyond_anything_sold_is_refused(
    till: httpx.AsyncClient, database: Database, line: dict[str, Any]
) -> None:
    before = await rows(database)

    answer = await till.post("/v1/orders", json=order(lines=[line]))

    assert (answer.status_code, answer.json()["code"]) == (422, "checkout.amount_too_large")
    assert await rows(database) == before


async def test_an_order_that_waits_too_long_for_a_lock_is_told_to_come_again(
    till: httpx.AsyncClient, database: Database
) -> None:
    await till.post("/v1/orders", json=order("1"))
    before = await rows(database)

    async with database.transaction() as session:
        await session.execute(text("select * from ledger_account for update"))
        answer = await till.post("/v1/orders", json=order("2"))

    assert (answer.status_code, answer.json()["code"]) == (409, "request.busy")
    assert answer.headers["Retry-After"] == "1"
    assert await rows(database) == before
