"""Questions about notices: always of one person, and only the kinds that this person may read and wants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.module import contributions
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .extensions import NoticeKind
from .tables import staff_notice, staff_notice_choice, staff_notice_recipient

Tone = Literal["good", "plain", "warn", "bad"]
# A bell with more than this says that it has more.
COUNTED = 99
_SORT = "-notice"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice as one person has it."""

    id: int
    kind: NoticeKind
    tone: Tone
    title: LocalName
    detail: LocalName
    link: str | None
    told_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Unread:
    """How many notices a person has not read (`COUNTED` and one more: many), and the newest of them."""

    count: int
    newest: int | None


def list_kinds(actor: Actor) -> list[NoticeKind]:
    """The kinds that somebody may read."""
    return [kind for kind in contributions(NoticeKind) if _may_read(actor, kind)]


async def list_choices(session: Session, actor: Actor) -> dict[str, bool]:
    """Which of the kinds that somebody may read they want to be told of."""
    table = staff_notice_choice.c
    rows = await session.execute(select(table.kind, table.is_on).where(table.user_id == actor.id))
    chosen = {row.kind: row.is_on for row in rows}
    return {kind.code: chosen.get(kind.code, kind.is_on) for kind in list_kinds(actor)}


async def list_notices(
    session: Session, actor: Actor, *, is_unread: bool, cursor: str | None, limit: int
) -> Page[Told]:
    """What somebody was told, newest first. Raises BadCursor."""
    wanted = await _wanted(session, actor)
    mine = staff_notice_recipient.c
    query = (
        select(staff_notice, mine.read_at)
        .join(staff_notice_recipient, mine.notice_id == staff_notice.c.notice_id)
        .where(mine.user_id == actor.id, staff_notice.c.kind.in_(wanted))
        .order_by(mine.notice_id.desc())
        .limit(limit + 1)
    )
    if is_unread:
        query = query.where(mine.read_at.is_(None))
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(before, int):
            raise BadCursor
        query = query.where(mine.notice_id < before)
    rows = (await session.execute(query)).all()
    found = [
        Told(
            id=row.notice_id,
            kind=wanted[row.kind],
            tone=row.tone,
            title=LocalName(row.title_zh, row.title_en),
            detail=LocalName(row.detail_zh, row.detail_en),
            link=row.link,
            told_at=row.told_at,
            read_at=row.read_at,
        )
        for row in rows[:limit]
    ]
    return Page(found, encode_cursor(_SORT, [found[-1].id]) if len(rows) > limit else None)


async def count_unread(session: Session, actor: Actor) -> Unread:
    """How much somebody has not read; counts no further than the bell can show."""
    wanted = await _wanted(session, actor)
    mine = staff_notice_recipient.c
    newest = (
        select(mine.notice_id)
        .join(staff_notice, staff_notice.c.notice_id == mine.notice_id)
        .where(mine.user_id == actor.id, mine.read_at.is_(None), staff_notice.c.kind.in_(wanted))
        .order_by(mine.notice_id.desc())
        .limit(COUNTED + 1)
        .subquery()
    )
    row = (await session.execute(select(func.count().label("count"), func.max(newest.c.notice_id)))).one()
    return Unread(count=row[0], newest=row[1])


async def _wanted(session: Session, actor: Actor) -> dict[str, NoticeKind]:
    choices = await list_choices(session, actor)
    return {kind.code: kind for kind in list_kinds(actor) if choices[kind.code]}


def _may_read(actor: Actor, kind: NoticeKind) -> bool:
    if kind.about == "shop" and not actor.sight.is_whole:
        return False
    return kind.permission is None or kind.permission in actor.permissions
