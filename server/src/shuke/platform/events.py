"""The event log: what happened, told upwards.

`publish` writes rows in the caller's transaction. Consumers read in the order of transactions, and only below
the oldest transaction still running, so that a row that commits late is never skipped; each moves its cursor in
the transaction of its effects, so an event takes effect in the database exactly once.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform import clock
from shuke.platform.db import Session, copy_rows, dump_json, metadata

event_log = Table(
    "event",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("transaction_id", BigInteger, nullable=False, server_default=text("((pg_current_xact_id())::text)::bigint")),
    Column("name", Text, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("body", JSONB, nullable=False),
    Index("event_transaction_id_id_idx", "transaction_id", "id"),
    Index("event_member_id_id_idx", "member_id", "id"),
    Index("event_recorded_at_idx", "recorded_at", postgresql_using="brin"),
)

event_cursor = Table(
    "event_cursor",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("transaction_id", BigInteger, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("moved_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense: small, no personal data, public (a webhook's payload is the event).

    Subclasses set `name` as `<noun>.<what happened>`. `member_id` 0 means that it concerns no member.
    """

    name: ClassVar[str]
    member_id: int
    occurred_at: datetime


@dataclass(frozen=True)
class StoredEvent:
    """An event as consumers read it; `body` holds the fields that the subclass adds."""

    id: int
    transaction_id: int
    name: str
    member_id: int
    occurred_at: datetime
    body: dict[str, Any]


_COLUMNS = ("name", "member_id", "occurred_at", "recorded_at", "body")


async def publish(session: Session, events: Sequence[Event]) -> None:
    """Append events to the log in the caller's transaction; inside `together`, at its end."""
    if not events:
        return
    gathered = _gathered.get()
    if gathered is not None:
        gathered += events
        return
    recorded_at = clock.now()
    await copy_rows(session, event_log, _COLUMNS, [_row(event, recorded_at) for event in events])


@asynccontextmanager
async def together(session: Session) -> AsyncIterator[None]:
    """Append what is published in the block all at once when it ends, in the order published; nothing if it raises.

    Nothing in the block may take a savepoint back, for what was published since would stay.
    """
    gathered: list[Event] = []
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    await publish(session, gathered)


# What is published in the innermost `together`; none where each call writes for itself.
_gathered: ContextVar[list[Event] | None] = ContextVar("gathered_events", default=None)


def _row(event: Event, recorded_at: datetime) -> tuple[str, int, datetime, datetime, str]:
    # Events are flat: their own fields are the body, without the deep copy that dataclasses.asdict makes.
    body = {name: value for name, value in vars(event).items() if name not in {"member_id", "occurred_at"}}
    return event.name, event.member_id, event.occurred_at, recorded_at, dump_json(body)


def all_events() -> list[type[Event]]:
    """Every event class that the loaded modules declare, by name. Feeds the event reference."""
    found: dict[str, type[Event]] = {}
    waiting = [Event]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            # A class without a name only holds what its subclasses share.
            if kind.name:
                found[kind.name] = kind
    return [found[name] for name in sorted(found)]
