"""Background work as people see it: what failed and why, trying again once, letting go, running ahead of time."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.main.modules import MODULES
from shuke.main.operations.words import EVENTS, WORK
from shuke.main.testing import signed_in
from shuke.platform import jobs, module
from shuke.platform.consumers import Runner
from shuke.platform.db import Database, Session
from shuke.platform.events import StoredEvent, all_events
from shuke.platform.module import Consumer, Job, Module, Schedule

_URL = "/v1/operations"


async def until(holds: Callable[[], Any]) -> None:
    for _ in range(300):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not come about in fifteen seconds")


async def a_failed_job(database: Database, number: int, *, name: str = "exports.run") -> int:
    """A job that has failed for good, as the queue leaves it."""
    async with database.transaction() as session:
        await jobs.enqueue(session, name, {"export_id": number, "note": "张三"}, dedupe_key=f"{name}:{number}")
        job: int = (
            await session.execute(
                text(
                    "update queue.pgqueuer set status = 'failed', attempts = 8 "
                    "where id = (select max(id) from queue.pgqueuer) returning id"
                )
            )
        ).scalar_one()
        await session.execute(
            text(
                "insert into queue.pgqueuer_log (job_id, status, priority, entrypoint, traceback) "
                "values (:job, 'failed', 0, :name, "
                "jsonb_build_object('exception_message', 'ValueError, trace abc123', 'traceback', '张三'))"
            ),
            {"job": job, "name": name},
        )
    return job


async def states(database: Database) -> dict[int, str]:
    async with database.transaction() as session:
        rows = await session.execute(text("select id, status::text as status from queue.pgqueuer order by id"))
        return {row.id: row.status for row in rows}


async def test_a_failed_job_says_what_it_was_about_and_why_and_nothing_personal(
    client: httpx.AsyncClient, database: Database
) -> None:
    job = await a_failed_job(database, 7)

    answer = await client.get(f"{_URL}/jobs")

    shown = answer.json()
    assert shown["counts"] == {"waiting": 0, "running": 0, "failed": 1}
    (item,) = shown["items"]
    kept = ("id", "name", "label", "state", "tries", "error", "trace_id", "about")
    assert {name: item[name] for name in kept} == {
        "id": job,
        "name": "exports.run",
        "label": "Make an export file",
        "state": "failed",
        "tries": 9,
        "error": "ValueError",
        "trace_id": "abc123",
        "about": [{"label": "export", "id": 7, "link": "/settings/exports"}],
    }
    assert "张三" not in answer.text


async def test_pages_of_failed_jobs_follow_each_other(client: httpx.AsyncClient, database: Database) -> None:
    made = [await a_failed_job(database, number) for number in range(3)]

    first = (await client.get(f"{_URL}/jobs", params={"limit": 2})).json()
    second = (await client.get(f"{_URL}/jobs", params={"limit": 2, "cursor": first["next"]})).json()

    assert [[one["id"] for one in page["items"]] for page in (first, second)] == [[made[2], made[1]], [made[0]]]
    assert second["next"] is None
    assert (await client.get(f"{_URL}/jobs", params={"cursor": "x"})).status_code == 422


async def test_retried_twice_is_retried_once(client: httpx.AsyncClient, database: Database) -> None:
    first, second = await a_failed_job(database, 1), await a_failed_job(database, 2)

    answers = await asyncio.gather(
        *(client.post(f"{_URL}/jobs/retry", json={"jobs": [first]}) for _ in range(3)),
    )

    assert sorted(answer.json()["done"] for answer in answers) == [0, 0, 1]
    assert await states(database) == {first: "queued", second: "failed"}
    lines = (await client.get("/v1/audit", params={"action": "POST /v1/operations/jobs/retry"})).json()["items"]
    assert len(lines) == 3


async def test_a_retried_job_waits_beside_another_like_it(client: httpx.AsyncClient, database: Database) -> None:
    failed = await a_failed_job(database, 1)
    async with database.transaction() as session:
        await jobs.enqueue(session, "exports.run", {"export_id": 1}, dedupe_key="exports.run:1")

    answer = await client.post(f"{_URL}/jobs/retry", json={})

    assert (answer.status_code, answer.json()) == (200, {"done": 1})
    assert [*(await states(database)).values()] == ["queued", "queued"]
    assert failed in await states(database)


async def test_discarded_is_gone_and_what_has_not_failed_stays(client: httpx.AsyncClient, database: Database) -> None:
    failed, other = await a_failed_job(database, 1), await a_failed_job(database, 2)
    async with database.transaction() as session:
        await jobs.enqueue(session, "exports.run", {"export_id": 3})
    (waiting,) = {*await states(database)} - {failed, other}

    one = await client.post(f"{_URL}/jobs/discard", json={"jobs": [failed, waiting]})
    all_ = await client.post(f"{_URL}/jobs/discard", json={})

    assert (one.json(), all_.json()) == ({"done": 1}, {"done": 1})
    assert await states(database) == {waiting: "queued"}


async def test_who_may_only_look_changes_nothing(app: FastAPI, database: Database) -> None:
    failed = await a_failed_job(database, 1)
    async with signed_in(app, database, role="auditor") as auditor:
        assert (await auditor.get(f"{_URL}/jobs")).status_code == 200
        for path in ("jobs/retry", "jobs/discard", "schedules/ledger.due/run"):
            assert (await auditor.post(f"{_URL}/{path}", json={})).status_code == 403
    async with signed_in(app, database, role="manager") as manager:
        for path in ("health", "jobs", "schedules", "readers", "events", "event-names"):
            assert (await manager.get(f"{_URL}/{path}")).status_code == 403

    assert await states(database) == {failed: "failed"}


async def test_what_the_worker_did_is_kept_and_shown(client: httpx.AsyncClient, database: Database) -> None:
    calls: list[str] = []

    async def well() -> None:
        calls.append("well")

    async def badly() -> None:
        calls.append("badly")
        raise ValueError("会员张三")

    made = Module(
        name="demo",
        schedules=(
            Schedule(name="demo.well", cron="0 0 1 1 *", run=well),
            Schedule(name="demo.badly", cron="0 0 1 1 *", run=badly),
        ),
        jobs=tuple(job for found in MODULES for job in found.jobs if job.name == "operations.run_schedule"),
    )
    module.install((*MODULES, made))
    for name in ("demo.well", "demo.badly", "demo.badly"):
        assert (await client.post(f"{_URL}/schedules/{name}/run")).status_code == 204
    waiting = {one["name"]: one["is_running"] for one in (await client.get(f"{_URL}/schedules")).json()["items"]}
    assert (waiting["demo.well"], waiting["ledger.due"]) == (True, False)

    worker = jobs.Worker(database, (made,))
    running = asyncio.create_task(worker.run())
    try:
        await until(lambda: _is_quiet(client))
    finally:
        worker.stop()
        await asyncio.wait_for(running, 15)

    answer = await client.get(f"{_URL}/schedules")
    last = {one["name"]: one["last"] for one in answer.json()["items"]}
    # Asked for twice before it began, it ran once.
    assert sorted(calls) == ["badly", "well"]
    assert (last["demo.well"]["outcome"], last["demo.well"]["failures"]) == ("done", 0)
    assert (last["demo.badly"]["outcome"], last["demo.badly"]["failures"]) == ("failed", 1)
    assert (last["demo.badly"]["error"], bool(last["demo.badly"]["trace_id"])) == ("ValueError", True)
    assert "张三" not in answer.text
    assert await states(database) == {}


async def _is_quiet(client: httpx.AsyncClient) -> bool:
    counts = (await client.get(f"{_URL}/jobs")).json()["counts"]
    return counts == {"waiting": 0, "running": 0, "failed": 0}


async def test_an_unknown_schedule_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    answer = await client.post(f"{_URL}/schedules/nothing.at_all/run")

    assert (answer.status_code, answer.json()["code"]) == (404, "schedule.not_found")
    assert await states(database) == {}


async def test_a_job_that_fails_is_tried_again_and_tells_why(client: httpx.AsyncClient, database: Database) -> None:
    async def fail(_: dict[str, Any]) -> None:
        raise KeyError("secret")

    worker = jobs.Worker(database, (Module(name="demo", jobs=(Job(name="demo.fail", run=fail),)),))
    running = asyncio.create_task(worker.run())
    async with database.transaction() as session:
        await jobs.enqueue(session, "demo.fail", {"run_id": 4})

    async def has_a_reason() -> bool:
        items = (await client.get(f"{_URL}/jobs", params={"state": "waiting"})).json()["items"]
        return bool(items and items[0]["error"])

    try:
        await until(has_a_reason)
    finally:
        worker.stop()
        await asyncio.wait_for(running, 15)

    answer = await client.get(f"{_URL}/jobs", params={"state": "waiting"})
    (item,) = answer.json()["items"]
    assert (item["error"], item["tries"] >= 1, bool(item["trace_id"])) == ("KeyError", True, True)
    assert "secret" not in answer.text


async def test_readers_show_their_lag_and_what_went_wrong(client: httpx.AsyncClient, database: Database) -> None:
    async def fail(session: Session, events: Any) -> None:
        raise ValueError("no")

    consumer = Consumer(name="demo.reader", events=("demo.happened",), handle=fail)
    module.install((*MODULES, Module(name="demo", consumers=(consumer,))))
    async with database.transaction() as session:
        await session.execute(_AN_EVENT, {"member": 5})
    runner = Runner(database, [consumer])
    running = asyncio.create_task(runner.run())

    async def has_failed() -> bool:
        return (await _reader(client))["last"] is not None

    try:
        await until(has_failed)
        failed = await _reader(client)
    finally:
        runner.stop()
        await asyncio.wait_for(running, 15)

    assert (failed["lag"], failed["last"]["outcome"], failed["last"]["error"]) == (1, "failed", "ValueError")
    seen: list[int] = []

    async def read(session: Session, events: Any) -> None:
        seen.extend(event.member_id for event in events if isinstance(event, StoredEvent))

    mended = Runner(database, [Consumer(name="demo.reader", events=("demo.happened",), handle=read)])
    running = asyncio.create_task(mended.run())

    async def is_well() -> bool:
        return bool((await _reader(client))["last"]["outcome"] == "done")

    try:
        await until(is_well)
    finally:
        mended.stop()
        await asyncio.wait_for(running, 15)
    assert ((await _reader(client))["lag"], seen) == (0, [5])


async def _reader(client: httpx.AsyncClient) -> dict[str, Any]:
    items = (await client.get(f"{_URL}/readers")).json()["items"]
    return next(one for one in items if one["name"] == "demo.reader")


_AN_EVENT = text(
    "insert into event (name, member_id, occurred_at, recorded_at, body) "
    "values ('demo.happened', :member, now(), now(), '{\"number\": 1}')"
)


@pytest.mark.parametrize(("given", "names"), [("work", WORK), ("events", EVENTS)])
def test_everything_has_words(given: str, names: dict[str, Any]) -> None:
    work = {item.name for found in MODULES for part in (found.jobs, found.schedules, found.consumers) for item in part}

    assert (work if given == "work" else {event.name for event in all_events() if "demo" not in event.name}) <= {*names}
