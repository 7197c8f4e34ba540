"""Consumers of the event log: how far each is behind, and what went wrong last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shuke.platform import consumers, outcomes
from shuke.platform.db import Session
from shuke.platform.events import event_cursor
from shuke.platform.module import installed
from shuke.platform.outcomes import WorkOutcome


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A consumer: events it wants, events it has still to pass (10,001: more than ten thousand), its last failure."""

    name: str
    events: tuple[str, ...]
    lag: int
    moved_at: datetime | None
    last: WorkOutcome | None


async def list_readers(session: Session) -> list[Reader]:
    """Every consumer of the program, by name."""
    cursors = await session.execute(select(event_cursor.c.consumer, event_cursor.c.moved_at))
    moved = {row.consumer: row.moved_at for row in cursors}
    last = {one.name: one for one in await outcomes.list_outcomes(session, "consumer")}
    found = [consumer for module in installed() for consumer in module.consumers]
    return [
        Reader(
            name=consumer.name,
            events=consumer.events,
            # One look at an index each, and there are as many as modules, not as data.
            lag=await consumers.lag(session, consumer),
            moved_at=moved.get(consumer.name),
            last=last.get(consumer.name),
        )
        for consumer in sorted(found, key=lambda one: one.name)
    ]
