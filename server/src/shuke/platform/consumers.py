"""Reads the event log for the modules' consumers, each behind its own cursor.

A batch, its effects and the cursor are one transaction: an event takes effect in the database exactly once. Only
events below the oldest transaction still running are read, so that a row that commits late is never skipped; the
server counts the transactions of all its databases there, so a long one in a neighbour's holds events back too. One
process works for a consumer at a time; the lock ends with the transaction, so a dead process blocks nobody.
"""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import clock, metrics, outcomes, trace
from shuke.platform.db import Database, Session
from shuke.platform.events import StoredEvent
from shuke.platform.module import Consumer, installed

_IDLE_S = 0.5
_LONGEST_PAUSE_S = 60.0
_LAG_EVERY_S = 10.0
_LONGEST_WAIT_S = 30.0

logger = structlog.get_logger("shuke.consumers")

_LOCK = text("select pg_try_advisory_xact_lock(:number)")
_CURSOR = text("select transaction_id, event_id from event_cursor where consumer = :consumer")
_WINDOW = text(
    """
    select id, transaction_id, name, member_id, occurred_at, case when name = any(:names) then body end as body
    from event
    where (transaction_id, id) > (:transaction_id, :event_id)
      and transaction_id < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
    order by transaction_id, id
    limit :batch
    """
)
_MOVE = text(
    """
    insert into event_cursor (consumer, transaction_id, event_id, moved_at)
    values (:consumer, :transaction_id, :event_id, :moved_at)
    on conflict (consumer) do update
    set transaction_id = excluded.transaction_id, event_id = excluded.event_id, moved_at = excluded.moved_at
    """
)
_LAG = text(
    "select count(*) from (select 1 from event where (transaction_id, id) > (:transaction_id, :event_id) limit 10001) e"
)


@dataclass(frozen=True)
class Step:
    """What one look at the log did: `read` events passed by, unless another process is at work for the consumer."""

    read: int
    is_taken: bool = False


async def step(database: Database, consumer: Consumer, batch: int | None = None) -> Step:
    """One batch: read, handle and move the cursor in one transaction. Raises what the handler raises."""
    async with database.transaction() as session:
        if not (await session.execute(_LOCK, {"number": _lock_number(consumer)})).scalar_one():
            return Step(0, is_taken=True)
        window = await _window(session, consumer, batch or consumer.batch)
        if not window:
            return Step(0)
        wanted = [event for event in window if event.name in consumer.events]
        if wanted:
            await consumer.handle(session, wanted)
        last = window[-1]
        place = {"consumer": consumer.name, "transaction_id": last.transaction_id, "event_id": last.id}
        await session.execute(_MOVE, place | {"moved_at": clock.wall()})
    metrics.EVENTS_READ.labels(consumer.name).inc(len(wanted))
    return Step(len(window))


async def lag(session: Session, consumer: Consumer) -> int:
    """How many events a consumer has still to read; 10,001 means more than ten thousand."""
    return int((await session.execute(_LAG, await _cursor(session, consumer))).scalar_one())


async def run_until_idle(database: Database, consumers: Sequence[Consumer] | None = None) -> int:
    """Let every consumer read to the end, again and again while handlers publish more. For tests and commands.

    Events that an older transaction anywhere on the server still hides are waited for, half a minute at most.
    Raises what a handler raises. Returns how many events were read, over all consumers.
    """
    chosen = consumers if consumers is not None else [item for module in installed() for item in module.consumers]
    total = 0
    patience_s = _LONGEST_WAIT_S
    while True:
        read = 0
        for consumer in chosen:
            done = await step(database, consumer)
            read += done.read + done.is_taken
            if done.is_taken:
                await asyncio.sleep(_IDLE_S / 10)
        if read:
            total += read
            continue
        if patience_s <= 0 or not await _is_any_left(database, chosen):
            return total
        await asyncio.sleep(_IDLE_S / 10)
        patience_s -= _IDLE_S / 10


class Runner:
    """Runs consumers until stopped, each on its own pace."""

    def __init__(self, database: Database, consumers: Sequence[Consumer]) -> None:
        self._database = database
        self._consumers = consumers
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`."""
        async with asyncio.TaskGroup() as group:
            for consumer in self._consumers:
                group.create_task(self._follow(consumer))

    def stop(self) -> None:
        """Finish the batches at hand and return from `run`."""
        self._stopped.set()

    async def _follow(self, consumer: Consumer) -> None:
        failures, is_well = 0, False
        lag_due = 0.0
        while not self._stopped.is_set():
            if time.monotonic() >= lag_due:
                lag_due = time.monotonic() + _LAG_EVERY_S
                await self._note_lag(consumer)
            trace.begin()
            try:
                # After a failure the batch shrinks to one event, so that all before the bad one get through.
                done = await step(self._database, consumer, batch=1 if failures else None)
            except Exception as error:
                failures, is_well = failures + 1, False
                await outcomes.note(self._database, "consumer", consumer.name, seconds=0, error=error)
                metrics.CONSUMER_FAILURES.labels(consumer.name).inc()
                logger.exception("consumer failed", consumer=consumer.name, failures=failures)
                await self._pause(min(2.0**failures / 2, _LONGEST_PAUSE_S))
                continue
            if not is_well and not done.is_taken:
                await outcomes.note(self._database, "consumer", consumer.name, seconds=0, error=None)
                failures, is_well = 0, True
            if done.read:
                continue
            await self._pause(_IDLE_S)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return

    async def _note_lag(self, consumer: Consumer) -> None:
        try:
            async with self._database.transaction() as session:
                metrics.EVENT_LAG.labels(consumer.name).set(await lag(session, consumer))
        except (SQLAlchemyError, OSError):
            logger.warning("event lag could not be read", consumer=consumer.name)


async def _is_any_left(database: Database, consumers: Sequence[Consumer]) -> bool:
    async with database.transaction() as session:
        for consumer in consumers:
            if await lag(session, consumer):
                return True
    return False


async def _window(session: Session, consumer: Consumer, batch: int) -> list[StoredEvent]:
    place = await _cursor(session, consumer)
    rows = await session.execute(_WINDOW, place | {"names": list(consumer.events), "batch": batch})
    return [
        StoredEvent(
            id=row.id,
            transaction_id=row.transaction_id,
            name=row.name,
            member_id=row.member_id,
            occurred_at=row.occurred_at,
            body=row.body or {},
        )
        for row in rows
    ]


async def _cursor(session: Session, consumer: Consumer) -> dict[str, int]:
    row = (await session.execute(_CURSOR, {"consumer": consumer.name})).first()
    return {"transaction_id": row.transaction_id if row else 0, "event_id": row.event_id if row else 0}


def _lock_number(consumer: Consumer) -> int:
    digest = hashlib.sha256(f"consumer:{consumer.name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
