"""Keeps the shop's clock the same in every process: the offset lives in the database and is read again and again."""

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Column, Table, Text, delete, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import clock
from shuke.platform.db import Database, Session, metadata

_KEY = "clock_offset_seconds"
_EVERY_S = 3.0

logger = structlog.get_logger("shuke.clock")

platform_setting = Table(
    "platform_setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)


async def load(session: Session) -> timedelta:
    """Set this process's clock as the database says. Returns the offset."""
    query = select(platform_setting.c.value).where(platform_setting.c.key == _KEY)
    seconds = (await session.execute(query)).scalar_one_or_none()
    offset = timedelta(seconds=seconds or 0)
    clock.set_offset(offset)
    return offset


async def set_to(session: Session, at: datetime) -> None:
    """Set the shop's clock to an instant; it goes on running from there. Other processes follow in seconds."""
    seconds = round((at - clock.wall()).total_seconds())
    new = insert(platform_setting).values(key=_KEY, value=seconds)
    await session.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": seconds}))
    clock.set_offset(timedelta(seconds=seconds))


async def set_back_to_wall(session: Session) -> None:
    """Let the shop's clock be the machine's again."""
    await session.execute(delete(platform_setting).where(platform_setting.c.key == _KEY))
    clock.set_offset(timedelta(0))


async def follow(database: Database) -> None:
    """Keep this process's clock as the database says, until cancelled."""
    while True:
        await asyncio.sleep(_EVERY_S)
        try:
            async with database.transaction() as session:
                await load(session)
        except (SQLAlchemyError, OSError):
            logger.warning("the shop's clock could not be read")
