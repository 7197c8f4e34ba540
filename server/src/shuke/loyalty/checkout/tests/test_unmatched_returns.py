"""Returns that name nobody: people say which order each was, and only then anything moves."""

import asyncio
import csv
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty.checkout.importing import Given, read_mapping, run_import, start_import
from shuke.loyalty.checkout.testing import a_london_shop, set_shop_clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2020, 6, 30, 12, tzinfo=UTC)
MAPPING = """
code: plain
name: {zh: x, en: x}
description: {zh: "", en: ""}
source: plain
columns: {number: "no", placed_at: day, customer: who, product: item, quantity: qty, unit_price: price, store: shop}
returns:
  columns: {placed_at: back, product: item, quantity: pieces, store: shop}
  window_days: 10
"""
ORDERS = """no,day,who,item,qty,price,shop
EARLY,2020-06-09,7,A,2,10.00,North
FIRST,2020-06-12,7,A,2,10.00,North
SMALL,2020-06-13,7,A,1,10.00,North
SOUTH,2020-06-14,8,A,2,10.00,South
GUEST,2020-06-15,,A,2,10.00,North
SAME,2020-06-20,8,A,5,10.00,North
LATE,2020-06-21,8,A,5,10.00,North
OTHER,2020-06-20,8,B,5,10.00,North
"""
RETURNS = "back,item,pieces,shop\n2020-06-20,A,2,North\n2020-06-20,B,1,North\n"


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> Database:
    set_shop_clock(NOW)
    given = []
    for name, content in (("orders.csv", ORDERS), ("returns.csv", RETURNS)):
        (tmp_path / name).write_text(content)
        given.append(Given(tmp_path / name, name))
    async with database.transaction() as session:
        await a_london_shop(session)
        run = await start_import(
            session,
            given[0].path,
            read_mapping(MAPPING),
            file_name="orders.csv",
            asked_by="system:0",
            more=given[1:],
        )
    await run_import(database, run, given[0].path)
    return database


async def rows(database: Database, statement: str) -> list[tuple]:
    async with database.transaction() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def moved(database: Database) -> list[tuple]:
    """Whatever a refund moves."""
    return await rows(
        database,
        "select (select count(*) from sales_order), (select count(*) from ledger_entry), "
        "(select sum(refunded_quantity)::float from sales_order_line)",
    )


async def listed(client: httpx.AsyncClient, **wanted: str) -> dict:
    return (await client.get("/v1/unmatched-returns", params=wanted)).json()


async def test_candidates_are_orders_of_the_product_in_the_store_within_the_days_with_enough_left(
    client: httpx.AsyncClient, shop: Database
):
    page = await listed(client, state="waiting")
    one = (await client.get(f"/v1/unmatched-returns/{page['items'][0]['id']}")).json()

    assert page["counts"] == {"waiting": 2, "matched": 0, "dismissed": 0}
    assert [item["candidates"] for item in page["items"]] == [3, 1]
    assert [(order["number"], order["days"], order["quantity_left"]) for order in one["orders"]] == [
        ("SAME", 0, "5"),
        ("GUEST", 5, "2"),
        ("FIRST", 8, "2"),
    ]
    assert one["orders"][1]["member"] is None
    assert one["orders"][0]["member"]["number"]


async def test_a_return_that_is_matched_is_an_ordinary_refund_of_that_order_once(
    client: httpx.AsyncClient, shop: Database
):
    one = (await client.get(f"/v1/unmatched-returns/{(await listed(client))['items'][0]['id']}")).json()
    first = next(order for order in one["orders"] if order["number"] == "FIRST")

    answer = await client.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": first["order_id"]})
    before = await moved(shop)
    again = await client.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": first["order_id"]})

    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["order_id"]) == ("matched", first["order_id"])
    assert await rows(shop, "select number, gross_minor, status from sales_order where number = 'FIRST'") == [
        ("FIRST", 2000, "refunded")
    ]
    refund = f"select kind, gross_minor from sales_order where order_id = {answer.json()['refund_id']}"
    assert await rows(shop, refund) == [("refund", -2000)]
    taken = """
        select sum(amount)::int from ledger_entry join ledger_currency c using (currency_id)
        where c.code = 'points' and ledger_entry.kind = 'take_back'
    """
    assert await rows(shop, taken) == [(-20,)]
    assert (again.status_code, again.json()["code"]) == (409, "returns.decided")
    assert await moved(shop) == before
    assert (await listed(client))["counts"] == {"waiting": 1, "matched": 1, "dismissed": 0}
    line = "select details->>'order' from audit where object_kind = 'unmatched-returns' and result = 'ok'"
    assert await rows(shop, line) == [("FIRST",)]


async def test_an_order_that_is_no_candidate_is_refused_and_nothing_moves(client: httpx.AsyncClient, shop: Database):
    one = (await listed(client))["items"][0]
    before = await moved(shop)
    ids = dict(await rows(shop, "select number, order_id from sales_order"))

    for number in ("EARLY", "SMALL", "SOUTH", "LATE", "OTHER"):
        answer = await client.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": ids[number]})
        assert (answer.status_code, answer.json()["code"]) == (422, "returns.not_a_candidate"), number

    assert await moved(shop) == before


async def test_a_return_of_a_guests_order_leaves_less_of_it(client: httpx.AsyncClient, shop: Database):
    one = (await client.get(f"/v1/unmatched-returns/{(await listed(client))['items'][0]['id']}")).json()
    guest = next(order for order in one["orders"] if order["number"] == "GUEST")

    answer = await client.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": guest["order_id"]})

    assert answer.status_code == 200, answer.text
    left = """
        select sum(quantity - refunded_quantity)::float from sales_order_line
        join sales_order using (member_id, order_id) where number = 'GUEST'
    """
    assert await rows(shop, left) == [(0,)]


async def test_a_return_is_dismissed_with_a_reason_and_can_wait_again(client: httpx.AsyncClient, shop: Database):
    one = (await listed(client))["items"][0]
    before = await moved(shop)

    gone = await client.post(f"/v1/unmatched-returns/{one['id']}/dismissal", json={"reason": "Sold as scrap"})
    twice = await client.post(f"/v1/unmatched-returns/{one['id']}/dismissal", json={"reason": "Again"})
    counts = (await listed(client))["counts"]
    back = await client.delete(f"/v1/unmatched-returns/{one['id']}/dismissal")

    assert (gone.json()["state"], gone.json()["reason"]) == ("dismissed", "Sold as scrap")
    assert (twice.status_code, twice.json()["code"]) == (409, "returns.decided")
    assert counts == {"waiting": 1, "matched": 0, "dismissed": 1}
    assert (back.json()["state"], back.json()["reason"], back.json()["candidates"]) == ("waiting", None, 3)
    assert await moved(shop) == before


async def test_two_people_at_once_match_a_return_once(client: httpx.AsyncClient, shop: Database):
    one = (await client.get(f"/v1/unmatched-returns/{(await listed(client))['items'][0]['id']}")).json()

    answers = await asyncio.gather(
        *(
            client.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": order["order_id"]})
            for order in one["orders"]
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert await rows(shop, "select count(*) from sales_order where kind = 'refund'") == [(1,)]


async def test_the_file_lists_every_return_with_its_orders(client: httpx.AsyncClient, shop: Database):
    page = await listed(client)

    answer = await client.get(f"/v1/imports/{page['items'][0]['import_id']}/unmatched-returns.csv")

    table = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[1:] for row in table[1:]] == [
        ["2020-06-20", "A", "A", "North", "2", "waiting", "3", "SAME; GUEST; FIRST"],
        ["2020-06-20", "B", "B", "North", "1", "waiting", "1", "OTHER"],
    ]


async def test_who_may_only_read_decides_nothing(viewer: httpx.AsyncClient, shop: Database):
    one = (await listed(viewer))["items"][0]
    before = await moved(shop)

    answers = [
        await viewer.post(f"/v1/unmatched-returns/{one['id']}/match", json={"order_id": 1}),
        await viewer.post(f"/v1/unmatched-returns/{one['id']}/dismissal", json={"reason": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert await moved(shop) == before
    assert (await listed(viewer))["counts"]["waiting"] == 2
