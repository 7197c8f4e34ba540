"""Failures of coupons that popular shops have, each by name: here they cannot happen."""

import asyncio
from collections import Counter

import httpx
import pytest

from shuke.foundation import organization
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, states
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio


async def test_parallel_claim_of_per_user_limit_1_coupon(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person()])
        issuing = {"stock": 50, "limits": [{"most": 1}], "claiming": {"is_open": True}}
        await a_template(session, issuing=issuing)

    async def claim() -> tuple[int, str | None]:
        answer = await client.post("/v1/coupon-templates/ten-off/claims", json={"member": str(member_id)})
        return answer.status_code, answer.json().get("code") if answer.status_code != 201 else None

    answers = Counter(await asyncio.gather(*(claim() for _ in range(50))))

    assert answers == {(201, None): 1, (409, "coupons.limit_reached"): 49}
    async with database.transaction() as session:
        assert len(await states(session, member_id)) == 1
        counted = "select (select count(*) from coupon_claim), (select count(*) from coupon_unit where state = 'taken')"
        assert [tuple(row) for row in await (await raw(session)).fetch(counted)] == [(1, 1)]


async def coupons_with_budget(database: Database, how_many: int, **budget: object) -> list[str]:
    """Coupons of ten yuan under one budget, of a member each."""
    async with database.transaction() as session:
        await organization.ensure_stores(session, [organization.NewStore(code="xidan", name="西单店")])
        template_id = await a_template(session, "limited", OFF_TEN, {"budgets": [budget]})
        people = await enrolled(session, [person(None, external(f"B{number}")) for number in range(how_many)])
        return [await a_coupon(session, member_id, template_id) for member_id in people]


async def redeem(till: httpx.AsyncClient, code: str) -> str:
    """Redeem at the till; sent again as long as the answer asks for that."""
    while True:
        answer = await till.post(f"/v1/coupons/{code}/redeem", json={"store": "xidan"})
        if answer.status_code == 201:
            return "redeemed"
        if answer.json()["code"] not in {"request.busy", "request.overloaded"}:
            return str(answer.json()["code"])
        await asyncio.sleep(0.05)


async def undo(till: httpx.AsyncClient, code: str) -> str:
    """Take a redemption back."""
    while True:
        answer = await till.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "again"})
        if answer.status_code == 200:
            return "undone"
        if answer.json()["code"] not in {"request.busy", "request.overloaded"}:
            return str(answer.json()["code"])
        await asyncio.sleep(0.05)


async def counted(database: Database) -> tuple[int, int]:
    """What the budget has counted, and what its redemptions that stand come to."""
    async with database.transaction() as session:
        driver = await raw(session)
        used = await driver.fetchval("select coalesce(sum(used), 0)::bigint from coupon_budget_room")
        stands = await driver.fetchval(
            "select coalesce(sum(m.discount_minor), 0)::bigint from coupon c join coupon_move m "
            "on (m.member_id, m.coupon_id, m.move_no) = (c.member_id, c.coupon_id, c.version) "
            "where c.state = 'redeemed' and m.kind = 'redeemed'"
        )
        return int(used), int(stands)


async def test_14_budget_exact_at_the_limit_under_concurrency(client: httpx.AsyncClient, database: Database):
    """medusa#16097. 30 at once want 10 yuan each, and 125 yuan are left: 12 get them, and 5 stay."""
    codes = await coupons_with_budget(database, 30, counts="discount", period="month", limit=12_500)

    answers = Counter(await asyncio.gather(*(redeem(client, code) for code in codes)))

    assert answers == {"redeemed": 12, "coupons.budget_used_up": 18}
    assert await counted(database) == (12_000, 12_000)


async def test_14_budget_of_a_count_exact_at_the_limit_under_concurrency(client: httpx.AsyncClient, database: Database):
    """The last of seven is given once."""
    codes = await coupons_with_budget(database, 20, counts="count", limit=7)

    answers = Counter(await asyncio.gather(*(redeem(client, code) for code in codes)))

    assert answers == {"redeemed": 7, "coupons.budget_used_up": 13}
    assert await counted(database) == (7, 7_000)


async def test_13_release_of_budget_concurrent_with_consume(client: httpx.AsyncClient, database: Database):
    """medusa#16595. Ten hold the whole budget and give it back while twenty others want it: nothing is lost, nothing
    is counted twice, and afterwards the rest can be had to the last.
    """
    codes = await coupons_with_budget(database, 30, counts="discount", limit=10_000)
    holding, wanting = codes[:10], codes[10:]
    assert Counter([await redeem(client, code) for code in holding]) == {"redeemed": 10}

    work = [undo(client, code) for code in holding] + [redeem(client, code) for code in wanting]
    answers = Counter(await asyncio.gather(*work))

    assert answers["undone"] == 10
    assert answers["redeemed"] + answers["coupons.budget_used_up"] == 20
    assert await counted(database) == (answers["redeemed"] * 1_000, answers["redeemed"] * 1_000)
    later = Counter([await redeem(client, code) for code in codes])
    assert later["redeemed"] == 10 - answers["redeemed"]
    assert await counted(database) == (10_000, 10_000)
