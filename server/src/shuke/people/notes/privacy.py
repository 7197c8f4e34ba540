"""What notes hold about members: their copy of it, what goes when they are erased, and what a merge joins."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from . import queries
from .tables import member_follow_up, member_note


async def export_notes(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Every note, as it was written."""
    wanted = select(member_note).where(queries.of_members(member_note.c.member_id, member_ids))
    rows = (await session.execute(wanted.order_by(member_note.c.note_id))).all()
    opened = await members.open_for(
        session, {queries.note_place(row.note_id): (row.member_id, row.sealed) for row in rows}
    )
    for row in rows:
        if queries.note_place(row.note_id) in opened:
            yield {
                "written_at": row.written_at.isoformat(),
                "edited_at": row.edited_at.isoformat() if row.edited_at is not None else None,
                "text": opened[queries.note_place(row.note_id)].decode(),
            }


async def export_follow_ups(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Every follow-up, as it was written."""
    wanted = select(member_follow_up).where(queries.of_members(member_follow_up.c.member_id, member_ids))
    rows = (await session.execute(wanted.order_by(member_follow_up.c.follow_up_id))).all()
    places = {queries.follow_up_place(row.follow_up_id): (row.member_id, row.sealed) for row in rows}
    opened = await members.open_for(session, places)
    for row in rows:
        if queries.follow_up_place(row.follow_up_id) in opened:
            yield {
                "written_at": row.written_at.isoformat(),
                "due_at": row.due_at.isoformat(),
                "state": row.state,
                "text": opened[queries.follow_up_place(row.follow_up_id)].decode(),
            }


async def erase_notes(session: Session, member_ids: Sequence[int]) -> int:
    """Nothing that was written about somebody stays."""
    gone = await session.execute(delete(member_note).where(queries.of_members(member_note.c.member_id, member_ids)))
    return gone.rowcount


async def erase_follow_ups(session: Session, member_ids: Sequence[int]) -> int:
    """Nothing that was to be done for somebody stays."""
    gone = await session.execute(
        delete(member_follow_up).where(queries.of_members(member_follow_up.c.member_id, member_ids))
    )
    return gone.rowcount


async def preview_merge(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> list[members.MergeLine]:
    """How many notes and open follow-ups come together."""
    del language
    lines = []
    for label, count in (
        (LocalName("备注", "Notes"), queries.count_notes),
        (LocalName("未完成的跟进", "Open follow-ups"), queries.count_open),
    ):
        absorbed = await count(session, await members.aliases(session, absorbed_id))
        survivor = await count(session, await members.aliases(session, survivor_id))
        if absorbed:
            lines.append(
                members.MergeLine(
                    label=label, absorbed=str(absorbed), survivor=str(survivor), after=str(absorbed + survivor)
                )
            )
    return lines


async def _stay(session: Session, merging: members.Merging) -> None:
    """Notes keep their member, and are read through everybody who is that person by now."""


PERSONAL_DATA = (
    members.PersonalData(key="notes", label=LocalName("备注", "Notes"), export=export_notes, erase=erase_notes),
    members.PersonalData(
        key="follow_ups", label=LocalName("跟进", "Follow-ups"), export=export_follow_ups, erase=erase_follow_ups
    ),
)
MERGE_PART = members.MergePart(key="notes", preview=preview_merge, merge=_stay, undo=_stay)
