"""Verbs of notes and follow-ups. What people write is sealed under the member's key before it is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, insert, update

from shuke.foundation import staff
from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from . import queries, rules
from .errors import AssigneeUnfit, FollowUpEnded, NoteChanged, NoteNotKept, NoteOfOthers
from .permissions import MANAGE, READ
from .rules import State
from .tables import member_follow_up, member_note


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is to be done for a member, by when and by whom."""

    text: str
    due_at: datetime
    assignee_id: int


async def add_note(session: Session, member_id: int, words: str, actor: Actor, *, is_pinned: bool) -> int:
    """Write a note about a member. Raises NoteNotKept."""
    row = {
        "member_id": member_id,
        "sealed": b"",
        "is_pinned": is_pinned,
        "author": actor.name,
        "written_at": clock.now(),
        "version": 1,
    }
    wanted = insert(member_note).values(row).returning(member_note.c.note_id)
    note_id: int = (await session.execute(wanted)).scalar_one()
    await _keep_note(session, member_id, note_id, sealed=await _seal_note(session, member_id, note_id, words))
    audit.describe(object_id=note_id, member_id=member_id)
    return note_id


async def change_note(session: Session, row: Row[Any], words: str, *, version: int, actor: Actor) -> None:
    """Write a note anew. Raises NoteOfOthers, NoteChanged, NoteNotKept."""
    _require_own(row, actor)
    _require_version(row, version)
    sealed = await _seal_note(session, row.member_id, row.note_id, words)
    values = {"sealed": sealed, "edited_by": actor.name, "edited_at": clock.now(), "version": row.version + 1}
    await _keep_note(session, row.member_id, row.note_id, **values)
    audit.describe(member_id=row.member_id)


async def pin_note(session: Session, row: Row[Any], *, is_pinned: bool) -> None:
    """Keep a note on top, or no more."""
    await _keep_note(session, row.member_id, row.note_id, is_pinned=is_pinned)
    audit.describe(member_id=row.member_id, changes={"is_pinned": (row.is_pinned, is_pinned)})


async def delete_note(session: Session, row: Row[Any], actor: Actor) -> None:
    """Delete a note. Raises NoteOfOthers."""
    _require_own(row, actor)
    mine = (member_note.c.member_id == row.member_id) & (member_note.c.note_id == row.note_id)
    await session.execute(delete(member_note).where(mine))
    audit.describe(member_id=row.member_id)


async def add_follow_up(session: Session, member_id: int, wanted: Promise, actor: Actor) -> int:
    """Arrange what is to be done for a member. Raises AssigneeUnfit, NoteNotKept."""
    await _require_fit(session, member_id, wanted.assignee_id)
    row = {
        "member_id": member_id,
        "sealed": b"",
        "due_at": wanted.due_at,
        "assignee_id": wanted.assignee_id,
        "state": "open",
        "author": actor.name,
        "written_at": clock.now(),
        "version": 1,
    }
    made = insert(member_follow_up).values(row).returning(member_follow_up.c.follow_up_id)
    follow_up_id: int = (await session.execute(made)).scalar_one()
    sealed = await _sealed(session, member_id, wanted.text, queries.follow_up_place(follow_up_id))
    await _keep(session, member_follow_up, member_id, follow_up_id, sealed=sealed)
    audit.describe(object_id=follow_up_id, member_id=member_id, details={"assignee": wanted.assignee_id})
    return follow_up_id


async def change_follow_up(session: Session, row: Row[Any], wanted: Promise, *, version: int, actor: Actor) -> None:
    """Change what is to be done, by when, by whom: for its author, its assignee, and who manages notes.

    Raises FollowUpEnded, NoteOfOthers, NoteChanged, AssigneeUnfit, NoteNotKept.
    """
    if row.state != "open":
        raise FollowUpEnded
    if actor.name != f"staff:{row.assignee_id}":
        _require_own(row, actor)
    _require_version(row, version)
    if wanted.assignee_id != row.assignee_id:
        await _require_fit(session, row.member_id, wanted.assignee_id)
    is_same_time = (wanted.due_at, wanted.assignee_id) == (row.due_at, row.assignee_id)
    values = {
        "sealed": await _sealed(session, row.member_id, wanted.text, queries.follow_up_place(row.follow_up_id)),
        "due_at": wanted.due_at,
        "assignee_id": wanted.assignee_id,
        # Another day, or another colleague, wants to be reminded again.
        "reminded_at": row.reminded_at if is_same_time else None,
        "version": row.version + 1,
    }
    await _keep(session, member_follow_up, row.member_id, row.follow_up_id, **values)
    audit.describe(
        member_id=row.member_id,
        changes={
            "due_at": (row.due_at.isoformat(), wanted.due_at.isoformat()),
            "assignee": (row.assignee_id, wanted.assignee_id),
        },
    )


async def set_state(session: Session, row: Row[Any], state: State, actor: Actor) -> None:
    """End a follow-up, or open it again. What it is already changes nothing."""
    if row.state == state:
        return
    is_open = state == "open"
    await _keep(
        session,
        member_follow_up,
        row.member_id,
        row.follow_up_id,
        state=state,
        ended_by=None if is_open else actor.name,
        ended_at=None if is_open else clock.now(),
        version=row.version + 1,
    )
    audit.describe(member_id=row.member_id, changes={"state": (row.state, state)})


async def mark_reminded(session: Session, rows: list[Row[Any]]) -> None:
    """Remember that the assignees were told."""
    ids = [row.follow_up_id for row in rows]
    await session.execute(
        update(member_follow_up)
        .where(queries.of_members(member_follow_up.c.follow_up_id, ids))
        .values(reminded_at=clock.now())
    )


def _require_own(row: Row[Any], actor: Actor) -> None:
    if not rules.may_change(row.author, actor.name, actor.permissions, MANAGE.code):
        raise NoteOfOthers


def _require_version(row: Row[Any], version: int) -> None:
    if row.version != version:
        raise NoteChanged


async def _require_fit(session: Session, member_id: int, assignee_id: int) -> None:
    """Whoever is to do something sees the member, and what is to be done."""
    assignee = await staff.find_actor(session, assignee_id)
    if assignee is None or READ.code not in assignee.permissions:
        raise AssigneeUnfit
    if not await members.seen_among(session, [member_id], assignee.sight):
        raise AssigneeUnfit


async def _seal_note(session: Session, member_id: int, note_id: int, words: str) -> bytes:
    return await _sealed(session, member_id, words, queries.note_place(note_id))


async def _sealed(session: Session, member_id: int, words: str, place: str) -> bytes:
    sealed = await members.seal_for(session, member_id, words.encode(), place)
    if sealed is None:
        raise NoteNotKept
    return sealed


async def _keep_note(session: Session, member_id: int, note_id: int, **values: Any) -> None:
    await _keep(session, member_note, member_id, note_id, **values)


async def _keep(session: Session, table: Table, member_id: int, number: int, **values: Any) -> None:
    key_of_member, key = table.primary_key.columns
    await session.execute(update(table).where(key_of_member == member_id, key == number).values(**values))
