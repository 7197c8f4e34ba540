"""Retention: what is kept for how long for which purpose, and the nightly eraser that holds to it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from shuke.people import consent
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import queries
from ..errors import ErasedAlready, OnHold
from ..extensions import Erasure
from ..tables import rights_copy, rights_note, rights_request, rights_retention_run
from .copying import KEPT, forget_copies
from .erasing import erase_person

_MEMBERSHIP, _REQUESTS = "membership", "member_requests"
_AT_A_TIME = 500
_LABELS = {
    "left": LocalName("已注销会员的个人信息", "Personal data of members who left"),
    "evidence": LocalName("同意的证明", "Evidence of consents"),
    "notes": LocalName("权利请求的往来内容", "What was said in requests"),
    "copies": LocalName("已制作的资料副本", "Copies that were made"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the report: how much of what is kept for which purpose, since when, and how much is overdue."""

    purpose: str
    data: str
    label: LocalName
    days: int
    rows: int
    oldest: datetime | None
    overdue: int
    erased: int = 0


async def measure(session: Session) -> list[Line]:
    """The report as of now. What is on hold is not overdue."""
    now, held = clock.now(), await queries.list_held(session)
    lines = []
    for purpose in await consent.list_purposes(session):
        if purpose.retention_days is None:
            continue
        before = now - timedelta(days=purpose.retention_days)
        if purpose.basis == "consent":
            rows, oldest, overdue = await consent.measure_evidence(session, purpose.code, before, held)
            lines.append(_line(purpose.code, "evidence", purpose.retention_days, rows, oldest, overdue))
        if purpose.code == _MEMBERSHIP:
            left = await _list_left(session, now)
            late = [member_id for member_id, at in left if at < before and member_id not in held]
            oldest = left[0][1] if left else None
            lines.append(_line(purpose.code, "left", purpose.retention_days, len(left), oldest, len(late)))
        if purpose.code == _REQUESTS:
            lines.append(await _measure_notes(session, purpose.retention_days, before, held))
            lines.append(await _measure_copies(session))
    return lines


async def run_retention(session: Session) -> tuple[list[Line], list[Erasure]]:
    """Erase what is overdue, some hundreds at a time: the lines with what went, and who was erased."""
    now, held = clock.now(), await queries.list_held(session)
    days = {one.code: one.retention_days for one in await consent.list_purposes(session) if one.retention_days}
    ends = {code: now - timedelta(days=kept) for code, kept in days.items()}
    gone: dict[tuple[str, str], int] = {}
    for purpose in await consent.list_purposes(session):
        if purpose.basis == "consent" and purpose.code in ends:
            topics = {purpose.code: ends[purpose.code]}
            gone[purpose.code, "evidence"] = await consent.forget_evidence(session, topics, held, _AT_A_TIME)
    erasures: list[Erasure] = []
    if _MEMBERSHIP in ends:
        for member_id, at in await _list_left(session, ends[_MEMBERSHIP]):
            if at < ends[_MEMBERSHIP] and len(erasures) < _AT_A_TIME:
                erasures += await _erase(session, member_id)
        gone[_MEMBERSHIP, "left"] = len(erasures)
    if _REQUESTS in ends:
        gone[_REQUESTS, "notes"] = await _forget_notes(session, ends[_REQUESTS], held)
        gone[_REQUESTS, "copies"] = await forget_copies(session)
    lines = [
        Line(**{**vars(line), "erased": gone.get((line.purpose, line.data), 0)}) for line in await measure(session)
    ]
    return lines, erasures


async def keep_report(session: Session, lines: list[Line]) -> None:
    """Keep what a run came to."""
    report = [
        {**asdict(line), "oldest": line.oldest.isoformat() if line.oldest is not None else None} for line in lines
    ]
    await session.execute(insert(rights_retention_run).values(at=clock.now(), report=report))


async def _list_left(session: Session, before: datetime) -> list[tuple[int, datetime]]:
    erased = {one for erasure in await queries.list_erasures(session) for one in erasure.member_ids}
    found = await consent.list_left(session, before, 10_000)
    return [(member_id, at) for member_id, at in found if member_id not in erased]


async def _erase(session: Session, member_id: int) -> list[Erasure]:
    try:
        return [await erase_person(session, member_id, because="retention", request_id=None, actor="system:0")]
    except (OnHold, ErasedAlready):
        return []


def _line(purpose: str, data: str, days: int, rows: int, oldest: datetime | None, overdue: int) -> Line:
    return Line(purpose=purpose, data=data, label=_LABELS[data], days=days, rows=rows, oldest=oldest, overdue=overdue)


async def _measure_notes(session: Session, days: int, before: datetime, held: list[int]) -> Line:
    columns = rights_request.c
    over = (columns.ended_at < before) & columns.member_id.not_in(held)
    found = (
        await session.execute(
            select(func.count(), func.min(columns.received_at), func.count().filter(over)).select_from(
                rights_note.join(rights_request, columns.request_id == rights_note.c.request_id)
            )
        )
    ).one()
    return _line(_REQUESTS, "notes", days, found[0], found[1], found[2])


async def _measure_copies(session: Session) -> Line:
    columns = rights_copy.c
    found = (
        await session.execute(
            select(func.count(), func.min(columns.made_at), func.count().filter(columns.ends_at <= clock.wall())).where(
                columns.state == "ready"
            )
        )
    ).one()
    return _line(_REQUESTS, "copies", KEPT.days, found[0], found[1], found[2])


async def _forget_notes(session: Session, before: datetime, held: list[int]) -> int:
    ended = select(rights_request.c.request_id).where(
        rights_request.c.ended_at < before, rights_request.c.member_id.not_in(held)
    )
    done = await session.execute(delete(rights_note).where(rights_note.c.request_id.in_(ended)))
    return done.rowcount
