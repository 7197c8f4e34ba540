"""Acts on many members and the second person: refused, withdrawn, never decided, and gone round in parts."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.staff.testing import close_old_approvals
from shuke.loyalty.ledger.operations.bulk import POINTS
from shuke.loyalty.ledger.testing import two_currencies
from shuke.main.testing import signed_in
from shuke.people.bulk.testing import queries, running
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, jobs
from shuke.platform.db import Database


@pytest.fixture(autouse=True)
def _jobs(database: Database):
    jobs.use(database)
    yield
    jobs.use(None)


@pytest.fixture
async def ids(app: FastAPI, database: Database) -> list[int]:
    async with database.transaction() as session:
        await two_currencies(session)
        return await enrolled(session, [person(None, external(str(number))) for number in range(6)])


@pytest.fixture
def five(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """One person alone gives points to five members within a day."""
    known = {**queries.actions(), "points": replace(POINTS, approval_members=5)}
    monkeypatch.setattr(queries, "actions", lambda: known)


def giving(ids: list[int], amount: int = 30) -> dict[str, Any]:
    whom = [str(one) for one in ids]
    wish = {"action": "points", "parameters": {"amount": amount}, "members": whom, "reason": "店庆补偿"}
    return {**wish, "members_seen": len(ids)}


async def asked(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/bulk-acts", json=body)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def shown(client: httpx.AsyncClient, act: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/v1/bulk-acts/{act['id']}")).json()
    return found


async def waiting(client: httpx.AsyncClient) -> list[int]:
    items = (await client.get("/v1/approvals?state=waiting")).json()["items"]
    return [int(one["id"]) for one in items]


async def given(database: Database) -> int:
    async with database.transaction() as session:
        return int((await session.execute(text("select count(*) from ledger_entry"))).scalar_one())


async def test_what_was_refused_ends_as_rejected_and_says_why(app, client, database, ids, five):
    act = await asked(client, giving(ids))
    assert act["state"] == "approval"
    async with signed_in(app, database, role="administrator") as second:
        (approval,) = await waiting(second)
        refused = await second.post(f"/v1/approvals/{approval}/reject", json={"note": "预算不够"})
    await running.run({"bulk_id": act["id"]})

    assert refused.status_code == 200, refused.text
    found = await shown(client, act)
    assert (found["state"], found["done"], found["undo_until"]) == ("rejected", 0, None)
    assert found["problem"]["code"] == "bulk.rejected"
    assert "预算不够" in found["problem"]["detail"]
    told = (await client.get("/v1/session/notices")).json()["items"]
    assert [(one["kind"], one["link"]) for one in told] == [("approvals.decided", "/members/bulk")]
    # The reason may name somebody: it stands with the act, and not in what is told.
    assert "预算不够" not in str(told)
    assert (await client.post(f"/v1/bulk-acts/{act['id']}/stop")).json()["code"] == "bulk.ended"
    assert await given(database) == 0


async def test_what_is_stopped_waits_for_nobody(app, client, database, ids, five):
    act = await asked(client, giving(ids))
    async with signed_in(app, database, role="administrator") as second:
        (approval,) = await waiting(second)
        stopped = await client.post(f"/v1/bulk-acts/{act['id']}/stop")
        late = await second.post(f"/v1/approvals/{approval}/approve", json={})
        items = (await second.get("/v1/approvals")).json()["items"]

    assert (stopped.json()["state"], late.json()["code"]) == ("stopped", "approvals.decided")
    assert [one["state"] for one in items] == ["withdrawn"]
    assert await given(database) == 0


async def test_what_was_withdrawn_is_stopped(client, database, ids, five):
    act = await asked(client, giving(ids))
    (approval,) = await waiting(client)

    await client.post(f"/v1/approvals/{approval}/reject", json={"note": "a mistake"})

    assert ((await shown(client, act))["state"], (await shown(client, act))["problem"]) == ("stopped", None)


async def test_what_nobody_decides_ends(client, database, ids, five):
    act = await asked(client, giving(ids))
    async with database.transaction() as session:
        await session.execute(text("update approval set requested_at = :at"), {"at": clock.wall() - timedelta(days=15)})

    await close_old_approvals()

    found = await shown(client, act)
    assert (found["state"], found["problem"]["code"]) == ("rejected", "bulk.nobody_decided")


@pytest.mark.parametrize("attempt", range(3))
async def test_stopping_and_agreeing_at_once_is_one_after_the_other(app, client, database, ids, five, attempt):
    act = await asked(client, giving(ids))
    async with signed_in(app, database, role="administrator") as second:
        (approval,) = await waiting(second)
        stopped, agreed = await asyncio.gather(
            client.post(f"/v1/bulk-acts/{act['id']}/stop"), second.post(f"/v1/approvals/{approval}/approve", json={})
        )
        (item,) = (await second.get("/v1/approvals")).json()["items"]
    await running.run({"bulk_id": act["id"]})

    assert stopped.status_code == 200
    assert (agreed.status_code, item["state"]) in [(200, "approved"), (409, "withdrawn")]
    assert (await shown(client, act))["state"] == "stopped"
    assert await given(database) == 0


async def test_parts_of_one_wish_are_added_up(app, client, database, ids, five):
    first = await asked(client, giving(ids[:3]))
    # Not begun yet, and counted in whole.
    told = (await client.post("/v1/bulk-acts/preview", json=_preview(giving(ids[3:])))).json()
    await running.run({"bulk_id": first["id"]})
    second = await asked(client, giving(ids[3:5]))
    await running.run({"bulk_id": second["id"]})
    third = await asked(client, giving(ids[5:]))
    await running.run({"bulk_id": third["id"]})

    assert (told["needs_approval"], told["totals"][-1]) == (
        True,
        {"label": "Members within 24 hours before", "value": 3},
    )
    assert [act["state"] for act in (first, second, third)] == ["waiting", "waiting", "approval"]
    assert await given(database) == 5


async def test_the_same_members_twice_count_twice(client, database, ids, five):
    await asked(client, giving(ids[:3]))

    assert (await asked(client, giving(ids[:3])))["state"] == "approval"


async def test_what_did_not_happen_was_agreed_to_or_is_old_does_not_count(app, client, database, ids, five):
    stopped = await asked(client, giving(ids[:5]))
    await client.post(f"/v1/bulk-acts/{stopped['id']}/stop")
    large = await asked(client, giving(ids))
    async with signed_in(app, database, role="administrator") as second:
        (approval,) = await waiting(second)
        await second.post(f"/v1/approvals/{approval}/approve", json={})
        # What somebody else gives is theirs.
        other = await asked(second, giving(ids[:5], 10))
    await running.run({"bulk_id": large["id"]})
    mine = await asked(client, giving(ids[:5], 20))
    more = await asked(client, giving(ids[5:], 20))
    async with database.transaction() as session:
        await session.execute(text("update bulk_act set asked_at = asked_at - interval '25 hours'"))
    next_day = await asked(client, giving(ids[:5], 20))

    states = [one["state"] for one in (stopped, large, other, mine, more, next_day)]
    assert states == ["waiting", "approval", "waiting", "waiting", "approval", "waiting"]


async def test_parts_that_are_asked_for_at_once_are_added_up(client, database, ids, five):
    acts = await asyncio.gather(*(asked(client, giving(ids[:3])) for _ in range(4)))

    assert sorted(one["state"] for one in acts) == ["approval"] * 3 + ["waiting"]


async def test_nobody_gives_a_member_twice_the_limit_around_midnight(client, database, ids):
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = 50"))
    for at in ("2026-03-02T15:59:00+00:00", "2026-03-02T16:01:00+00:00", "2026-03-03T16:02:00+00:00"):
        clock.set_offset(datetime.fromisoformat(at) - clock.wall())
        act = await asked(client, giving(ids[:1]))
        await running.run({"bulk_id": act["id"]})

    acts = (await client.get("/v1/bulk-acts")).json()["items"]
    assert [[one["why"] for one in act["skips"]] for act in acts] == [[], ["needs_second"], []]
    assert await given(database) == 2


def _preview(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "members_seen"}
