"""Questions about merges."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from ..queries.reading import own_names
from ..queries.sight import only_visible
from ..tables import member, member_merge
from .errors import MergeNotFound
from .model import Merge

_SORT = "-merge"


def _visible(sight: Sight) -> ColumnElement[bool]:
    """Who sees the survivor sees whom they absorbed: it is the same person, until the merge is undone."""
    column = member_merge.c
    is_one = column.undone_at.is_(None) | only_visible(column.absorbed_id, sight)
    return only_visible(column.survivor_id, sight) & is_one


async def list_merges(
    session: Session, sight: Sight, *, member_ids: Sequence[int] | None, limit: int, cursor: str | None
) -> Page[Merge]:
    """Merges of members whom the caller sees, newest first; of some members only, where named. Raises BadCursor."""
    column = member_merge.c
    wanted = select(member_merge).where(_visible(sight))
    if member_ids is not None:
        wanted = wanted.where(or_(column.survivor_id.in_(member_ids), column.absorbed_id.in_(member_ids)))
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(before, int):
            raise BadCursor
        wanted = wanted.where(column.merge_id < before)
    rows = (await session.execute(wanted.order_by(column.merge_id.desc()).limit(limit + 1))).all()
    more = encode_cursor(_SORT, [rows[limit - 1].merge_id]) if len(rows) > limit else None
    return Page(await _shown(session, rows[:limit], sight), more)


async def get_merge(session: Session, merge_id: int, sight: Sight) -> Merge:
    """A merge of members whom the caller sees. Raises MergeNotFound."""
    column = member_merge.c
    wanted = select(member_merge).where(column.merge_id == merge_id, _visible(sight))
    found = await _shown(session, (await session.execute(wanted)).all(), sight)
    if not found:
        raise MergeNotFound
    return found[0]


async def _shown(session: Session, rows: Sequence[Row[Any]], sight: Sight) -> list[Merge]:
    ids = sorted({one for row in rows for one in (row.absorbed_id, row.survivor_id)})
    known = await own_names(session, ids, sight)
    present = await session.execute(select(member.c.member_id, member.c.merged_into).where(member.c.member_id.in_(ids)))
    merged_into = {row.member_id: row.merged_into for row in present}
    return [
        Merge(
            id=row.merge_id,
            absorbed=known[row.absorbed_id],
            survivor=known[row.survivor_id],
            merged_at=row.merged_at,
            by=row.actor,
            reason=row.reason,
            policy=row.policy,
            undone_at=row.undone_at,
            undone_by=row.undone_by,
            undone_because=row.undone_because,
            can_be_undone=row.undone_at is None and merged_into[row.absorbed_id] == row.survivor_id,
        )
        for row in rows
    ]
