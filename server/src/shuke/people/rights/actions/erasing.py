"""Erasing a person: asked for, waited for, done, written down for ever, and done again after a restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, insert, select, text, update

from shuke.people import members
from shuke.platform import audit, clock, jobs, keys, module
from shuke.platform.actor import EVERYTHING, SYSTEM, Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import queries, rules
from ..errors import ErasedAlready, NotConfirmed, OnHold
from ..extensions import Erasure
from ..rules import Because
from ..tables import rights_erasure, rights_hold, rights_request
from .requests import add_step, end, require_kind

ERASE = "rights.erase"
_SIGNED = b"shuke erasure certificate v1\n"
_LARGE = 50_000
# Nobody is erased while a hold on them is being placed.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('rights.hold', :member_id))")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What becomes of one kind of data: how many rows there are, whether they go, and what is kept why."""

    key: str
    label: LocalName
    rows: int
    is_erased: bool
    kept: LocalName | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an erasure would do."""

    member_id: int
    number: str
    people: int
    points_lost: int
    cooling_days: int
    is_on_hold: bool
    parts: Sequence[Part]


async def preview(session: Session, request: Row[Any]) -> Preview:
    """What erasing a person would take away, what has to stay and why; nothing is written."""
    member_id = (await members.roots(session, [request.member_id]))[request.member_id]
    people = await members.aliases(session, member_id)
    (row,) = await members.list_rows(session, [member_id], EVERYTHING)
    parts = []
    for part in module.contributions(members.PersonalData):
        count = 0
        async for _ in part.export(session, people):
            count += 1
            if count == _LARGE:
                break
        parts.append(Part(key=part.key, label=part.label, rows=count, is_erased=part.erase is not None, kept=part.kept))
    return Preview(
        member_id=member_id,
        number=row.number,
        people=len(people),
        points_lost=row.points_available,
        cooling_days=(await queries.get_policy(session)).cooling_days,
        is_on_hold=await queries.find_hold(session, member_id) is not None,
        parts=parts,
    )


async def schedule(session: Session, request: Row[Any], *, confirm: str, is_told: bool, actor: Actor) -> None:
    """Let a deletion be done: at once, or when the time for second thoughts is over.

    Raises RequestClosed, WrongKind, OnHold, NotConfirmed, ErasedAlready.
    """
    require_kind(request, "deletion")
    member_id = (await members.roots(session, [request.member_id], hold=True))[request.member_id]
    if await queries.find_hold(session, member_id) is not None:
        raise OnHold
    if await queries.find_erasure(session, member_id) is not None:
        raise ErasedAlready
    number = (await members.names(session, [member_id], EVERYTHING))[member_id].number
    if confirm.strip().upper() != number or not is_told:
        raise NotConfirmed(number=number)
    days = (await queries.get_policy(session)).cooling_days
    erase_on = await queries.today(session) + timedelta(days=days)
    await session.execute(
        update(rights_request)
        .where(rights_request.c.request_id == request.request_id)
        .values(state="cooling", erase_on=erase_on)
    )
    details = {"erase_on": erase_on.isoformat(), "told_points_lost": True}
    await add_step(session, request.request_id, request.member_id, "confirmed", actor, details)
    if days == 0:
        await jobs.enqueue(session, ERASE, {"request_id": request.request_id})


async def list_due(session: Session, limit: int = 200) -> list[int]:
    """Deletions whose time for second thoughts is over."""
    due = (rights_request.c.state == "cooling") & (rights_request.c.erase_on <= await queries.today(session))
    found = await session.execute(
        select(rights_request.c.request_id).where(due).order_by(rights_request.c.request_id).limit(limit)
    )
    return list(found.scalars())


async def carry_out(session: Session, request_id: int) -> Erasure | None:
    """Do a deletion that was confirmed; None where there is nothing to do any more. Raises OnHold."""
    request = await queries.lock_request(session, request_id, EVERYTHING)
    if request.state != "cooling" or request.erase_on > await queries.today(session):
        return None
    actor = await _who_confirmed(session, request_id)
    erasure = await erase_person(session, request.member_id, because="request", request_id=request_id, actor=actor)
    await end(session, request, "done", SYSTEM, {"certificate": erasure.code})
    return erasure


async def erase_person(
    session: Session, member_id: int, *, because: Because, request_id: int | None, actor: str
) -> Erasure:
    """Erase a person, with everybody who was merged into them, and write the certificate. Raises OnHold, ErasedAlready.

    What has to be kept stays without a person; what opens anything personal is destroyed.
    """
    root = (await members.roots(session, [member_id], hold=True))[member_id]
    await session.execute(_ONE_AT_A_TIME, {"member_id": root})
    if await queries.find_hold(session, root) is not None:
        raise OnHold
    if await queries.find_erasure(session, root) is not None:
        raise ErasedAlready
    people = await members.aliases(session, root)
    numbers = (await members.own_numbers(session, people)).values()
    erased, kept = await _erase_everywhere(session, people)
    at = clock.wall()
    content: dict[str, Any] = {
        "what": erased,
        "kept": kept,
        "numbers": sorted(numbers),
        "request_id": request_id,
        "because": because,
        "erased_at": at.isoformat(),
        "by": actor,
    }
    code = rules.certificate_code(content)
    erasure = Erasure(
        code=code,
        member_id=root,
        member_ids=people,
        numbers=sorted(numbers),
        request_id=request_id,
        because=because,
        erased_at=at,
        actor=actor,
        certificate={**content, "signature": keys.ring().sign(_SIGNED + code.encode()).hex()},
    )
    await _write_down(session, erasure, is_replayed=False)
    return erasure


async def replay(session: Session, erasures: Sequence[Erasure]) -> int:
    """Erase again who was erased elsewhere and is still here: after a restore. How many people that were.

    An entry whose member numbers are not those of this database belongs to another one, and is passed over.
    """
    known = {one.code for one in await queries.list_erasures(session)}
    done = 0
    for erasure in erasures:
        if erasure.code in known:
            continue
        found = await members.own_numbers(session, erasure.member_ids)
        people = [one for one in erasure.member_ids if found.get(one) in erasure.numbers]
        if not people or erasure.member_id not in people:
            continue
        await _erase_everywhere(session, people)
        await _write_down(session, erasure, is_replayed=True)
        done += 1
    return done


async def place_hold(session: Session, member_id: int, basis: rules.HoldBasis, actor: Actor) -> None:
    """Keep a person's data, whatever else says that it should go. An erasure at work is waited for, and waits."""
    await session.execute(_ONE_AT_A_TIME, {"member_id": member_id})
    if await queries.find_hold(session, member_id) is None:
        row = {"member_id": member_id, "basis": basis, "placed_at": clock.now(), "placed_by": actor.name}
        await session.execute(insert(rights_hold).values(row))


async def lift_hold(session: Session, hold_id: int, actor: Actor) -> None:
    """Let the data go its way again."""
    await session.execute(
        update(rights_hold)
        .where(rights_hold.c.hold_id == hold_id, rights_hold.c.lifted_at.is_(None))
        .values(lifted_at=clock.now(), lifted_by=actor.name)
    )


async def _erase_everywhere(session: Session, people: Sequence[int]) -> tuple[dict[str, int], list[str]]:
    parts = module.contributions(members.PersonalData)
    erased = {part.key: await part.erase(session, people) for part in parts if part.erase is not None}
    return erased, [part.key for part in parts if part.kept is not None]


async def _write_down(session: Session, erasure: Erasure, *, is_replayed: bool) -> None:
    await session.execute(
        insert(rights_erasure).values(
            **{**vars(erasure), "member_ids": list(erasure.member_ids), "numbers": list(erasure.numbers)},
            is_replayed=is_replayed,
        )
    )
    details = {"certificate": erasure.code, "because": erasure.because, "is_replayed": is_replayed}
    await audit.record(session, SYSTEM, "members.erased", "members", erasure.member_id, details)


async def _who_confirmed(session: Session, request_id: int) -> str:
    steps = await queries.list_steps(session, request_id)
    return next((one.actor for one in reversed(steps) if one.action == "confirmed"), SYSTEM.name)
