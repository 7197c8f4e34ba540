"""How often an order asks the database. Each statement is a way there and back, so the number must not grow."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import event

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
# Of a commit, with everything at its edge: signing in, the order and all that it moves, the line of the trail.
COMMIT = 18


def order(number: str) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "store": "xidan",
        "member": {"phone": "15400000001"},
        "lines": [
            {"product": "A1", "quantity": "2", "unit_price": "12.50"},
            {"product": "A2", "quantity": "1", "unit_price": "3.00"},
        ],
    }


@pytest.fixture
def statements(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the program sends, without the ends of transactions."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(" ".join(statement.split()))

    def also(name: str) -> None:
        """Statements of the driver's own, which nobody else sees."""
        do = getattr(asyncpg.Connection, name)

        async def done(self: Any, *values: Any, **options: Any) -> Any:
            sent.append(f"{name} {' '.join(str(values[0]).split())}")
            return await do(self, *values, **options)

        monkeypatch.setattr(asyncpg.Connection, name, done)

    # `_execute` stands behind every way to fetch, and behind `execute` with values.
    also("_execute")
    also("_executemany")
    also("copy_records_to_table")
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """A till of a shop with a programme, where the member has bought before."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    for number in ("1", "2"):
        await client.post("/v1/checkout/commit", json=order(number))
    return client


async def test_a_commit_of_a_known_member_asks_the_database_so_often(
    till: httpx.AsyncClient, statements: list[str]
) -> None:
    statements.clear()

    answer = await till.post("/v1/checkout/commit", json=order("3"))

    assert answer.status_code == 201, answer.text
    assert len(statements) == COMMIT, "\n".join(statements)


async def test_an_order_of_a_source_that_nobody_knew_is_answered_like_its_repetition(till: httpx.AsyncClient) -> None:
    new = {**order("1"), "source": "till-8"}

    first = await till.post("/v1/checkout/commit", json=new)
    again = await till.post("/v1/checkout/commit", json=new)

    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.json()["points"]["earned"] == 28
    assert again.json() == {**first.json(), "state": "unchanged"}


async def test_an_order_that_was_awaited_is_answered_with_what_its_refund_took(till: httpx.AsyncClient) -> None:
    line = {"product": "A1", "quantity": "2", "unit_price": "12.50"}
    refund = {**order("R4"), "kind": "refund", "refund_of": "4", "lines": [line]}
    assert (await till.post("/v1/orders", json=refund)).status_code == 202

    first = await till.post("/v1/checkout/commit", json=order("4"))
    again = await till.post("/v1/checkout/commit", json=order("4"))

    # Two orders of 28 before; 3 of this one are left.
    assert first.json()["points"]["balance"] == 2 * 28 + 3
    assert again.json() == {**first.json(), "state": "unchanged"}
