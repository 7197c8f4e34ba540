"""Questions about attribution."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from shuke.platform.db import Session, raw

from ..queries.aliases import aliases
from ..queries.vault import any_of
from .plans import Care, Plan
from .tables import member_attribution_change, member_transfer

_COUNTS = {
    "employee": """
        select store_id, count(*) as members from member_summary
        where employee_id = $1 and status not in ('merged', 'erased') group by store_id order by store_id
    """,
    "manager": """
        select s.store_id, count(*) as members from member m join member_summary s using (member_id)
        where m.manager_id = $1 and s.status not in ('merged', 'erased') group by s.store_id order by s.store_id
    """,
}
# Who is hidden behind somebody else moves along, so that a merge can be undone to the same employee.
_NEXT = {
    "employee": """
        select member_id, store_id, status = 'merged' as is_hidden from member_summary
        where employee_id = $1 and status <> 'erased' order by member_id limit $2
    """,
    "manager": """
        select m.member_id, s.store_id, s.status = 'merged' as is_hidden
        from member m join member_summary s using (member_id)
        where m.manager_id = $1 and m.status <> 'erased' order by m.member_id limit $2
    """,
}
# What a transfer gave, and is where it was put.
_UNDOABLE = """
    select c.member_id, c.employee_before, c.manager_before,
        c.employee_before is distinct from c.employee_after as is_employee
    from member_attribution_change c
    join member m using (member_id)
    join member_summary s using (member_id)
    where c.transfer_id = $1 and m.status <> 'erased'
        and case when c.employee_before is distinct from c.employee_after
            then s.employee_id = c.employee_after else m.manager_id = c.manager_after end
    order by c.member_id limit $2
"""

_PLACES = """
    select member_id, s.store_id, s.employee_id, m.manager_id from member m join member_summary s using (member_id)
    where m.member_id = any($1::bigint[]) order by m.member_id
"""


@dataclass(frozen=True)
class Place:
    """Where a member belongs: store, employee, account manager."""

    store_id: int | None
    employee_id: int | None
    manager_id: int | None


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Members of one employee who went, or go, to others."""

    id: int
    employee_id: int
    plan: Plan
    reason: str
    actor: str
    begun_at: datetime
    state: str
    members: int
    moved: int
    finished_at: datetime | None
    undone_by: str | None
    undone_at: datetime | None


async def counts_of(session: Session, employee_id: int, care: Care) -> dict[int | None, int]:
    """How many members an employee looks after, by the member's store."""
    driver = await raw(session)
    return {row["store_id"]: row["members"] for row in await driver.fetch(_COUNTS[care], employee_id)}


async def next_of(session: Session, employee_id: int, care: Care, limit: int) -> list[tuple[int, int | None, bool]]:
    """The next members of an employee: (member, their store, whether somebody else is shown in their place)."""
    driver = await raw(session)
    rows = await driver.fetch(_NEXT[care], employee_id, limit)
    return [(row["member_id"], row["store_id"], row["is_hidden"]) for row in rows]


async def undoable(session: Session, transfer_id: int, limit: int) -> list[Any]:
    """The next members whom a transfer moved, and who are where it put them."""
    driver = await raw(session)
    found: list[Any] = await driver.fetch(_UNDOABLE, transfer_id, limit)
    return found


async def find_transfer(session: Session, transfer_id: int, *, hold: bool = False) -> Transfer | None:
    """A transfer, or None. `hold`: nobody else works on it meanwhile."""
    wanted = select(member_transfer).where(member_transfer.c.transfer_id == transfer_id)
    row = (await session.execute(wanted.with_for_update() if hold else wanted)).mappings().one_or_none()
    return _transfer(row) if row is not None else None


async def list_transfers(session: Session, employee_id: int | None, limit: int) -> list[Transfer]:
    """The latest transfers, newest first."""
    wanted = select(member_transfer).order_by(member_transfer.c.transfer_id.desc()).limit(limit)
    if employee_id is not None:
        wanted = wanted.where(member_transfer.c.employee_id == employee_id)
    return [_transfer(row) for row in (await session.execute(wanted)).mappings()]


async def list_changes(session: Session, member_id: int, limit: int) -> list[dict[str, Any]]:
    """Where a member belonged, newest first, also as whoever was merged into them."""
    change = member_attribution_change.c
    rows = await session.execute(
        select(member_attribution_change)
        .where(change.member_id == any_of(await aliases(session, member_id)))
        .order_by(change.changed_at.desc(), change.change_id.desc())
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]


def named_in(changes: Sequence[dict[str, Any]], *names: str) -> list[int]:
    """The ids that changes name, once each."""
    return sorted({row[f"{name}_{side}"] for row in changes for name in names for side in ("before", "after")} - {None})


def _transfer(row: Any) -> Transfer:
    plan = row["plan"]
    return Transfer(
        id=row["transfer_id"],
        employee_id=row["employee_id"],
        plan=Plan(how=plan["how"], targets=[(one[0], one[1]) for one in plan["targets"]], turns=dict(plan["turns"])),
        reason=row["reason"],
        actor=row["actor"],
        begun_at=row["begun_at"],
        state=row["state"],
        members=row["members"],
        moved=row["moved"],
        finished_at=row["finished_at"],
        undone_by=row["undone_by"],
        undone_at=row["undone_at"],
    )


async def last_attributions(session: Session, member_ids: Sequence[int], names: Collection[str]) -> dict[int, int]:
    """The last change of each of these members' store, employee or manager, as far as an attribution names them."""
    change, sides = member_attribution_change.c, [name.removesuffix("_id") for name in names]
    moved = or_(*(change[f"{one}_before"].is_distinct_from(change[f"{one}_after"]) for one in sides))
    rows = await session.execute(
        select(change.member_id, func.max(change.change_id).label("change_id"))
        .where(change.member_id == any_of(member_ids), moved)
        .group_by(change.member_id)
    )
    return {row.member_id: row.change_id for row in rows}


async def list_places(session: Session, member_ids: Sequence[int], *, hold: bool = False) -> dict[int, Place]:
    """Where each of these members belongs. `hold`: nobody changes that meanwhile."""
    driver = await raw(session)
    text = _PLACES + " for no key update of m, s" if hold else _PLACES
    rows = await driver.fetch(text, sorted(member_ids))
    return {row["member_id"]: Place(row["store_id"], row["employee_id"], row["manager_id"]) for row in rows}
