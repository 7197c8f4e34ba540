"""What notes add to the page of a member: counts, and items of the timeline."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, DateTime, Row, Text, literal, select, tuple_, union_all

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from . import queries
from .schemas import NotesSectionOut
from .tables import member_follow_up, member_note

_KIND: members.TimelineKind = "note"
_TITLES = {
    "written": {"zh": "写了备注", "en": "Note written"},
    "arranged": {"zh": "安排了跟进", "en": "Follow-up arranged"},
    "done": {"zh": "跟进已完成", "en": "Follow-up done"},
    "cancelled": {"zh": "跟进已取消", "en": "Follow-up cancelled"},
}
# A note, a follow-up and its end each have a number of their own in the timeline.
_WRITTEN, _ARRANGED, _ENDED, _STEP = 0, 1, 2, 3


async def load_section(session: Session, member_id: int, language: Language) -> NotesSectionOut:
    """How much there is about a member."""
    del language
    notes, open_follow_ups, next_due_at = await queries.summary_of(session, await members.aliases(session, member_id))
    return NotesSectionOut(notes=notes, open_follow_ups=open_follow_ups, next_due_at=next_due_at)


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """Notes, follow-ups, and how those ended."""
    rows = await _happened(session, member_id, position_in(_KIND, before), limit)
    places = {_place(row): (row.member_id, row.sealed) for row in rows}
    opened = await members.open_for(session, places)
    return [
        members.TimelineItem(
            id=merged_id(_KIND, row.number),
            at=row.at,
            kind=_KIND,
            type=f"note.{row.what}",
            title=_TITLES[row.what][language],
            summary=opened[_place(row)].decode() if _place(row) in opened else None,
        )
        for row in rows
    ]


async def _happened(session: Session, member_id: int, before: tuple[Any, int] | None, limit: int) -> Sequence[Row[Any]]:
    note, follow = member_note.c, member_follow_up.c
    written = (
        select(note.member_id, (note.note_id * _STEP + _WRITTEN).label("number"), note.written_at.label("at"),
               literal("written", Text()).label("what"), note.sealed)
        .where(note.member_id == member_id)
    )  # fmt: skip
    arranged = (
        select(follow.member_id, (follow.follow_up_id * _STEP + _ARRANGED).label("number"),
               follow.written_at.label("at"), literal("arranged", Text()).label("what"), follow.sealed)
        .where(follow.member_id == member_id)
    )  # fmt: skip
    ended = (
        select(follow.member_id, (follow.follow_up_id * _STEP + _ENDED).label("number"),
               follow.ended_at.label("at"), follow.state.label("what"), follow.sealed)
        .where(follow.member_id == member_id, follow.ended_at.is_not(None))
    )  # fmt: skip
    happened = union_all(written, arranged, ended).subquery()
    wanted = select(happened)
    if before is not None:
        at, number = literal(before[0], DateTime(timezone=True)), literal(before[1], BigInteger())
        wanted = wanted.where(tuple_(happened.c.at, happened.c.number) < tuple_(at, number))
    wanted = wanted.order_by(happened.c.at.desc(), happened.c.number.desc()).limit(limit)
    return (await session.execute(wanted)).all()


def _place(row: Row[Any]) -> str:
    number = row.number // _STEP
    return queries.note_place(number) if row.what == "written" else queries.follow_up_place(number)
