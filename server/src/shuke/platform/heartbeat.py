"""Signs of life: each process writes when it last was alive, for `shuke doctor`."""

import asyncio
import os
import socket
from datetime import datetime

import structlog
from sqlalchemy import Column, DateTime, Executable, Table, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import clock
from shuke.platform.db import Database, Session, metadata

_EVERY_S = 10.0

logger = structlog.get_logger("shuke.heartbeat")

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("process", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("beat_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
)


async def beat_until_cancelled(database: Database, kind: str) -> None:
    """Write a sign of life every ten seconds, and take it away at the end; `kind` is `web` or `worker`."""
    process = f"{socket.gethostname()}:{os.getpid()}:{kind}"
    started_at = clock.wall()
    try:
        while True:
            at = clock.wall()
            new = insert(heartbeat).values(process=process, kind=kind, beat_at=at, started_at=started_at)
            written = new.on_conflict_do_update(index_elements=["process"], set_={"beat_at": at})
            old = heartbeat.c.beat_at < func.now() - func.make_interval(0, 0, 0, 1)
            await _write(database, written, delete(heartbeat).where(old))
            await asyncio.sleep(_EVERY_S)
    finally:
        await _write(database, delete(heartbeat).where(heartbeat.c.process == process))


async def _write(database: Database, *statements: Executable) -> None:
    try:
        async with database.transaction() as session:
            for statement in statements:
                await session.execute(statement)
    except (SQLAlchemyError, OSError):
        logger.warning("no sign of life could be written")


async def last_beat(session: Session, kind: str) -> datetime | None:
    """When a process of a kind last was alive; None: none is known."""
    query = select(func.max(heartbeat.c.beat_at)).where(heartbeat.c.kind == kind)
    beat_at: datetime | None = (await session.execute(query)).scalar_one()
    return beat_at
