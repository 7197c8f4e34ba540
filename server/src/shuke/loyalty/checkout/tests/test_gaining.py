"""Whoever tries to gain by refunds, carts and numbers gains nothing: cases that once did, each by name."""

from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, earning, ledger
from shuke.loyalty.checkout import fact_values
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.actor import SYSTEM
from shuke.platform.conditions import fact_key
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
MEMBER = {"phone": "15400000001"}
OTHER = {"phone": "15400000002"}
PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}


def order(number: str, yuan: str = "100", **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "member": MEMBER,
        "lines": [{"product": "A1", "quantity": "1", "unit_price": yuan}],
        **changes,
    }


def refund(number: str, of: str, **changes: Any) -> dict[str, Any]:
    at = "2026-03-01T15:00:00+08:00"
    return {"source": "till-7", "number": number, "refund_of": of, "placed_at": at, **changes}


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    assert (await client.put("/v1/checkout/policies", json=PAYING)).status_code == 200
    return client


async def publish(database: Database, code: str, *effects: dict[str, Any], **more: Any) -> None:
    async with database.transaction() as session:
        await earning.publish_definition(
            session,
            code=code,
            name=LocalName(code, code),
            definition={"activity": "order_paid", "branches": [{"when": None, "effects": list(effects)}], **more},
            effective_from=datetime(2026, 1, 1, tzinfo=UTC),
            actor=SYSTEM,
        )


async def post(client: httpx.AsyncClient, path: str, body: dict[str, Any], status: int) -> dict[str, Any]:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def verified(database: Database) -> None:
    report = await ledger.verify_ledger(database)
    assert report.ok, report


async def test_a_partial_refund_gives_no_room_back_to_a_cap_whose_award_stays(
    till: httpx.AsyncClient, database: Database
) -> None:
    cap = {"counts": "times", "period": "day", "limit": 1}
    await publish(database, "welcome", {"kind": "fixed", "currency": "points", "points": 100}, caps=[cap])
    first = await post(till, "orders", order("1", "101"), 201)
    assert first["points"]["earned"] == 201

    returned = await post(till, "checkout/refund", refund("r1", "1", amount_minor=10_000), 201)
    second = await post(till, "orders", order("2", "1"), 201)

    # What is left is one yuan of goods and the gift of the day, which is not given twice.
    assert returned["points"]["taken_back"] == 100
    assert second["points"]["earned"] == 1
    await verified(database)


async def test_a_guests_refund_over_the_order_interface_is_bounded_too(till: httpx.AsyncClient) -> None:
    await post(till, "orders", {**order("1"), "member": None}, 201)
    lines = [{"product": "A1", "quantity": "5", "unit_price": "100"}]

    answer = await till.post("/v1/orders", json={**refund("r1", "1"), "kind": "refund", "lines": lines})

    assert (answer.status_code, answer.json().get("code")) == (422, "checkout.refund_exceeds_order")


async def test_a_cart_is_paid_only_with_what_its_own_member_set_aside(
    till: httpx.AsyncClient, database: Database
) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "orders", order("00", member=OTHER), 201)
    for number, member in (("1", MEMBER), ("2", OTHER)):
        body = {"source": "till-7", "member": member, "lines": order("x")["lines"], "points": 100}
        await post(till, "checkout/hold", {"number": number, "cart": body}, 200)

    # The other member pays under the number of the first one's cart.
    await post(till, "orders", order("1", "50", member=OTHER), 201)

    asked = text("select count(*) from ledger_entry where kind in ('release', 'capture')")
    async with database.transaction() as session:
        assert await session.scalar(asked) == 0
    cancelled = await post(till, "checkout/cancel", {"source": "till-7", "number": "2"}, 200)
    async with database.transaction() as session:
        assert (cancelled["state"], await session.scalar(asked)) == ("cancelled", 1)
    await verified(database)


async def test_a_cart_that_was_paid_is_not_cancelled_even_if_nothing_was_held_any_more(
    till: httpx.AsyncClient,
) -> None:
    body = {"source": "till-7", "member": MEMBER, "lines": order("x")["lines"]}
    await post(till, "orders", order("0"), 201)
    await post(till, "checkout/hold", {"number": "1", "cart": body}, 200)
    await post(till, "orders", order("1"), 201)

    answer = await till.post("/v1/checkout/cancel", json={"source": "till-7", "number": "1"})

    assert (answer.status_code, answer.json().get("code")) == (409, "checkout.already_paid")


async def test_no_refund_of_a_quantity_gives_value_back_to_the_order(till: httpx.AsyncClient) -> None:
    lines = [
        {"product": "A1", "quantity": "10", "amount_minor": 6},
        {"product": "B1", "quantity": "1", "amount_minor": 9},
    ]
    await post(till, "orders", order("1", lines=lines), 201)
    one = [{"product": "A1", "quantity": "1"}]
    off = [{"product": "A1", "amount_minor": 5}]
    steps: list[dict[str, Any]] = [{"lines": one}, {"lines": off}, {"lines": one}, {"lines": one}, {"is_whole": True}]

    amounts = []
    for place, step in enumerate(steps):
        returned = await post(till, "checkout/refund", refund(f"r{place}", "1", **step), 201)
        amounts.append(returned["amount_minor"])

    assert amounts == [1, 5, 0, 0, 9]


def test_facts_with_several_answers_are_written_down_and_read_back() -> None:
    facts = {fact_key("member.custom.metals"): frozenset({"silver", "gold"})}

    stored = orjson.loads(orjson.dumps(fact_values.written(facts)))

    assert fact_values.read(stored) == facts


async def test_a_set_of_orders_is_judged_by_the_birthdays_of_their_own_days(
    till: httpx.AsyncClient, database: Database
) -> None:
    await post(till, "members", {**MEMBER, "birthday": "1990-03-01"}, 201)
    await publish(
        database, "birthday", {"kind": "birthday_multiplier", "currency": "points", "factor": 2, "during": "day"}
    )
    days = {"1": "2026-02-27", "2": "2026-03-01", "3": "2026-02-28"}
    orders = [order(number, placed_at=f"{day}T12:00:00+08:00") for number, day in days.items()]

    await post(till, "orders/batch", {"orders": orders}, 200)

    async with database.transaction() as session:
        awards = text(
            "select o.number, sum(a.awarded)::int from order_award a join sales_order o using (member_id, order_id)"
            " where a.currency = 'points' group by 1 order by 1"
        )
        assert [tuple(row) for row in await session.execute(awards)] == [("1", 100), ("2", 200), ("3", 100)]
