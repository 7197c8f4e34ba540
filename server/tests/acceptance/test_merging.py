"""Two members who turn out to be one person: one everywhere after the merge, two again after its undo."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.main.modules import MODULES
from shuke.platform import consumers
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
ANNA, BEN = "15400000001", "15400000002"


def order(number: str, phone: str, price: str = "100", **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "store": "xidan",
        "member": {"phone": phone},
        "lines": [{"product": "A1", "name": "灯笼", "quantity": "1", "unit_price": price}],
        **changes,
    }


def refund(number: str, of: str, price: str = "100") -> dict[str, Any]:
    lines = [{"product": "A1", "quantity": "1", "unit_price": price}]
    placed_at = "2026-03-01T15:00:00+08:00"
    return {
        "source": "till-7",
        "number": number,
        "kind": "refund",
        "placed_at": placed_at,
        "refund_of": of,
        "lines": lines,
    }


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """A shop with a programme and two members who have bought: Anna for 300 in two orders, Ben for 5,000."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    for body in (order("A1", ANNA), order("A2", ANNA, "200"), order("B1", BEN, "5000")):
        assert (await client.post("/v1/orders", json=body)).status_code == 201
    await settle(database)
    return client


async def settle(database: Database) -> None:
    await consumers.run_until_idle(database, [one for module in MODULES for one in module.consumers])


async def picture(till: httpx.AsyncClient, phone: str) -> dict[str, Any]:
    """Everything that is shown of a member, but the numbers of versions: a merge and its undo are two entries more."""
    member = (await till.get(f"/v1/members/phone:{phone}")).json()
    found = {"member": member}
    for part in ("accounts", "orders"):
        found[part] = (await till.get(f"/v1/members/{member['id']}/{part}")).json()
    sections = (await till.get(f"/v1/members/{member['id']}/overview")).json()["sections"]
    # What analytics says follows behind.
    found["sections"] = {one["key"]: one["data"] for one in sections if one["key"] != "value"}
    # The level tells what moved it last, which the merge and its undo did.
    found["sections"]["tier"].pop("why", None)
    plain: dict[str, Any] = without_versions(found)
    return plain


def without_versions(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_versions(part) for name, part in value.items() if name != "version"}
    return [without_versions(part) for part in value] if isinstance(value, list) else value


async def merged(till: httpx.AsyncClient, absorbed: str, survivor: str, **more: Any) -> httpx.Response:
    body = {"absorbed": f"phone:{absorbed}", "survivor": f"phone:{survivor}", "reason": "同一人", **more}
    return await till.post("/v1/merges", json=body)


async def verified(database: Database) -> bool:
    return (await ledger.verify_ledger(database)).ok


async def persist(call: Callable[[], Awaitable[httpx.Response]]) -> None:
    """As a till does: try again while the shop is busy."""
    answer = await call()
    while answer.status_code in (409, 429, 503):
        answer = await call()
    assert answer.status_code in (200, 201), answer.text


async def test_after_a_merge_every_screen_shows_one_person(till: httpx.AsyncClient, database: Database) -> None:
    anna, ben = await picture(till, ANNA), await picture(till, BEN)

    answer = await merged(till, ANNA, BEN)
    await settle(database)

    assert answer.status_code == 201, answer.text
    after = await picture(till, BEN)
    assert after == await picture(till, ANNA)
    one = after["member"]
    assert (one["id"], one["order_count"], one["net_spend_minor"]) == (ben["member"]["id"], 3, 530_000)
    assert one["points_available"] == anna["member"]["points_available"] + ben["member"]["points_available"]
    assert one["tier"] == ben["member"]["tier"]
    assert [identity["value"] for identity in one["identities"]] == ["154****0002", "154****0001"]
    assert {row["number"] for row in after["orders"]["items"]} == {"A1", "A2", "B1"}
    assert (await till.get(f"/v1/members/{anna['member']['id']}")).json()["id"] == one["id"]
    listed = (await till.get("/v1/members", params={"count": "capped"})).json()
    assert ([row["id"] for row in listed["items"]], listed["count"]["value"]) == ([one["id"]], 1)
    for words in (ANNA, BEN, anna["member"]["number"], ben["member"]["number"]):
        found = (await till.get("/v1/members", params={"q": words})).json()["items"]
        assert [row["id"] for row in found] == [one["id"]], words
    rows = (await till.get("/v1/orders")).json()["items"]
    assert {row["member"]["id"] for row in rows} == {one["id"]}
    assert await verified(database)


async def test_after_its_undo_both_are_as_before(till: httpx.AsyncClient, database: Database) -> None:
    before = await picture(till, ANNA), await picture(till, BEN)
    merge_id = (await merged(till, ANNA, BEN)).json()["id"]

    undone = await till.post(f"/v1/merges/{merge_id}/undo", json={"reason": "看错了"})
    await settle(database)

    assert undone.status_code == 200, undone.text
    assert (await picture(till, ANNA), await picture(till, BEN)) == before
    assert (await till.post(f"/v1/merges/{merge_id}/undo", json={"reason": "再来"})).json()["code"] == "merges.undone"
    assert await verified(database)
    again = await merged(till, ANNA, BEN)
    assert again.status_code == 201, again.text


async def test_the_better_level_stays_whoever_survives(till: httpx.AsyncClient, database: Database) -> None:
    before = await picture(till, ANNA), await picture(till, BEN)

    merge_id = (await merged(till, BEN, ANNA)).json()["id"]
    await settle(database)

    assert (await picture(till, ANNA))["member"]["tier"] == before[1]["member"]["tier"] != before[0]["member"]["tier"]
    await till.post(f"/v1/merges/{merge_id}/undo", json={"reason": "看错了"})
    await settle(database)
    tiers = [(await picture(till, phone))["member"]["tier"] for phone in (ANNA, BEN)]
    assert tiers == [one["member"]["tier"] for one in before]
    levels = (await till.get("/v1/tiers")).json()["levels"]
    assert sum(level["member_count"] for level in levels) == 2


async def test_a_refund_of_the_absorbed_members_order_takes_the_survivors_points(
    till: httpx.AsyncClient, database: Database
) -> None:
    await merged(till, ANNA, BEN)

    answer = await till.post("/v1/orders", json=refund("R1", "A1"))
    await settle(database)

    assert answer.status_code == 201, answer.text
    assert answer.json()["points"]["taken_back"] == 100
    one = (await picture(till, BEN))["member"]
    assert (one["points_available"], one["net_spend_minor"]) == (5_200, 520_000)
    order_of = {row["number"]: row for row in (await till.get("/v1/orders")).json()["items"]}
    assert order_of["A1"]["status"] == "refunded"
    shown = (await till.get(f"/v1/orders/{order_of['A1']['id']}")).json()
    assert [row["number"] for row in shown["refunds"]] == ["R1"]
    matches = (await till.get(f"/v1/orders/{order_of['R1']['id']}")).json()["matches"]
    assert [row["order"]["number"] for row in matches] == ["A1"]
    assert await verified(database)


async def test_an_order_that_comes_again_after_the_merge_changes_nothing(
    till: httpx.AsyncClient, database: Database
) -> None:
    await merged(till, ANNA, BEN)

    answer = await till.post("/v1/orders", json=order("A1", ANNA))

    assert (answer.status_code, answer.json()["state"]) == (200, "unchanged")


async def test_what_is_preview_is_what_happens_and_writes_nothing(till: httpx.AsyncClient, database: Database) -> None:
    before = await picture(till, ANNA), await picture(till, BEN)

    answer = await till.post("/v1/merges/preview", json={"absorbed": f"phone:{ANNA}", "survivor": f"phone:{BEN}"})

    assert answer.status_code == 200, answer.text
    lines = {line["label"]["en"]: line["after"] for line in answer.json()["lines"]}
    assert (lines["Orders"], lines["Points"], answer.json()["refusals"]) == ("3", "5,300", [])
    assert (await picture(till, ANNA), await picture(till, BEN)) == before


async def test_open_holds_refuse_the_merge_whole(till: httpx.AsyncClient, database: Database) -> None:
    held = {"member": f"phone:{ANNA}", "currency": "points", "amount": 10}
    assert (await till.post("/v1/ledger/holds", json=held, headers={"Idempotency-Key": "h1"})).status_code == 201
    before = await picture(till, ANNA), await picture(till, BEN)

    answer = await merged(till, ANNA, BEN)

    assert (answer.status_code, answer.json()["code"]) == (409, "ledger.holds_open")
    assert (await picture(till, ANNA), await picture(till, BEN)) == before


async def test_orders_that_race_with_the_merge_are_the_survivors(till: httpx.AsyncClient, database: Database) -> None:
    """Whatever comes first: no value is left with somebody who is nobody any more."""

    async def buy(number: int) -> None:
        await persist(lambda: till.post("/v1/orders", json=order(f"X{number}", ANNA, "10")))

    people = [buy(number) for number in range(12)]
    people.insert(4, persist(lambda: merged(till, ANNA, BEN)))
    await asyncio.gather(*people)
    await settle(database)

    one = (await picture(till, BEN))["member"]
    assert (one["order_count"], one["points_available"]) == (15, 5_300 + 120)
    async with database.transaction() as session:
        left = await session.execute(
            text(
                "select count(*) from ledger_account a join member m using (member_id) "
                "where m.merged_into is not null and available + pending + held + debt <> 0"
            )
        )
    assert left.scalar_one() == 0
    assert await verified(database)


async def test_thirty_two_arrivals_of_one_new_phone_are_one_member(till: httpx.AsyncClient, database: Database) -> None:
    async def buy(number: int) -> None:
        await persist(lambda: till.post("/v1/orders", json=order(f"N{number}", "15400000077", "10")))

    await asyncio.gather(*(buy(number) for number in range(32)))
    await settle(database)

    assert (await picture(till, "15400000077"))["member"]["order_count"] == 32
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from member"))).scalar_one() == 3


SUMS = ("analytics_member", "analytics_purchase_day", "analytics_purchase_gap", "analytics_level")


async def sums(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """What analytics has counted, but what has come to nothing."""
    async with database.transaction() as session:
        found = {table: await session.execute(text("select * from " + table)) for table in SUMS}
    return {table: {tuple(row) for row in rows if row[-1] not in (0, None)} for table, rows in found.items()}


async def test_analytics_counts_one_person_and_then_two_again(till: httpx.AsyncClient, database: Database) -> None:
    anna, ben = (await picture(till, ANNA))["member"]["id"], (await picture(till, BEN))["member"]["id"]
    before = await sums(database)

    merge_id = (await merged(till, ANNA, BEN)).json()["id"]
    await settle(database)
    as_one = await sums(database)

    assert {row[0]: row[1:4] for row in as_one["analytics_member"]} == {ben: (3, 530_000, 0)}
    assert {(row[0], row[2]) for row in as_one["analytics_purchase_day"]} == {(ben, 3)}
    await till.post(f"/v1/merges/{merge_id}/undo", json={"reason": "看错了"})
    await settle(database)
    assert await sums(database) == before
    assert {row[0] for row in before["analytics_member"]} == {anna, ben}
