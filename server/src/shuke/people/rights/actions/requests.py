"""Requests of members: taken in, worked on, extended, ended. Every step stays in the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, delete, extract, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from shuke.people import consent, members
from shuke.platform import clock, events
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from .. import queries, rules
from ..errors import AlreadyExtended, ErasedAlready, RequestClosed, WrongKind
from ..events import RequestDeadlineMissed, RequestEnded, RequestReceived
from ..queries import Day
from ..rules import Channel, Kind, Policy, RefusalCode, VerifiedHow
from ..tables import rights_day, rights_note, rights_policy, rights_request, rights_step


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """What a member asks for, by which channel, and how it is known that it was the member."""

    member_id: int
    kind: Kind
    channel: Channel
    verified_how: VerifiedHow
    verified_by: str
    words: str | None = None


async def take(session: Session, wanted: NewRequest, actor: Actor) -> int:
    """Take a request in; its clock starts today. Raises ErasedAlready."""
    if await queries.find_erasure(session, wanted.member_id) is not None:
        raise ErasedAlready
    now, day = clock.now(), await queries.today(session)
    policy, special = await queries.get_policy(session), await queries.special_days(session)
    due_on, hard_due_on = rules.due_days(day, policy, special)
    request_id: int = (
        await session.execute(
            insert(rights_request)
            .values(
                member_id=wanted.member_id,
                kind=wanted.kind,
                channel=wanted.channel,
                state="open",
                received_at=now,
                due_on=due_on,
                hard_due_on=hard_due_on,
                is_extended=False,
                verified_how=wanted.verified_how,
                verified_by=wanted.verified_by,
                verified_at=now,
                step_count=0,
            )
            .returning(rights_request.c.request_id)
        )
    ).scalar_one()
    details = {"kind": wanted.kind, "channel": wanted.channel, "verified_how": wanted.verified_how}
    await add_step(session, request_id, wanted.member_id, "received", actor, details, wanted.words)
    received = RequestReceived(
        member_id=wanted.member_id,
        occurred_at=now,
        request_id=request_id,
        kind=wanted.kind,
        due_on=due_on.isoformat(),
    )
    await events.publish(session, [received])
    return request_id


async def note(session: Session, request: Row[Any], words: str, actor: Actor) -> None:
    """Add a note to the trail. Raises RequestClosed."""
    require_open(request)
    await add_step(session, request.request_id, request.member_id, "noted", actor, {}, words)


async def assign(session: Session, request: Row[Any], to: str | None, actor: Actor) -> None:
    """Say who works on it. Raises RequestClosed."""
    require_open(request)
    await _change(session, request.request_id, assigned_to=to)
    await add_step(session, request.request_id, request.member_id, "assigned", actor, {"to": to})


async def extend(session: Session, request: Row[Any], reason: str, actor: Actor) -> None:
    """Take the time that is allowed at the very latest, once, with a reason. Raises RequestClosed, AlreadyExtended."""
    require_open(request)
    if request.is_extended:
        raise AlreadyExtended(day=request.hard_due_on.isoformat())
    await _change(session, request.request_id, is_extended=True, due_on=request.hard_due_on, announced_late_at=None)
    details = {"from": request.due_on.isoformat(), "to": request.hard_due_on.isoformat()}
    await add_step(session, request.request_id, request.member_id, "extended", actor, details, reason)


async def refuse(session: Session, request: Row[Any], code: RefusalCode, words: str, actor: Actor) -> None:
    """Refuse it, with a reason that the law knows and words for the member. Raises RequestClosed."""
    require_open(request)
    details = {"reason": code, "zh": rules.REFUSALS[code].zh, "en": rules.REFUSALS[code].en}
    await end(session, request, "refused", actor, details, words)


async def take_back(session: Session, request: Row[Any], words: str, actor: Actor) -> None:
    """The member does not want it any more; an erasure that waits is called off. Raises RequestClosed."""
    if request.ended_at is not None:
        raise RequestClosed
    await end(session, request, "withdrawn", actor, {"from": request.state}, words)


async def complete(session: Session, request: Row[Any], evidence: str, actor: Actor) -> None:
    """It is done, and this shows it. Raises RequestClosed; WrongKind for deletions, which end with their erasure."""
    require_open(request)
    if request.kind == "deletion":
        raise WrongKind(kinds="access, copy, correction, restriction, objection, explanation")
    await end(session, request, "done", actor, {}, evidence)


async def correct(
    session: Session, request: Row[Any], change: members.ProfileChange, version: int, actor: Actor
) -> int:
    """Correct the profile as asked; the trail names the fields. Raises RequestClosed, WrongKind, VersionChanged."""
    require_kind(request, "correction")
    member_id = (await members.roots(session, [request.member_id], hold=True))[request.member_id]
    after = await members.update_profile(session, member_id, change, version=version)
    fields = sorted(name for name, value in vars(change).items() if value is not members.KEEP)
    details = {"fields": fields, "version": after}
    await add_step(session, request.request_id, request.member_id, "corrected", actor, details)
    return after


async def restrict(session: Session, request: Row[Any], actor: Actor, *, is_restricted: bool) -> None:
    """Restrict all processing of the member's data, or lift it: `consent.allows` refuses while it holds.

    Raises RequestClosed, WrongKind.
    """
    require_kind(request, "restriction", "objection")
    member_id = (await members.roots(session, [request.member_id], hold=True))[request.member_id]
    evidence = consent.Evidence(how="system", hand="operator", source=f"request {request.request_id}")
    await consent.stop(session, member_id, {"processing": is_restricted}, evidence, actor)
    action = "restricted" if is_restricted else "unrestricted"
    await add_step(session, request.request_id, request.member_id, action, actor, {})


async def announce_late(session: Session, limit: int = 500) -> int:
    """Announce requests whose last day is over without an answer, once each; how many there were."""
    now, day = clock.now(), await queries.today(session)
    columns = rights_request.c
    late = columns.ended_at.is_(None) & (columns.due_on < day) & columns.announced_late_at.is_(None)
    rows = (
        await session.execute(
            select(rights_request)
            .where(late)
            .order_by(columns.request_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    ids = [row.request_id for row in rows]
    await session.execute(update(rights_request).where(columns.request_id.in_(ids)).values(announced_late_at=now))
    await events.publish(
        session,
        [
            RequestDeadlineMissed(
                member_id=row.member_id,
                occurred_at=now,
                request_id=row.request_id,
                kind=row.kind,
                due_on=row.due_on.isoformat(),
            )
            for row in rows
        ],
    )
    return len(rows)


async def set_policy(session: Session, policy: Policy) -> None:
    """Say how long answers may take; requests that are there keep their days."""
    await session.execute(update(rights_policy).values(**asdict(policy)))


async def set_days(session: Session, year: int, days: Sequence[Day]) -> None:
    """Replace the special days of a year."""
    await session.execute(delete(rights_day).where(extract("year", rights_day.c.day) == year))
    if days:
        await session.execute(upsert(rights_day).values([asdict(one) for one in days]).on_conflict_do_nothing())


def require_open(request: Row[Any]) -> None:
    """Refuse to work on what has ended, or waits for its erasure. Raises RequestClosed."""
    if request.state != "open":
        raise RequestClosed


def require_kind(request: Row[Any], *kinds: Kind) -> None:
    """Refuse what does not belong to the request. Raises RequestClosed, WrongKind."""
    require_open(request)
    if request.kind not in kinds:
        raise WrongKind(kinds=", ".join(kinds))


async def add_step(
    session: Session,
    request_id: int,
    member_id: int,
    action: str,
    actor: Actor,
    details: Mapping[str, Any],
    words: str | None = None,
) -> None:
    """Add a line to the trail; what was said is sealed under the member's key, and left out where that is gone."""
    step_no = (
        await session.execute(
            update(rights_request)
            .where(rights_request.c.request_id == request_id)
            .values(step_count=rights_request.c.step_count + 1)
            .returning(rights_request.c.step_count)
        )
    ).scalar_one()
    await session.execute(
        insert(rights_step).values(
            request_id=request_id,
            step_no=step_no,
            at=clock.now(),
            actor=actor.name,
            action=action,
            details=dict(details),
        )
    )
    if not words:
        return
    sealed = await members.seal_for(session, member_id, words.encode(), queries.note_place(request_id, step_no))
    if sealed is not None:
        row = {"request_id": request_id, "step_no": step_no, "member_id": member_id, "sealed": sealed}
        await session.execute(insert(rights_note).values(row))


async def end(
    session: Session,
    request: Row[Any],
    state: rules.State,
    actor: Actor,
    details: Mapping[str, Any],
    words: str | None = None,
) -> None:
    """Close a request, and tell it."""
    now = clock.now()
    await _change(session, request.request_id, state=state, ended_at=now, erase_on=None)
    await add_step(session, request.request_id, request.member_id, state, actor, details, words)
    ended = RequestEnded(
        member_id=request.member_id,
        occurred_at=now,
        request_id=request.request_id,
        kind=request.kind,
        state=state,
    )
    await events.publish(session, [ended])


async def _change(session: Session, request_id: int, **values: Any) -> None:
    await session.execute(update(rights_request).where(rights_request.c.request_id == request_id).values(**values))
