"""Consumers: exactly once, in order, nothing skipped, one bad event does not hold up those before it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import text

from shuke.platform import clock, consumers, events
from shuke.platform.db import Database, Session
from shuke.platform.events import Event, StoredEvent
from shuke.platform.module import Consumer

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, kw_only=True)
class Pinged(Event):
    name: ClassVar[str] = "demo.pinged"
    number: int


@dataclass(frozen=True, kw_only=True)
class Ignored(Event):
    name: ClassVar[str] = "demo.ignored"


def pinged(number: int) -> Pinged:
    return Pinged(member_id=number, occurred_at=clock.now(), number=number)


async def publish(database: Database, *numbers: int) -> None:
    async with database.transaction() as session:
        await events.publish(session, [pinged(number) for number in numbers])


class Recorder:
    def __init__(self, *, bad: int | None = None) -> None:
        self.seen: list[int] = []
        self.bad = bad

    async def handle(self, session: Session, found: Sequence[StoredEvent]) -> None:
        for event in found:
            key = f"seen-{event.body['number']}"
            await session.execute(text("insert into platform_setting values (:key, '1')"), {"key": key})
            if event.body["number"] == self.bad:
                raise ValueError("cannot take this one")
        self.seen += [event.body["number"] for event in found]

    def consumer(self, batch: int = 1_000) -> Consumer:
        return Consumer(name="recorder", events=("demo.pinged",), handle=self.handle, batch=batch)


async def test_events_arrive_once_and_in_order(database: Database) -> None:
    recorder = Recorder()
    await publish(database, 1, 2)
    async with database.transaction() as session:
        await events.publish(session, [Ignored(member_id=0, occurred_at=clock.now())])
    await publish(database, 3)

    read = await consumers.run_until_idle(database, [recorder.consumer(batch=2)])
    again = await consumers.run_until_idle(database, [recorder.consumer(batch=2)])

    assert (read, again) == (4, 0)
    assert recorder.seen == [1, 2, 3]


async def test_an_event_that_commits_late_is_not_skipped(database: Database) -> None:
    recorder = Recorder()
    async with database.transaction() as late:
        await events.publish(late, [pinged(1)])
        await publish(database, 2)

        assert await consumers.step(database, recorder.consumer()) == consumers.Step(0)

    assert await consumers.run_until_idle(database, [recorder.consumer()]) == 2
    assert recorder.seen == [1, 2]


async def test_a_failing_batch_leaves_cursor_and_effects_as_they_were(database: Database) -> None:
    recorder = Recorder(bad=2)
    await publish(database, 1, 2)

    with pytest.raises(ValueError, match="cannot take"):
        await consumers.run_until_idle(database, [recorder.consumer()])

    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from platform_setting"))).scalar_one() == 0
        assert await consumers.lag(session, recorder.consumer()) == 2


async def test_the_runner_takes_what_comes_before_a_bad_event_and_goes_on_when_it_is_mended(
    database: Database,
) -> None:
    recorder = Recorder(bad=3)
    await publish(database, 1, 2, 3, 4)
    runner = consumers.Runner(database, [recorder.consumer()])
    running = asyncio.create_task(runner.run())

    await _until(lambda: recorder.seen == [1, 2])
    recorder.bad = None
    await _until(lambda: recorder.seen == [1, 2, 3, 4])
    runner.stop()
    await asyncio.wait_for(running, 5)

    assert recorder.seen == [1, 2, 3, 4]


async def test_two_processes_share_the_work_without_doing_it_twice(database: Database) -> None:
    recorder = Recorder()
    await publish(database, *range(50))

    await asyncio.gather(*(consumers.run_until_idle(database, [recorder.consumer(batch=3)]) for _ in range(4)))

    assert recorder.seen == list(range(50))


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not come about in ten seconds")
