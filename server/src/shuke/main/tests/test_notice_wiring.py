"""People hear of what concerns them, from the modules where it happens."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation import staff
from shuke.foundation.exports import actions as exports
from shuke.foundation.staff.actions import approvals
from shuke.main import notice_watch, notice_wiring
from shuke.main.testing import signed_in
from shuke.platform import clock, consumers, jobs, module
from shuke.platform.db import Database


@pytest.fixture(autouse=True)
def _worker(database: Database) -> Any:
    jobs.use(database)
    yield
    jobs.use(None)


async def told(client: httpx.AsyncClient) -> list[tuple[str, str, str | None]]:
    items = (await client.get("/v1/session/notices")).json()["items"]
    return [(one["kind"], one["title"], one["link"]) for one in items]


async def id_of(client: httpx.AsyncClient) -> int:
    return int((await client.get("/v1/session")).json()["user"]["id"])


async def an_approval(database: Database, user_id: int) -> int:
    """A large export of this person that waits for a second one."""
    async with database.transaction() as session:
        actor = await staff.find_actor(session, user_id)
        assert actor is not None
        asked = await exports.ask(
            session,
            actor,
            list_key="members",
            filters={},
            columns=None,
            file_format="csv",
            language="en",
            is_unmasked=False,
            reason="audit",
        )
        await exports.hold_for_approval(session, asked, actor, rows=100_001)
        waiting = await session.execute(text("select approval_id from approval where state = 'waiting'"))
        return int(waiting.scalar_one())


async def test_who_may_decide_hears_of_an_approval_and_who_asked_of_the_decision(
    client: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    async with signed_in(app, database, role="administrator") as second:
        approval = await an_approval(database, await id_of(client))

        waiting = ("approvals.waiting", "Large export waits for your decision", "/settings/approvals")
        assert (await told(second), await told(client)) == ([waiting], [])
        refused = await second.post(f"/v1/approvals/{approval}/reject", json={"note": "too many"})
        assert refused.status_code < 300, refused.text

        decided = ("approvals.decided", "Your request (Large export) was refused", "/settings/exports")
        assert (await told(second), await told(client)) == ([], [decided])


async def test_an_approval_that_nobody_decided_ends_with_a_word(client: httpx.AsyncClient, database: Database) -> None:
    await an_approval(database, await id_of(client))
    async with database.transaction() as session:
        await session.execute(text("update approval set requested_at = requested_at - interval '15 days'"))

        await approvals.expire_approvals(session)

    assert [kind for kind, _, _ in await told(client)] == ["approvals.decided"]


async def test_failed_work_is_told_and_taken_back_when_it_is_mended(
    client: httpx.AsyncClient, viewer: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        failed = text("insert into queue.pgqueuer (priority, status, entrypoint) values (0, 'failed', 'exports.run')")
        await session.execute(failed)

    await notice_watch.watch()
    await notice_watch.watch()

    shown = await told(client)
    assert shown == [("work.failed", "Background work failed: Make an export file", "/settings/background")]
    assert await told(viewer) == []
    await client.post("/v1/operations/jobs/discard", json={})
    await notice_watch.watch()
    assert await told(client) == []


async def test_requests_that_are_due_soon_late_and_ended(client: httpx.AsyncClient, database: Database) -> None:
    member = (await client.post("/v1/members", json={"phone": "15400000001", "name": "王小明"})).json()["id"]
    body = {"kind": "correction", "channel": "phone", "verified_how": "known", "words": "please"}
    made = await client.post("/v1/requests", json={"member": str(member), **body})
    assert made.status_code == 201, made.text
    async with database.transaction() as session:
        request = (await session.execute(text("select max(request_id) from rights_request"))).scalar_one()
    await notice_watch.watch()
    assert await told(client) == []
    async with database.transaction() as session:
        soon = {"day": (clock.now() + timedelta(days=2)).date()}
        await session.execute(text("update rights_request set due_on = :day, hard_due_on = :day"), soon)
    await notice_watch.watch()

    due = ("requests.due", f"Request #{request} of a member is due soon", f"/requests/{request}")
    assert await told(client) == [due]
    assert "王小明" not in (await client.get("/v1/session/notices")).text
    ended = await client.post(f"/v1/requests/{request}/withdrawal", json={"words": "changed their mind"})
    assert ended.status_code < 300, ended.text
    await consumers.run_until_idle(database, notice_wiring.MODULE.consumers)
    assert await told(client) == []


async def test_a_ledger_that_does_not_add_up_is_told(client: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into event (name, member_id, occurred_at, recorded_at, body) values "
                "('ledger.verification_failed', 0, now(), now(), '{\"verification_id\": 3}'), "
                '(\'request.deadline_missed\', 5, now(), now(), \'{"request_id": 9, "due_on": "2026-11-01"}\')'
            )
        )

    await consumers.run_until_idle(database, notice_wiring.MODULE.consumers)

    assert {kind for kind, _, _ in await told(client)} == {"ledger.wrong", "requests.late"}


async def test_a_stock_that_runs_out_is_told_by_its_state(client: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into coupon_template (code, name_zh, name_en, state, issuing, added_at, changed_at) values "
                "('tea', '茶券', 'Tea', 'published', '{}', now(), now())"
            )
        )
        await session.execute(
            text(
                "insert into coupon_unit (template_id, unit_no, state) select template_id, number, "
                "case when number <= 1 then 'free' else 'taken' end from coupon_template, generate_series(1, 20) number"
            )
        )
    await notice_watch.watch_stocks()
    low = await told(client)
    async with database.transaction() as session:
        await session.execute(text("update coupon_unit set state = 'taken'"))
    await notice_watch.watch_stocks()

    assert low == [("coupons.running_out", "Tea: few left", "/loyalty/coupons/tea")]
    assert [title for _, title, _ in await told(client)] == ["Tea: none left"]


async def test_an_export_is_told_when_it_is_ready(client: httpx.AsyncClient, database: Database) -> None:
    asked = await client.post("/v1/exports", json={"list": "members", "reason": "because"})
    assert asked.status_code < 300, asked.text
    found = [job for item in module.installed() for job in item.jobs if job.name == "exports.run"]

    await found[0].run({"export_id": asked.json()["id"]})

    assert [(kind, link) for kind, _, link in await told(client)] == [("exports.done", "/settings/exports")]


async def test_every_kind_of_notice_has_one_name_and_words() -> None:
    codes = [kind.code for kind in notice_wiring.KINDS]

    assert len(codes) == len(set(codes))
    assert all(kind.label.zh and kind.label.en for kind in notice_wiring.KINDS)
