"""Points for many members: once each whatever dies, and with a second person where one alone may not decide."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.loyalty.ledger.testing import two_currencies
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.bulk.testing import Killed, die_at, running
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import jobs
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
        found = await enrolled(session, [person(None, external(str(number))) for number in range(5)])
        await members.set_status(session, found[4:], "frozen")
        return found


def giving(ids: list[int], amount: int = 30, **more: Any) -> dict[str, Any]:
    whom = [str(one) for one in ids]
    return {"action": "points", "parameters": {"amount": amount}, "members": whom, "reason": "店庆补偿", **more}


async def points(database: Database, ids: list[int]) -> list[int]:
    async with database.transaction() as session:
        rows = await session.execute(
            text(
                "select member_id, sum(amount) as total, count(*) as entries from ledger_entry "
                "join ledger_currency using (currency_id) where code = 'points' group by 1"
            )
        )
        found = {row.member_id: (int(row.total), row.entries) for row in rows}
    assert all(entries == 1 for _, entries in found.values())
    return [found.get(one, (0, 0))[0] for one in ids]


async def limited(database: Database, limit: int) -> None:
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = :limit"), {"limit": limit})


async def test_points_are_given_once_to_each_though_the_process_dies(client, database, ids, monkeypatch):
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    told = (await client.post("/v1/bulk-acts/preview", json=giving(ids))).json()
    act = (await client.post("/v1/bulk-acts", json=giving(ids, members_seen=4))).json()
    die_at(monkeypatch, 2)

    with pytest.raises(Killed):
        await running.run({"bulk_id": act["id"]})
    assert await points(database, ids) == [30, 30, 0, 0, 0]
    await running.run({"bulk_id": act["id"]})
    await running.run({"bulk_id": act["id"]})

    assert [(one["label"], one["value"]) for one in told["totals"]] == [("Each", 30), ("Altogether", 120)]
    assert (told["doing"], told["may_undo"]) == (4, False)
    assert await points(database, ids) == [30, 30, 30, 30, 0]
    done = (await client.get(f"/v1/bulk-acts/{act['id']}")).json()
    assert (done["state"], done["done"], done["skipped"], done["undo_until"]) == ("done", 4, 1, None)


async def test_a_repeated_step_finds_what_the_ledger_did_before(client, database, ids):
    """Even a note that is lost after the points stood gives nobody twice: the operation bears the act's key."""
    act = (await client.post("/v1/bulk-acts", json=giving(ids, members_seen=4))).json()
    await running.run({"bulk_id": act["id"]})
    async with database.transaction() as session:
        await session.execute(text("update bulk_act set state = 'running', after_id = 0"))
        await session.execute(text("update bulk_member set state = 'waiting'"))

    await running.run({"bulk_id": act["id"]})

    assert await points(database, ids) == [30, 30, 30, 30, 0]


async def test_above_the_limit_a_second_person_has_to_agree(app, client, database, ids):
    await limited(database, 100)
    told = (await client.post("/v1/bulk-acts/preview", json=giving(ids, 101))).json()
    act = (await client.post("/v1/bulk-acts", json=giving(ids, 101, members_seen=4))).json()
    await running.run({"bulk_id": act["id"]})
    assert (told["needs_approval"], act["state"]) == (True, "approval")
    assert await points(database, ids) == [0] * 5

    async with signed_in(app, database, role="administrator") as second:
        waiting = (await second.get("/v1/approvals")).json()["items"]
        assert len(waiting) == 1
        own = await client.post(f"/v1/approvals/{waiting[0]['id']}/approve", json={})
        agreed = await second.post(f"/v1/approvals/{waiting[0]['id']}/approve", json={})
    await running.run({"bulk_id": act["id"]})

    assert own.status_code in (403, 409)
    assert agreed.status_code in (200, 204), agreed.text
    assert await points(database, ids) == [101, 101, 101, 101, 0]


async def test_many_small_acts_do_not_go_round_the_limit(client, database, ids):
    await limited(database, 50)
    first = (await client.post("/v1/bulk-acts", json=giving(ids[:2], members_seen=2))).json()
    await running.run({"bulk_id": first["id"]})
    second = (await client.post("/v1/bulk-acts", json=giving(ids[:3], members_seen=3))).json()

    await running.run({"bulk_id": second["id"]})

    assert await points(database, ids) == [30, 30, 30, 0, 0]
    skips = (await client.get(f"/v1/bulk-acts/{second['id']}")).json()["skips"]
    assert [(one["why"], one["members"]) for one in skips] == [("needs_second", 2)]


async def test_acts_at_the_same_time_do_not_go_round_the_limit(client, database, ids):
    """Each alone is within the limit; together they are not, however many workers there are."""
    await limited(database, 50)
    acts = [(await client.post("/v1/bulk-acts", json=giving(ids[:4], members_seen=4))).json() for _ in range(4)]

    await asyncio.gather(*(running.run({"bulk_id": act["id"]}) for act in acts))

    assert await points(database, ids) == [30, 30, 30, 30, 0]


async def test_requests_at_the_same_time_do_not_go_round_the_limit(client, database, ids):
    await limited(database, 50)
    wish = {"member": str(ids[0]), "amount": 30, "reason": "补偿", "currency": "points"}

    answers = await asyncio.gather(
        *(
            client.post("/v1/ledger/adjustments", json=wish, headers={"Idempotency-Key": f"at-once-{number}"})
            for number in range(4)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 202, 202, 202], [one.text for one in answers]
    assert await points(database, ids) == [30, 0, 0, 0, 0]


@pytest.mark.parametrize("parameters", [{}, {"amount": 0}, {"amount": -5}, {"amount": "many"}, {"amount": 1, "x": 2}])
async def test_amounts_that_mean_nothing_are_refused_by_name(client, database, ids, parameters):
    answer = await client.post("/v1/bulk-acts/preview", json={**giving(ids), "parameters": parameters})

    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert answer.json()["errors"][0]["pointer"].startswith("/parameters/")


async def test_unknown_currencies_are_refused(client: httpx.AsyncClient, ids):
    body = {**giving(ids), "parameters": {"amount": 1, "currency": "beans"}}
    assert (await client.post("/v1/bulk-acts/preview", json=body)).json()["code"] == "ledger.currency_not_found"
