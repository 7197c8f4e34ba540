"""Lines of the trail, newest first, by whatever one may look for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from shuke.platform.audit import Result, audit, audit_key
from shuke.platform.db import Session, raw
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from ..errors import AuditLineNotFound
from ..tables import audit_seal
from . import words

_SORT = "-id"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is looked for; what is None does not matter."""

    actor: str | None = None
    action: str | None = None
    kind: str | None = None
    object_id: str | None = None
    member_id: int | None = None
    result: Result | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A line's place in the chain."""

    seq: int
    hash: bytes


async def list_lines(session: Session, filters: Filters, *, limit: int, cursor: str | None = None) -> Page[Row[Any]]:
    """One page, newest first. Raises BadCursor."""
    below = decode_cursor(cursor, _SORT, 1)[0] if cursor else None
    rows = (await session.execute(_query(filters, below).limit(limit + 1))).all()
    more = encode_cursor(_SORT, [rows[limit - 1].id]) if len(rows) > limit else None
    return Page(rows[:limit], more)


async def chunk_below(session: Session, filters: Filters, below: int | None, most: int) -> Sequence[Row[Any]]:
    """The next lines of a long answer, newest first."""
    found: Sequence[Row[Any]] = (await session.execute(_query(filters, below).limit(most))).all()
    return found


async def get_line(session: Session, line_id: int) -> Row[Any]:
    """One line. Raises AuditLineNotFound."""
    row = (await session.execute(select(audit).where(audit.c.id == line_id))).one_or_none()
    if row is None:
        raise AuditLineNotFound
    return row


async def find_proof(session: Session, line_id: int) -> Proof | None:
    """Where a line stands in the chain; None while it is not sealed."""
    query = select(audit_seal.c.seq, audit_seal.c.hash).where(audit_seal.c.audit_id == line_id)
    row = (await session.execute(query)).one_or_none()
    return Proof(seq=row.seq, hash=row.hash) if row else None


async def find_key(session: Session, line_id: int) -> bytes | None:
    """The wrapped key of a line's sealed difference; None when there is none, or it has been destroyed."""
    return (
        await session.execute(select(audit_key.c.wrapped).where(audit_key.c.audit_id == line_id))
    ).scalar_one_or_none()


async def list_actors(session: Session) -> list[str]:
    """Everybody who stands in the trail: one look into the index each, however long the trail."""
    driver = await raw(session)
    return [row["actor"] for row in await driver.fetch(_ACTORS)]


def _query(filters: Filters, below: int | None) -> Select[Any]:
    column = audit.c
    query = select(audit).order_by(column.id.desc())
    for name, value in (
        (column.actor, filters.actor),
        (column.action, filters.action),
        (column.object_kind, filters.kind),
        (column.object_id, filters.object_id),
        (column.member_id, filters.member_id),
        (column.result, filters.result),
    ):
        if value is not None:
            query = query.where(name == value)
    if filters.since is not None:
        query = query.where(column.wall_at >= filters.since)
    if filters.until is not None:
        query = query.where(column.wall_at < filters.until)
    if filters.text:
        query = query.where(
            or_(
                column.action.in_(words.actions_about(filters.text)),
                column.action.icontains(filters.text, autoescape=True),
            )
        )
    return query if below is None else query.where(column.id < below)


_ACTORS = """
    with recursive found as (
        (select actor from audit order by actor limit 1)
        union all
        select (select a.actor from audit a where a.actor > found.actor order by a.actor limit 1)
        from found where found.actor is not null
    )
    select actor from found where actor is not null limit 500
"""
