"""Jobs: asked for in a transaction, run once it is committed, tried again when they fail."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from shuke.platform import jobs
from shuke.platform.db import Database
from shuke.platform.module import Job, Module, Schedule

pytestmark = pytest.mark.anyio


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not come about in ten seconds")


async def test_a_job_runs_when_its_transaction_committed_and_not_otherwise(database: Database) -> None:
    seen: list[dict[str, Any]] = []

    async def note(payload: dict[str, Any]) -> None:
        seen.append(payload)

    worker = jobs.Worker(database, (Module(name="demo", jobs=(Job(name="demo.note", run=note),)),))
    running = asyncio.create_task(worker.run())
    with pytest.raises(RuntimeError, match="changed my mind"):
        async with database.transaction() as session:
            await jobs.enqueue(session, "demo.note", {"number": 0})
            raise RuntimeError("changed my mind")
    async with database.transaction() as session:
        await jobs.enqueue(session, "demo.note", {"number": 1}, dedupe_key="one")
        await jobs.enqueue(session, "demo.note", {"number": 2}, dedupe_key="one")

    await until(lambda: bool(seen))
    worker.stop()
    await asyncio.wait_for(running, 15)

    assert seen == [{"number": 1}]


async def test_a_failing_job_is_tried_again(database: Database) -> None:
    tries: list[int] = []

    async def fail_once(payload: dict[str, Any]) -> None:
        tries.append(payload["number"])
        if len(tries) == 1:
            raise ValueError("not yet")

    worker = jobs.Worker(database, (Module(name="demo", jobs=(Job(name="demo.try", run=fail_once),)),))
    running = asyncio.create_task(worker.run())
    async with database.transaction() as session:
        await jobs.enqueue(session, "demo.try", {"number": 7})

    await until(lambda: len(tries) == 2)
    worker.stop()
    await asyncio.wait_for(running, 15)

    assert tries == [7, 7]


async def test_schedules_are_taken_up(database: Database) -> None:
    async def nothing() -> None: ...

    module = Module(name="demo", schedules=(Schedule(name="demo.tick", cron="* * * * *", run=nothing),))
    worker = jobs.Worker(database, (module,))
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(1)

    worker.stop()
    await asyncio.wait_for(running, 15)

    async with database.transaction() as session:
        found = await session.exec_driver_sql("select entrypoint from queue.pgqueuer_schedules")
        assert list(found.scalars()) == ["demo.tick"]
