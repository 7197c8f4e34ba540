"""How background work last ended: one row for each job, schedule and consumer, for people who look after it."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import asyncpg
import structlog
from sqlalchemy import CheckConstraint, Column, DateTime, Double, Integer, Table, Text, case, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import clock, trace
from shuke.platform.db import Database, Session, metadata

WorkKind = Literal["job", "schedule", "consumer"]
Outcome = Literal["done", "failed"]

logger = structlog.get_logger("shuke.outcomes")

work_outcome = Table(
    "work_outcome",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("seconds", Double, nullable=False),
    Column("outcome", Text, nullable=False),
    # How often in a row it has failed by now.
    Column("failures", Integer, nullable=False),
    # The type of what was raised; messages may hold personal data.
    Column("error", Text, nullable=True),
    Column("trace_id", Text, nullable=True),
    Column("done_at", DateTime(timezone=True), nullable=True),
    Column("failed_at", DateTime(timezone=True), nullable=True),
    CheckConstraint("kind in ('job', 'schedule', 'consumer')", name="kind"),
    CheckConstraint("outcome in ('done', 'failed')", name="outcome"),
)


@dataclass(frozen=True, kw_only=True)
class WorkOutcome:
    """How a piece of background work last ended, and the last failure before that."""

    kind: WorkKind
    name: str
    started_at: datetime
    seconds: float
    outcome: Outcome
    failures: int
    error: str | None
    trace_id: str | None
    done_at: datetime | None
    failed_at: datetime | None


async def note(database: Database, kind: WorkKind, name: str, *, seconds: float, error: BaseException | None) -> None:
    """Keep how a piece of work ended, in a transaction of its own. It never spoils the work."""
    try:
        async with database.transaction() as session:
            await _write(session, kind, name, seconds, error)
    except (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        logger.warning("an outcome could not be written down", kind=kind, name=name)


@asynccontextmanager
async def noted(database: Database, kind: WorkKind, name: str) -> AsyncIterator[None]:
    """Keep how the block ended; what it raises goes on."""
    started = time.perf_counter()
    try:
        yield
    except Exception as error:
        await note(database, kind, name, seconds=time.perf_counter() - started, error=error)
        raise
    await note(database, kind, name, seconds=time.perf_counter() - started, error=None)


async def list_outcomes(session: Session, kind: WorkKind | None = None) -> list[WorkOutcome]:
    """How everything last ended, by kind and name."""
    query = select(work_outcome).order_by(work_outcome.c.kind, work_outcome.c.name)
    if kind is not None:
        query = query.where(work_outcome.c.kind == kind)
    return [WorkOutcome(**row) for row in (await session.execute(query)).mappings()]


async def _write(session: Session, kind: WorkKind, name: str, seconds: float, error: BaseException | None) -> None:
    at = clock.wall()
    values: dict[str, Any] = {
        "started_at": at - timedelta(seconds=seconds),
        "seconds": round(seconds, 3),
        "outcome": "done" if error is None else "failed",
    }
    if error is None:
        values |= {"failures": 0, "done_at": at}
    else:
        values |= {"error": type(error).__name__, "trace_id": trace.current(), "failed_at": at}
    new = insert(work_outcome).values(kind=kind, name=name, **{"failures": 1, **values})
    changed = dict(values)
    if error is not None:
        changed["failures"] = case(
            (work_outcome.c.outcome == "failed", work_outcome.c.failures + 1),
            else_=1,
        )
    await session.execute(new.on_conflict_do_update(index_elements=["kind", "name"], set_=changed))
