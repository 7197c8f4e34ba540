"""Large acts wait for a second person; who is alone types a confirmation."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation import staff
from shuke.main.testing import signed_in
from shuke.platform import clock, module
from shuke.platform.actor import Actor
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
done: list[dict] = []


async def _perform(session, actor, payload) -> None:
    done.append({"by": actor.id, **payload})


KIND = staff.ApprovalKind(
    code="parades.hold", name=LocalName("游行", "Parade"), permission="points.approve", perform=_perform
)


@pytest.fixture(autouse=True)
def _kind(app: FastAPI):
    # After the app, whose composition installs the modules that ship.
    done.clear()
    module.install([*module.installed(), module.Module(name="parades", contributions=(KIND,))])


async def asked_by(browser: httpx.AsyncClient, database: Database) -> int:
    user = (await browser.get("/v1/session")).json()["user"]["id"]
    async with database.transaction() as session:
        return await staff.ask_approval(
            session,
            Actor(kind="staff", id=user),
            kind=KIND,
            summary=LocalName("给 12 位会员", "For 12 members"),
            payload={"members": [3, 1, 2], "count": 12},
        )


async def state_of(browser: httpx.AsyncClient) -> list[str]:
    return [item["state"] for item in (await browser.get("/v1/approvals")).json()["items"]]


async def test_a_second_person_approves_and_it_is_done_once(
    app: FastAPI, client: httpx.AsyncClient, database: Database
):
    number = await asked_by(client, database)
    async with signed_in(app, database, role="administrator") as other:
        own = await client.post(f"/v1/approvals/{number}/approve", json={"confirmation": f"#{number}"})
        answers = await asyncio.gather(*(other.post(f"/v1/approvals/{number}/approve", json={}) for _ in range(4)))
        by = (await other.get("/v1/session")).json()["user"]["id"]

    assert (own.status_code, own.json()["code"]) == (403, "approvals.own_wish")
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert done == [{"by": by, "members": [3, 1, 2], "count": 12}]
    assert await state_of(client) == ["approved"]


async def test_who_alone_may_approve_types_the_confirmation(client: httpx.AsyncClient, database: Database):
    number = await asked_by(client, database)
    shown = (await client.get("/v1/approvals")).json()["items"][0]
    without = await client.post(f"/v1/approvals/{number}/approve", json={})

    assert (without.status_code, without.json()["code"], done) == (422, "approvals.confirmation_wrong", [])
    assert (shown["confirmation"], shown["is_own"], shown["summary"]) == (f"#{number}", True, "For 12 members")
    typed = await client.post(f"/v1/approvals/{number}/approve", json={"confirmation": shown["confirmation"]})
    assert (typed.status_code, len(done)) == (200, 1)
    async with database.transaction() as session:
        trail = "select count(*) from audit where action = 'approvals.approved_alone'"
        assert (await session.execute(text(trail))).scalar_one() == 1


async def test_refused_withdrawn_and_old_acts_are_never_done(
    app: FastAPI, client: httpx.AsyncClient, database: Database
):
    refused, withdrawn, old = [await asked_by(client, database) for _ in range(3)]
    async with database.transaction() as session:
        await session.execute(
            text("update approval set requested_at = :at where approval_id = :id"),
            {"at": clock.wall() - timedelta(days=14), "id": old},
        )
    async with signed_in(app, database, role="administrator") as other:
        await other.post(f"/v1/approvals/{refused}/reject", json={"note": "not now"})
        await client.post(f"/v1/approvals/{withdrawn}/reject", json={"note": "mistake"})
        answers = [
            (await other.post(f"/v1/approvals/{number}/approve", json={})).status_code
            for number in (refused, withdrawn, old)
        ]

    assert answers == [409, 409, 409]
    assert await state_of(client) == ["waiting", "withdrawn", "rejected"]
    assert done == []


async def test_who_may_not_approve_this_kind_does_not(app: FastAPI, client: httpx.AsyncClient, database: Database):
    number = await asked_by(client, database)
    role = {"name_zh": "审批", "permissions": ["approvals.read", "approvals.decide"], "scope": "all"}
    code = (await client.post("/v1/staff/roles", json=role)).json()["code"]
    async with signed_in(app, database, role=code) as other:
        answer = await other.post(f"/v1/approvals/{number}/approve", json={})

    assert (answer.status_code, answer.json()["code"]) == (403, "request.not_allowed")
    assert done == []


async def test_a_payload_that_was_changed_is_not_done(app: FastAPI, client: httpx.AsyncClient, database: Database):
    number = await asked_by(client, database)
    async with database.transaction() as session:
        await session.execute(text("""update approval set payload = jsonb_set(payload, '{count}', '9999')"""))
    async with signed_in(app, database, role="administrator") as other:
        answer = await other.post(f"/v1/approvals/{number}/approve", json={})

    assert answer.status_code == 409
    assert done == []
