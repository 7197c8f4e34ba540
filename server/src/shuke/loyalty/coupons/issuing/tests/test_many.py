"""Giving to many: who is meant, once each, from where it was cut off, and above a number only with a second person."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shuke.loyalty.coupons.issuing import give, many, many_jobs
from shuke.loyalty.coupons.issuing.many_jobs import run_gift
from shuke.loyalty.coupons.testing import a_template, set_clock
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import jobs
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio
EVERYBODY = {"combinator": "and", "rules": [{"field": "member.points", "operator": ">=", "value": 0}]}


@pytest.fixture(autouse=True)
async def _jobs(database: Database) -> Any:
    set_clock(datetime(2026, 3, 2, 4, tzinfo=UTC))
    jobs.use(database)
    yield
    jobs.use(None)


async def set_up(database: Database, count: int, **issuing: Any) -> list[int]:
    async with database.transaction() as session:
        everybody = await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])
        await a_template(session, issuing=issuing)
        return everybody


async def ask(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/v1/coupon-gifts", json={"template": "ten-off", "reason": "店庆", **body})


async def holders(database: Database) -> list[int]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select member_id from coupon order by member_id, coupon_id")
    return [row["member_id"] for row in rows]


async def told(client: httpx.AsyncClient, gift: int) -> tuple[str, int, int, dict[str, int]]:
    found = (await client.get(f"/v1/coupon-gifts/{gift}")).json()
    return found["state"], found["members"], found["given"], found["refused"]


async def test_everybody_who_meets_a_condition_is_given_one(client: httpx.AsyncClient, database: Database):
    everybody = await set_up(database, 5)
    async with database.transaction() as session:
        await (await raw(session)).execute("update member set status = 'frozen' where member_id = $1", everybody[1])
    preview = (
        await client.post("/v1/coupon-gifts/preview", json={"template": "ten-off", "condition": EVERYBODY})
    ).json()
    assert (preview["members"], preview["not_active"], preview["needs_approval"]) == (5, 1, False)
    assert preview["sentence"]
    assert await holders(database) == []

    asked = await ask(client, condition=EVERYBODY, members_seen=5)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    gift = asked.json()["id"]
    await run_gift({"gift_id": gift})
    await run_gift({"gift_id": gift})

    assert await told(client, gift) == ("done", 5, 4, {"member_not_active": 1})
    assert await holders(database) == [one for one in everybody if one != everybody[1]]
    listed = (await client.get("/v1/coupon-gifts?template=ten-off")).json()
    assert [one["id"] for one in listed["items"]] == [gift]


async def test_a_list_gives_each_of_it_one_and_tells_who_is_unknown(client: httpx.AsyncClient, database: Database):
    one, other, _ = await set_up(database, 3)
    named = [f"phone:+86154{0:08}", str(one), str(other), "number:none"]
    preview = (await client.post("/v1/coupon-gifts/preview", json={"template": "ten-off", "members": named})).json()
    assert (preview["members"], preview["unknown"], preview["unknown_count"]) == (2, ["number:none"], 1)
    gift = (await ask(client, members=named)).json()["id"]
    await run_gift({"gift_id": gift})
    assert await told(client, gift) == ("done", 2, 2, {})
    assert await holders(database) == [one, other]


async def test_it_goes_on_where_it_was_cut_off(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    everybody = await set_up(database, 7)
    monkeypatch.setattr(many_jobs, "_AT_A_TIME", 3)
    gift = (await ask(client, condition=EVERYBODY)).json()["id"]
    real = give
    calls = 0

    async def cut_off(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        answers = await real(*given)
        if calls == 2:
            raise ZeroDivisionError
        return answers

    monkeypatch.setattr(many_jobs, "give", cut_off)
    with pytest.raises(ZeroDivisionError):
        await run_gift({"gift_id": gift})
    assert await holders(database) == everybody[:3]
    assert await told(client, gift) == ("running", 7, 3, {})

    await run_gift({"gift_id": gift})

    assert await told(client, gift) == ("done", 7, 7, {})
    assert await holders(database) == everybody


async def test_called_off_it_gives_no_more(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    everybody = await set_up(database, 4)
    monkeypatch.setattr(many_jobs, "_AT_A_TIME", 2)
    gift = (await ask(client, condition=EVERYBODY)).json()["id"]
    real = many_jobs._step

    async def then_cancelled(*step: Any) -> bool:
        goes_on = await real(*step)
        assert (await client.post(f"/v1/coupon-gifts/{gift}/cancel")).json()["state"] == "cancelled"
        return goes_on

    monkeypatch.setattr(many_jobs, "_step", _once(then_cancelled, real))
    await run_gift({"gift_id": gift})

    assert await holders(database) == everybody[:2]
    assert await told(client, gift) == ("cancelled", 4, 2, {})
    again = await client.post(f"/v1/coupon-gifts/{gift}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "coupons.gift_ended")


def _once(first: Any, then: Any) -> Any:
    waiting = [first]

    async def step(*given: Any) -> bool:
        return bool(await (waiting.pop() if waiting else then)(*given))

    return step


async def test_when_the_stock_is_gone_the_rest_are_told_so(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    everybody = await set_up(database, 9, stock=2)
    monkeypatch.setattr(many_jobs, "_AT_A_TIME", 2)
    gift = (await ask(client, condition=EVERYBODY)).json()["id"]
    await run_gift({"gift_id": gift})
    assert await told(client, gift) == ("done", 9, 2, {"sold_out": 7})
    assert await holders(database) == everybody[:2]


async def test_more_than_were_seen_are_not_given_it(client: httpx.AsyncClient, database: Database):
    await set_up(database, 3)
    answer = await ask(client, condition=EVERYBODY, members_seen=2)
    nobody = await ask(client, members=["number:none"])
    assert (answer.status_code, answer.json()["code"]) == (409, "coupons.count_changed")
    assert (nobody.status_code, nobody.json()["code"]) == (422, "coupons.nobody")
    assert (await client.get("/v1/coupon-gifts")).json()["items"] == []


async def test_so_many_need_a_second_person(
    app: FastAPI, client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    everybody = await set_up(database, 3)
    monkeypatch.setattr(many, "APPROVAL_MEMBERS", 2)
    asked = (await ask(client, condition=EVERYBODY)).json()
    await run_gift({"gift_id": asked["id"]})
    assert (asked["state"], await holders(database)) == ("approval", [])

    async with signed_in(app, database, role="administrator") as second:
        waiting = (await second.get("/v1/approvals")).json()["items"]
        approved = await second.post(f"/v1/approvals/{waiting[0]['id']}/approve", json={})
    assert approved.status_code < 300, approved.text
    await run_gift({"gift_id": asked["id"]})
    assert await told(client, asked["id"]) == ("done", 3, 3, {})
    assert await holders(database) == everybody


async def test_what_the_second_person_refuses_is_called_off(
    app: FastAPI, client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
):
    await set_up(database, 3)
    monkeypatch.setattr(many, "APPROVAL_MEMBERS", 2)
    refused, cancelled = [(await ask(client, condition=EVERYBODY)).json()["id"] for _ in range(2)]
    async with signed_in(app, database, role="administrator") as second:
        last, first = (await second.get("/v1/approvals")).json()["items"]
        await second.post(f"/v1/approvals/{first['id']}/reject", json={"note": "太多了"})
        called_off = await client.post(f"/v1/coupon-gifts/{cancelled}/cancel")
        late = await second.post(f"/v1/approvals/{last['id']}/approve", json={})
    await run_gift({"gift_id": refused})
    await run_gift({"gift_id": cancelled})

    assert (called_off.status_code, late.json()["code"]) == (200, "approvals.decided")
    assert [(await told(client, one))[0] for one in (refused, cancelled)] == ["cancelled", "cancelled"]
    assert await holders(database) == []
