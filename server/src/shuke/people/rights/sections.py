"""What requests add to the page of a member: how many are open, and when they came and ended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlalchemy import BigInteger, DateTime, Row, Text, any_, bindparam, func, literal, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import merged_id, position_in

from .tables import rights_request

_KIND: members.TimelineKind = "request"
_KINDS: Mapping[str, LocalName] = {
    "access": LocalName("查阅", "access"),
    "copy": LocalName("复制", "a copy"),
    "correction": LocalName("更正", "correction"),
    "restriction": LocalName("限制处理", "restriction"),
    "deletion": LocalName("删除", "deletion"),
    "objection": LocalName("拒绝处理", "objection"),
    "explanation": LocalName("解释说明", "explanation"),
}
_TITLES: Mapping[str, LocalName] = {
    "received": LocalName("提出请求：{kind}", "Request received: {kind}"),
    "done": LocalName("请求已办结：{kind}", "Request done: {kind}"),
    "refused": LocalName("请求已拒绝：{kind}", "Request refused: {kind}"),
    "withdrawn": LocalName("请求已撤回：{kind}", "Request withdrawn: {kind}"),
}


class RequestSectionOut(BaseModel):
    """How many requests of a member are open, and by when the next one has to be answered."""

    open: int
    all: int
    next_due_on: date | None


async def load_section(session: Session, member_id: int, language: Language) -> RequestSectionOut:
    """A member's requests, in figures."""
    del language
    people = bindparam(None, await members.aliases(session, member_id), type_=ARRAY(BigInteger))
    column = rights_request.c
    is_open = column.ended_at.is_(None)
    row = (
        await session.execute(
            select(func.count(), func.count().filter(is_open), func.min(column.due_on).filter(is_open)).where(
                column.member_id == any_(people)
            )
        )
    ).one()
    return RequestSectionOut(all=row[0], open=row[1], next_due_on=row[2])


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """When requests came, and how they ended; what was said stays with the request."""
    column = rights_request.c
    came = select(
        (column.request_id * 2).label("number"),
        column.received_at.label("at"),
        literal("received", Text()).label("what"),
        column.kind,
    ).where(column.member_id == member_id)
    ended = select(
        (column.request_id * 2 + 1).label("number"),
        column.ended_at.label("at"),
        column.state.label("what"),
        column.kind,
    ).where(column.member_id == member_id, column.ended_at.is_not(None))
    happened = union_all(came, ended).subquery()
    wanted = select(happened)
    stop = position_in(_KIND, before)
    if stop is not None:
        place = tuple_(literal(stop[0], DateTime(timezone=True)), literal(stop[1], BigInteger()))
        wanted = wanted.where(tuple_(happened.c.at, happened.c.number) < place)
    wanted = wanted.order_by(happened.c.at.desc(), happened.c.number.desc()).limit(limit)
    return [_item(row, language) for row in await session.execute(wanted)]


def _item(row: Row[Any], language: Language) -> members.TimelineItem:
    return members.TimelineItem(
        id=merged_id(_KIND, row.number),
        at=row.at,
        kind=_KIND,
        type=f"request.{row.what}",
        title=_TITLES[row.what].pick(language).format(kind=_KINDS[row.kind].pick(language)),
    )
