"""Background work: jobs, schedules, consumers of events, loops, the shop's clock and signs of life."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shuke.main.modules import MODULES
from shuke.platform import heartbeat, jobs, loops, shop_clock
from shuke.platform.consumers import Runner
from shuke.platform.db import Database

STOP_WITHIN_S = 25


@asynccontextmanager
async def background_work(database: Database) -> AsyncIterator[asyncio.Task[None]]:
    """Run all background work while the block runs; at its end, what has begun may finish for 25 seconds.

    The task that it gives ends only when the work breaks down for good.
    """
    worker = jobs.Worker(database, MODULES)
    runner = Runner(database, [consumer for module in MODULES for consumer in module.consumers])
    found = [item for module in MODULES for item in module.contributions if isinstance(item, loops.Loop)]
    rounds = loops.Rounds(database, found)
    work = asyncio.create_task(_all(worker, runner, rounds))
    async with company(database, "worker"):
        try:
            yield work
        finally:
            worker.stop()
            runner.stop()
            rounds.stop()
            done, _ = await asyncio.wait([work], timeout=STOP_WITHIN_S)
            if not done:
                work.cancel()
                await asyncio.wait([work], timeout=5)
            jobs.use(None)


@asynccontextmanager
async def company(database: Database, kind: str) -> AsyncIterator[None]:
    """What every process does beside its work: follow the shop's clock and give signs of life."""
    tasks = [
        asyncio.create_task(shop_clock.follow(database)),
        asyncio.create_task(heartbeat.beat_until_cancelled(database, kind)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _all(worker: jobs.Worker, runner: Runner, rounds: loops.Rounds) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        group.create_task(runner.run())
        group.create_task(rounds.run())
