"""Questions about notes and follow-ups; nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Row,
    Select,
    any_,
    bindparam,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.foundation import organization, staff
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from . import rules
from .errors import FollowUpNotFound, NoteNotFound
from .rules import Due, State
from .tables import member_follow_up, member_note

_NOTES, _FOLLOW_UPS = "notes", "follow_ups"
_note, _follow = member_note.c, member_follow_up.c


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A note in clear."""

    id: int
    text: str
    is_pinned: bool
    author: str
    author_name: str | None
    written_at: datetime
    edited_by_name: str | None
    edited_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class FollowUpView:
    """Something that is to be done for a member, in clear. `due` only while it is open."""

    id: int
    member_id: int
    member_number: str
    member_name: str | None
    text: str
    due_at: datetime
    due: Due | None
    state: State
    assignee_id: int
    assignee_name: str | None
    author: str
    author_name: str | None
    written_at: datetime
    ended_by_name: str | None
    ended_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many follow-ups are open, by where they stand."""

    overdue: int
    today: int
    later: int


def note_place(note_id: int) -> str:
    """The place of a note: moved to another row, it does not open."""
    return f"member_note:{note_id}"


def follow_up_place(follow_up_id: int) -> str:
    """The place of a follow-up's text."""
    return f"member_follow_up:{follow_up_id}"


def of_members(column: ColumnElement[Any], member_ids: Sequence[int]) -> ColumnElement[bool]:
    """`= any(…)` over members."""
    return column == any_(bindparam(None, list(member_ids), type_=ARRAY(BigInteger)))


async def list_notes(session: Session, member_id: int, *, limit: int, cursor: str | None) -> Page[NoteView]:
    """Notes about a member, and about whoever was merged into them: pinned ones first, then the newest."""
    wanted = select(member_note).where(of_members(_note.member_id, await members.aliases(session, member_id)))
    place = tuple_(_note.is_pinned, _note.note_id)
    if cursor is not None:
        is_pinned, note_id = decode_cursor(cursor, _NOTES, 2)
        if type(is_pinned) is not bool or type(note_id) is not int or not 0 <= note_id < 2**63:
            raise BadCursor
        wanted = wanted.where(place < tuple_(literal(is_pinned, Boolean()), literal(note_id, BigInteger())))
    rows = (await session.execute(wanted.order_by(_note.is_pinned.desc(), _note.note_id.desc()).limit(limit + 1))).all()
    shown = rows[:limit]
    following = encode_cursor(_NOTES, [shown[-1].is_pinned, shown[-1].note_id]) if len(rows) > limit else None
    return Page(items=await note_views(session, shown), next=following)


async def lock_note(session: Session, member_id: int, note_id: int) -> Row[Any]:
    """A note's row, kept from others. Raises NoteNotFound."""
    mine = of_members(_note.member_id, await members.aliases(session, member_id))
    row = (
        await session.execute(select(member_note).where(mine, _note.note_id == note_id).with_for_update())
    ).one_or_none()
    if row is None:
        raise NoteNotFound
    return row


async def get_note(session: Session, member_id: int, note_id: int) -> NoteView:
    """One note. Raises NoteNotFound."""
    mine = of_members(_note.member_id, await members.aliases(session, member_id))
    rows = (await session.execute(select(member_note).where(mine, _note.note_id == note_id))).all()
    if not rows:
        raise NoteNotFound
    return (await note_views(session, rows))[0]


async def note_views(session: Session, rows: Sequence[Row[Any]]) -> list[NoteView]:
    """Rows of notes as they are shown; those whose key is gone are left out."""
    opened = await members.open_for(session, {note_place(row.note_id): (row.member_id, row.sealed) for row in rows})
    names = await staff.actor_names(session, [*{one for row in rows for one in (row.author, row.edited_by) if one}])
    return [
        NoteView(
            id=row.note_id,
            text=opened[note_place(row.note_id)].decode(),
            is_pinned=row.is_pinned,
            author=row.author,
            author_name=names.get(row.author),
            written_at=row.written_at,
            edited_by_name=names.get(row.edited_by),
            edited_at=row.edited_at,
            version=row.version,
        )
        for row in rows
        if note_place(row.note_id) in opened
    ]


async def list_follow_ups(
    session: Session,
    sight: Sight,
    *,
    member_id: int | None = None,
    assignee_id: int | None = None,
    state: State = "open",
    due: Due | None = None,
    limit: int,
    cursor: str | None,
) -> Page[FollowUpView]:
    """Follow-ups of members whom the caller sees: open ones by when they are due, others the latest first."""
    wanted = await _wanted(session, sight, member_id=member_id, assignee_id=assignee_id)
    wanted = wanted.where(_follow.state == state)
    if due is not None:
        wanted = wanted.where(await _stands(session, due))
    place = tuple_(_follow.due_at, _follow.follow_up_id)
    sort = f"{_FOLLOW_UPS}.{state}"
    if cursor is not None:
        last = tuple_(*_read_place(cursor, sort))
        wanted = wanted.where(place > last if state == "open" else place < last)
    order = (_follow.due_at, _follow.follow_up_id)
    wanted = wanted.order_by(*(order if state == "open" else (column.desc() for column in order)))
    rows = (await session.execute(wanted.limit(limit + 1))).all()
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        following = encode_cursor(sort, [shown[-1].due_at.isoformat(), shown[-1].follow_up_id])
    return Page(items=await follow_up_views(session, shown, sight), next=following)


async def count_follow_ups(
    session: Session, sight: Sight, *, member_id: int | None = None, assignee_id: int | None = None
) -> Counts:
    """How many of them are open, by where they stand."""
    wanted = await _wanted(session, sight, member_id=member_id, assignee_id=assignee_id)
    open_ones = wanted.where(_follow.state == "open").subquery().c
    now, tomorrow = await _moments(session)
    row = (
        await session.execute(
            select(
                func.count().filter(open_ones.due_at < now).label("overdue"),
                func.count().filter(open_ones.due_at >= now, open_ones.due_at < tomorrow).label("today"),
                func.count().filter(open_ones.due_at >= now, open_ones.due_at >= tomorrow).label("later"),
            )
        )
    ).one()
    return Counts(overdue=row.overdue, today=row.today, later=row.later)


async def lock_follow_up(session: Session, member_id: int, follow_up_id: int) -> Row[Any]:
    """A follow-up's row, kept from others. Raises FollowUpNotFound."""
    mine = of_members(_follow.member_id, await members.aliases(session, member_id))
    row = (
        await session.execute(
            select(member_follow_up).where(mine, _follow.follow_up_id == follow_up_id).with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise FollowUpNotFound
    return row


async def get_follow_up(session: Session, member_id: int, follow_up_id: int, sight: Sight) -> FollowUpView:
    """One follow-up of a member whom the caller sees. Raises FollowUpNotFound."""
    mine = of_members(_follow.member_id, await members.aliases(session, member_id))
    rows = (await session.execute(select(member_follow_up).where(mine, _follow.follow_up_id == follow_up_id))).all()
    views = await follow_up_views(session, rows, sight)
    if not views:
        raise FollowUpNotFound
    return views[0]


async def follow_up_views(session: Session, rows: Sequence[Row[Any]], sight: Sight) -> list[FollowUpView]:
    """Rows of follow-ups as they are shown; those whose key is gone are left out."""
    places = {follow_up_place(row.follow_up_id): (row.member_id, row.sealed) for row in rows}
    opened = await members.open_for(session, places)
    people = [row.member_id for row in rows]
    known, roots = await members.names(session, people, sight), await members.roots(session, people)
    users = await staff.display_names(session, [*{row.assignee_id for row in rows}])
    actors = await staff.actor_names(session, [*{one for row in rows for one in (row.author, row.ended_by) if one}])
    now, tomorrow = await _moments(session)
    return [
        FollowUpView(
            id=row.follow_up_id,
            member_id=roots[row.member_id],
            member_number=known[row.member_id].number,
            member_name=known[row.member_id].name,
            text=opened[follow_up_place(row.follow_up_id)].decode(),
            due_at=row.due_at,
            due=rules.due_of(row.due_at, now, tomorrow) if row.state == "open" else None,
            state=row.state,
            assignee_id=row.assignee_id,
            assignee_name=users.get(row.assignee_id),
            author=row.author,
            author_name=actors.get(row.author),
            written_at=row.written_at,
            ended_by_name=actors.get(row.ended_by),
            ended_at=row.ended_at,
            version=row.version,
        )
        for row in rows
        if row.member_id in known and follow_up_place(row.follow_up_id) in opened
    ]


async def count_notes(session: Session, member_ids: Sequence[int]) -> int:
    """How many notes there are about these members."""
    counted = select(func.count()).select_from(member_note).where(of_members(_note.member_id, member_ids))
    return (await session.execute(counted)).scalar_one()


async def count_open(session: Session, member_ids: Sequence[int]) -> int:
    """How many follow-ups of these members are open."""
    mine = of_members(_follow.member_id, member_ids)
    counted = select(func.count()).select_from(member_follow_up).where(mine, _follow.state == "open")
    return (await session.execute(counted)).scalar_one()


async def summary_of(session: Session, member_ids: Sequence[int]) -> tuple[int, int, datetime | None]:
    """How many notes and open follow-ups these members have, and when the next one is due: one statement."""
    notes = select(func.count()).select_from(member_note).where(of_members(_note.member_id, member_ids))
    mine = of_members(_follow.member_id, member_ids)
    wanted = select(notes.scalar_subquery(), func.count(), func.min(_follow.due_at)).where(
        mine, _follow.state == "open"
    )
    row = (await session.execute(wanted)).one()
    return row[0], row[1], row[2]


async def list_unreminded(session: Session, limit: int) -> list[Row[Any]]:  # allow: sight — for a job
    """Open follow-ups that have come due and of which nobody was told, kept from others."""
    rows = await session.execute(
        select(member_follow_up)
        .where(_follow.state == "open", _follow.reminded_at.is_(None), _follow.due_at <= clock.now())
        .order_by(_follow.due_at, _follow.follow_up_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(rows.all())


async def _wanted(session: Session, sight: Sight, *, member_id: int | None, assignee_id: int | None) -> Select[Any]:
    wanted = select(member_follow_up).where(members.only_visible(_follow.member_id, sight))
    if member_id is not None:
        # Whoever is seen is seen with everybody who was merged into them.
        wanted = select(member_follow_up).where(
            of_members(_follow.member_id, await members.aliases(session, member_id))
        )
    return wanted.where(_follow.assignee_id == assignee_id) if assignee_id is not None else wanted


async def _moments(session: Session) -> tuple[datetime, datetime]:
    """Now, and when the shop's next day begins."""
    now = clock.now()
    zone = (await organization.get_shop(session)).zone
    return now, clock.start_of_day(clock.business_day(now, zone) + timedelta(days=1), zone)


async def _stands(session: Session, due: Literal["overdue", "today", "later"]) -> ColumnElement[bool]:
    now, tomorrow = await _moments(session)
    if due == "overdue":
        return _follow.due_at < now
    if due == "today":
        return (_follow.due_at >= now) & (_follow.due_at < tomorrow)
    return _follow.due_at >= tomorrow


def _read_place(cursor: str, sort: str) -> tuple[ColumnElement[datetime], ColumnElement[int]]:
    at, last = decode_cursor(cursor, sort, 2)
    try:
        instant = datetime.fromisoformat(at)
    except (TypeError, ValueError):
        raise BadCursor from None
    if instant.tzinfo is None or type(last) is not int or not 0 <= last < 2**63:
        raise BadCursor
    return literal(instant, DateTime(timezone=True)), literal(last, BigInteger())
