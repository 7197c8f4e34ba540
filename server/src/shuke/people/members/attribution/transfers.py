"""Moving all members of an employee to others, in steps that each bear being done twice, and taking that back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from shuke.foundation import organization
from shuke.platform import clock, jobs
from shuke.platform.db import Session

from .actions import Attribution, attribute_each
from .errors import BadTargets, TransferBusy, TransferNotFound
from .plans import How, Plan, assign, expected
from .queries import Transfer, counts_of, find_transfer, list_transfers, next_of, undoable
from .tables import member_transfer

TRANSFER_JOB = "members.transfer"
STEP = 1_000
_MOST_TARGETS = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose members go to whom, and how they are shared out."""

    employee_id: int
    target_ids: tuple[int, ...]
    how: How
    reason: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a transfer would do: so many members (and members as account manager), and each target's share."""

    members: int
    accounts: int
    shares: dict[int, int]


async def preview_transfer(session: Session, wanted: Wanted) -> Preview:
    """What a transfer would do; writes nothing. Raises EmployeeNotFound or BadTargets."""
    plan = await _plan(session, wanted)
    members, accounts = [await counts_of(session, wanted.employee_id, care) for care in ("employee", "manager")]
    shares: Counter[int] = expected(plan, members) + expected(plan, accounts)
    return Preview(
        members=sum(members.values()),
        accounts=sum(accounts.values()),
        shares={employee: shares[employee] for employee, _ in plan.targets},
    )


async def begin_transfer(session: Session, wanted: Wanted, actor: str) -> Transfer:
    """Move the members: at once where they are few, in the background above STEP.

    Raises EmployeeNotFound, BadTargets or TransferBusy.
    """
    plan = await _plan(session, wanted)
    preview = await preview_transfer(session, wanted)
    latest = await list_transfers(session, wanted.employee_id, 1)
    if latest and latest[0].state in ("running", "undoing"):
        raise TransferBusy
    values = {
        "employee_id": wanted.employee_id,
        "plan": _kept(plan),
        "reason": wanted.reason,
        "actor": actor,
        "begun_at": clock.now(),
        "state": "running",
        "members": preview.members + preview.accounts,
        "moved": 0,
    }
    added = await session.scalar(insert(member_transfer).values(values).returning(member_transfer.c.transfer_id))
    return await _go_on(session, int(added or 0), is_small=preview.members + preview.accounts <= STEP)


async def undo_transfer(session: Session, transfer_id: int, actor: str) -> Transfer:
    """Give the members back, but for those who went elsewhere since. Raises TransferNotFound or TransferBusy."""
    present = await find_transfer(session, transfer_id, hold=True)
    if present is None:
        raise TransferNotFound
    if present.state != "done":
        raise TransferBusy
    await _write(session, transfer_id, {"state": "undoing", "undone_by": actor, "moved": 0})
    return await _go_on(session, transfer_id, is_small=present.members <= STEP)


async def get_transfer(session: Session, transfer_id: int) -> Transfer:
    """A transfer. Raises TransferNotFound."""
    found = await find_transfer(session, transfer_id)
    if found is None:
        raise TransferNotFound
    return found


async def run_transfer(payload: dict[str, Any]) -> None:
    """Do a transfer, or its undo, step by step; each step is a transaction."""
    is_over = False
    while not is_over:
        async with jobs.transaction() as session:
            is_over = await _step(session, payload["transfer_id"])


async def _go_on(session: Session, transfer_id: int, *, is_small: bool) -> Transfer:
    if is_small:
        while not await _step(session, transfer_id):
            continue
    else:
        await jobs.enqueue(session, TRANSFER_JOB, {"transfer_id": transfer_id})
    return await get_transfer(session, transfer_id)


async def _step(session: Session, transfer_id: int) -> bool:
    """One step; whether it was the last."""
    present = await find_transfer(session, transfer_id, hold=True)
    if present is None or present.state in ("done", "undone"):
        return True
    if present.state == "undoing":
        return await _step_back(session, present)
    return await _step_forward(session, present)


async def _step_forward(session: Session, present: Transfer) -> bool:
    for care in ("employee", "manager"):
        found = await next_of(session, present.employee_id, care, STEP)
        if not found:
            continue
        takers = assign(present.plan, [(member_id, store_id) for member_id, store_id, hidden in found if not hidden])
        # Who is hidden takes nobody's turn: what was shown beforehand is what happens.
        first = present.plan.targets[0][0]
        name = f"{care}_id"
        wanted = {member_id: Attribution(**{name: takers.get(member_id, first)}) for member_id, _, _ in found}
        await attribute_each(session, wanted, actor=present.actor, reason=present.reason, transfer_id=present.id)
        values = {"moved": present.moved + len(takers), "plan": _kept(present.plan)}
        await _write(session, present.id, values)
        return False
    await _write(session, present.id, {"state": "done", "finished_at": clock.now()})
    return True


async def _step_back(session: Session, present: Transfer) -> bool:
    rows = await undoable(session, present.id, STEP)
    by_care: dict[str, dict[int, Attribution]] = {"employee": {}, "manager": {}}
    for row in rows:
        if row["is_employee"]:
            by_care["employee"][row["member_id"]] = Attribution(employee_id=row["employee_before"])
        else:
            by_care["manager"][row["member_id"]] = Attribution(manager_id=row["manager_before"])
    for wanted in by_care.values():
        await attribute_each(session, wanted, actor=present.undone_by or "", reason=present.reason)
    if rows:
        await _write(session, present.id, {"moved": present.moved + len(rows)})
        return False
    await _write(session, present.id, {"state": "undone", "undone_at": clock.now()})
    return True


async def _plan(session: Session, wanted: Wanted) -> Plan:
    named = dict.fromkeys(wanted.target_ids)
    found = await organization.get_employees(session, [wanted.employee_id, *named])
    if wanted.employee_id not in found:
        raise organization.EmployeeNotFound
    is_fine = 0 < len(named) <= _MOST_TARGETS and wanted.employee_id not in named
    if not is_fine or not all(one in found and found[one].state == "active" for one in named):
        raise BadTargets
    return Plan(how=wanted.how, targets=[(one, found[one].store_id) for one in named])


def _kept(plan: Plan) -> dict[str, Any]:
    targets: Sequence[Sequence[int | None]] = [list(one) for one in plan.targets]
    return {"how": plan.how, "targets": targets, "turns": plan.turns}


async def _write(session: Session, transfer_id: int, values: dict[str, Any]) -> None:
    await session.execute(update(member_transfer).where(member_transfer.c.transfer_id == transfer_id).values(**values))
