"""The event log as people read it: newest first, by name, member and day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.events import event_log
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

# How many events one page looks at for a name that is rare; the next page goes on from there.
_LOOKED_AT = 200_000
_SORT = "-event"


@dataclass(frozen=True, kw_only=True)
class LoggedEvent:
    """An event as it stands in the log."""

    id: int
    name: str
    member_id: int
    occurred_at: datetime
    recorded_at: datetime
    body: dict[str, Any]


async def list_events(
    session: Session,
    *,
    name: str | None,
    member_id: int | None,
    day: date | None,
    zone: ZoneInfo,
    cursor: str | None,
    limit: int,
) -> Page[LoggedEvent]:
    """Events, newest first. A page may hold fewer than wanted and still have a next one. Raises BadCursor."""
    column = event_log.c
    below = await _below(session, cursor)
    query = select(event_log).where(column.id < below).order_by(column.id.desc()).limit(limit + 1)
    if member_id is not None:
        query = query.where(column.member_id == member_id)
    if day is not None:
        begins, ends = clock.start_of_day(day, zone), clock.start_of_day(day + timedelta(days=1), zone)
        query = query.where(column.recorded_at >= begins, column.recorded_at < ends)
    floor = 0
    if name is not None:
        query = query.where(column.name == name)
        if member_id is None and day is None:
            floor = max(0, below - _LOOKED_AT)
            query = query.where(column.id >= floor)
    rows = (await session.execute(query)).all()
    found = [
        LoggedEvent(
            id=row.id,
            name=row.name,
            member_id=row.member_id,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            body=row.body,
        )
        for row in rows[:limit]
    ]
    if len(rows) > limit:
        return Page(found, encode_cursor(_SORT, [found[-1].id]))
    return Page(found, encode_cursor(_SORT, [floor]) if floor > 1 else None)


async def _below(session: Session, cursor: str | None) -> int:
    if cursor is None:
        newest = (await session.execute(select(func.max(event_log.c.id)))).scalar_one()
        return (newest or 0) + 1
    (below,) = decode_cursor(cursor, _SORT, 1)
    if not isinstance(below, int) or not 0 <= below < 2**63:
        raise BadCursor
    return below
