"""Adjustments that need a second person, for the timeline: asked for, agreed to, refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, DateTime, Row, Text, literal, select, tuple_, union_all

from shuke.foundation import staff
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import merged_id, position_in

from ..queries import currency_names
from ..tables import ledger_adjustment

_KIND: members.TimelineKind = "adjustment"
_TITLES: Mapping[str, LocalName] = {
    "asked": LocalName("提交调整 {signed} {unit}，待复核", "Adjustment by {signed} {unit} asked for"),
    "done": LocalName("调整 {signed} {unit} 复核通过", "Adjustment by {signed} {unit} approved"),
    "rejected": LocalName("调整 {signed} {unit} 被拒绝", "Adjustment by {signed} {unit} refused"),
    "withdrawn": LocalName("调整 {signed} {unit} 已撤回", "Adjustment by {signed} {unit} taken back"),
}


async def load_adjustments(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """What was asked for by hand, and what became of it."""
    column = ledger_adjustment.c
    said = (column.amount, column.currency_id)
    asked = select(
        (column.adjustment_id * 2).label("number"),
        column.requested_at.label("at"),
        literal("asked", Text()).label("what"),
        column.requested_by.label("who"),
        column.reason.label("why"),
        *said,
    ).where(column.member_id == member_id)
    decided = select(
        (column.adjustment_id * 2 + 1).label("number"),
        column.decided_at.label("at"),
        column.state.label("what"),
        column.decided_by.label("who"),
        column.note.label("why"),
        *said,
    ).where(column.member_id == member_id, column.decided_at.is_not(None))
    happened = union_all(asked, decided).subquery()
    wanted = select(happened)
    stop = position_in(_KIND, before)
    if stop is not None:
        place = tuple_(literal(stop[0], DateTime(timezone=True)), literal(stop[1], BigInteger()))
        wanted = wanted.where(tuple_(happened.c.at, happened.c.number) < place)
    wanted = wanted.order_by(happened.c.at.desc(), happened.c.number.desc()).limit(limit)
    rows = (await session.execute(wanted)).all()
    if not rows:
        return []
    names = await staff.actor_names(session, sorted({row.who for row in rows}))
    units = {one.currency_id: one.name for one in await currency_names(session)}
    return [_item(row, units, names, language) for row in rows]


def _item(
    row: Row[Any], units: Mapping[int, LocalName], names: Mapping[str, str], language: Language
) -> members.TimelineItem:
    title = _TITLES[row.what].pick(language)
    return members.TimelineItem(
        id=merged_id(_KIND, row.number),
        at=row.at,
        kind=_KIND,
        type=f"adjustment.{row.what}",
        title=title.format(signed=f"{row.amount:+,}".replace("-", "−"), unit=units[row.currency_id].pick(language)),
        summary=" · ".join(part for part in (names.get(row.who), row.why) if part) or None,
    )
