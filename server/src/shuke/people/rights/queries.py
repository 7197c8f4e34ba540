"""Questions about requests of members, holds, copies and erasures; nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Row, any_, bindparam, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.pages import DEFAULT_LIMIT, BadCursor, Page, decode_cursor, encode_cursor

from . import rules
from .errors import RequestNotFound
from .extensions import Erasure
from .rules import Kind, Policy, State
from .tables import (
    rights_copy,
    rights_copy_part,
    rights_day,
    rights_erasure,
    rights_hold,
    rights_note,
    rights_policy,
    rights_request,
    rights_retention_run,
    rights_step,
)


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """A request, with its clock as of today. `days_left` are working days; below zero: late by so many."""

    id: int
    member_id: int
    member_number: str
    member_name: str | None
    kind: Kind
    channel: str
    state: State
    received_at: datetime
    due_on: date
    hard_due_on: date
    is_extended: bool
    days_left: int
    is_overdue: bool
    verified_how: str
    verified_by: str
    verified_at: datetime
    assigned_to: str | None
    erase_on: date | None
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One line of a request's trail. The note is gone when its member is erased."""

    step_no: int
    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day that is not what its weekday says."""

    day: date
    is_working: bool
    name: str


async def get_policy(session: Session) -> Policy:
    """How long an answer may take."""
    row = (await session.execute(select(rights_policy))).one()
    return Policy(working_days=row.working_days, hard_days=row.hard_days, cooling_days=row.cooling_days)


async def list_days(session: Session) -> list[Day]:
    """The public holidays, and the weekends on which people work."""
    rows = await session.execute(select(rights_day).order_by(rights_day.c.day))
    return [Day(day=row.day, is_working=row.is_working, name=row.name) for row in rows]


async def special_days(session: Session) -> dict[date, bool]:
    """The same, ready for counting."""
    return {one.day: one.is_working for one in await list_days(session)}


async def today(session: Session) -> date:
    """The shop's day."""
    return clock.business_day(clock.now(), (await organization.get_shop(session)).zone)


async def list_requests(
    session: Session,
    sight: Sight,
    *,
    state: State | None = None,
    kind: Kind | None = None,
    is_overdue: bool = False,
    member_id: int | None = None,
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> Page[RequestView]:
    """Requests of members whom the caller sees; those that are due first come first. Raises BadCursor."""
    columns = rights_request.c
    statement = select(rights_request).where(members.only_visible(columns.member_id, sight))
    if state is not None:
        statement = statement.where(columns.state == state)
    if kind is not None:
        statement = statement.where(columns.kind == kind)
    if is_overdue:
        statement = statement.where(columns.ended_at.is_(None), columns.due_on < await today(session))
    if member_id is not None:
        people = bindparam(None, await members.everybody(session, member_id), type_=ARRAY(BigInteger))
        statement = statement.where(columns.member_id == any_(people))
    is_ended = columns.ended_at.is_not(None)
    order = (is_ended, columns.due_on, columns.request_id)
    if cursor is not None:
        statement = statement.where(tuple_(*order) > tuple_(*map(literal, _place(cursor))))
    rows = (await session.execute(statement.order_by(*order).limit(limit + 1))).all()
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        following = encode_cursor("requests", [last.ended_at is not None, last.due_on.isoformat(), last.request_id])
    return Page(items=await _views(session, rows[:limit], sight), next=following)


def _place(cursor: str) -> tuple[bool, date, int]:
    is_ended, due_on, request_id = decode_cursor(cursor, "requests", 3)
    try:
        day = date.fromisoformat(due_on)
    except (TypeError, ValueError):
        raise BadCursor from None
    if type(is_ended) is not bool or type(request_id) is not int or not 0 <= request_id < 2**62:
        raise BadCursor
    return is_ended, day, request_id


async def count_open(session: Session, sight: Sight) -> tuple[int, int]:
    """How many requests wait for an answer, and how many of them are late."""
    columns = rights_request.c
    late = columns.due_on < await today(session)
    row = (
        await session.execute(
            select(func.count(), func.count().filter(late)).where(
                columns.ended_at.is_(None), members.only_visible(columns.member_id, sight)
            )
        )
    ).one()
    return row[0], row[1]


async def get_request(session: Session, request_id: int, sight: Sight) -> RequestView:
    """One request. Raises RequestNotFound."""
    row = (
        await session.execute(
            select(rights_request).where(
                rights_request.c.request_id == request_id, members.only_visible(rights_request.c.member_id, sight)
            )
        )
    ).one_or_none()
    return (await _views(session, [await _seen(session, row, sight)], sight))[0]


async def lock_request(session: Session, request_id: int, sight: Sight) -> Row[Any]:
    """A request's row, kept from others. Raises RequestNotFound."""
    row = (
        await session.execute(
            select(rights_request)
            .where(rights_request.c.request_id == request_id, members.only_visible(rights_request.c.member_id, sight))
            .with_for_update()
        )
    ).one_or_none()
    return await _seen(session, row, sight)


async def _seen(session: Session, row: Row[Any] | None, sight: Sight) -> Row[Any]:
    """A request reaches the whole person: whoever acts on it sees who the member has become. Raises RequestNotFound."""
    roots = await members.roots(session, [row.member_id]) if row is not None else {}
    if row is None or not await members.seen_among(session, list(roots.values()), sight):
        raise RequestNotFound
    return row


async def list_steps(session: Session, request_id: int) -> list[StepView]:  # allow: sight — of a request that was got
    """The trail of a request, oldest first, with the notes that can still be read."""
    rows = (
        await session.execute(
            select(rights_step, rights_note.c.sealed, rights_note.c.member_id)
            .outerjoin(
                rights_note,
                (rights_note.c.request_id == rights_step.c.request_id)
                & (rights_note.c.step_no == rights_step.c.step_no),
            )
            .where(rights_step.c.request_id == request_id)
            .order_by(rights_step.c.step_no)
        )
    ).all()
    sealed = {note_place(request_id, row.step_no): (row.member_id, row.sealed) for row in rows if row.sealed}
    opened = await members.open_for(session, sealed)
    return [
        StepView(
            step_no=row.step_no,
            at=row.at,
            actor=row.actor,
            action=row.action,
            details=row.details,
            note=note.decode() if (note := opened.get(note_place(request_id, row.step_no))) is not None else None,
        )
        for row in rows
    ]


def note_place(request_id: int, step_no: int) -> str:
    """The place of a note: moved to another row, it does not open."""
    return f"rights_note:{request_id}:{step_no}"


def copy_place(copy_id: int, part_no: int) -> str:
    """The place of a part of a copy."""
    return f"rights_copy_part:{copy_id}:{part_no}"


async def find_copy(session: Session, request_id: int) -> Row[Any] | None:
    """The newest copy that was asked for with a request."""
    return (
        await session.execute(
            select(rights_copy)
            .where(rights_copy.c.request_id == request_id)
            .order_by(rights_copy.c.copy_id.desc())
            .limit(1)
        )
    ).one_or_none()


async def read_copy(session: Session, copy_id: int) -> bytes:
    """A copy in clear; empty where its key is destroyed."""
    rows = await session.execute(
        select(rights_copy_part).where(rights_copy_part.c.copy_id == copy_id).order_by(rights_copy_part.c.part_no)
    )
    sealed = {copy_place(copy_id, row.part_no): (row.member_id, row.sealed) for row in rows}
    opened = await members.open_for(session, sealed)
    return b"".join(opened[place] for place in sealed if place in opened)


async def find_hold(session: Session, member_id: int) -> Row[Any] | None:
    """The hold on a person's data, whoever of the merged members it was placed on."""
    people = bindparam(None, await members.everybody(session, member_id), type_=ARRAY(BigInteger))
    found = await session.execute(
        select(rights_hold).where(rights_hold.c.member_id == any_(people), rights_hold.c.lifted_at.is_(None)).limit(1)
    )
    return found.first()


async def list_held(session: Session) -> list[int]:  # allow: sight — for a job
    """Every member whose data has to be kept for now, merged ones included."""
    held = list(
        (await session.execute(select(rights_hold.c.member_id).where(rights_hold.c.lifted_at.is_(None)))).scalars()
    )
    return sorted({one for member_id in held for one in await members.everybody(session, member_id)})


async def list_erasures(session: Session) -> list[Erasure]:  # allow: sight — for a job, and the whole shop
    """Everybody who was erased."""
    rows = await session.execute(select(rights_erasure).order_by(rights_erasure.c.erased_at))
    return [_erasure(row) for row in rows]


async def find_erasure(session: Session, member_id: int) -> Erasure | None:
    """The erasure of a member."""
    row = (
        await session.execute(
            select(rights_erasure).where(literal(member_id, BigInteger()) == any_(rights_erasure.c.member_ids)).limit(1)
        )
    ).one_or_none()
    return _erasure(row) if row is not None else None


async def latest_retention(session: Session) -> Row[Any] | None:
    """The last run of the nightly eraser."""
    newest = select(rights_retention_run).order_by(rights_retention_run.c.run_id.desc()).limit(1)
    return (await session.execute(newest)).one_or_none()


def _erasure(row: Row[Any]) -> Erasure:
    return Erasure(
        code=row.code,
        member_id=row.member_id,
        member_ids=row.member_ids,
        numbers=row.numbers,
        request_id=row.request_id,
        because=row.because,
        erased_at=row.erased_at,
        actor=row.actor,
        certificate=row.certificate,
    )


async def _views(session: Session, rows: Sequence[Row[Any]], sight: Sight) -> list[RequestView]:
    day = await today(session)
    special = await special_days(session)
    names = await members.names(session, [row.member_id for row in rows], sight)
    return [
        RequestView(
            id=row.request_id,
            member_id=row.member_id,
            member_number=names[row.member_id].number,
            member_name=names[row.member_id].name,
            kind=row.kind,
            channel=row.channel,
            state=row.state,
            received_at=row.received_at,
            due_on=row.due_on,
            hard_due_on=row.hard_due_on,
            is_extended=row.is_extended,
            days_left=rules.working_days_left(day, row.due_on, special),
            is_overdue=row.ended_at is None and row.due_on < day,
            verified_how=row.verified_how,
            verified_by=row.verified_by,
            verified_at=row.verified_at,
            assigned_to=row.assigned_to,
            erase_on=row.erase_on,
            ended_at=row.ended_at,
        )
        for row in rows
        # Whoever was merged into somebody out of sight is out of sight as well.
        if row.member_id in names
    ]
