"""Verbs of attribution: the member's row, the summary and the history change in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuke.platform import clock, events
from shuke.platform.db import Session, raw

from ..rules.values import KEEP, Keep
from .events import MemberAttributed

# Only what is different is written. Locked in the order of members, so that two writers never cross.
_WRITE = """
    with wanted as (
        select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
            as w (member_id, store_id, employee_id, manager_id)
    ),
    held as (
        select m.member_id, s.store_id as store_before, s.employee_id as employee_before,
            m.manager_id as manager_before,
            case when $5 then w.store_id else s.store_id end as store_after,
            case when $6 then w.employee_id else s.employee_id end as employee_after,
            case when $7 then w.manager_id else m.manager_id end as manager_after
        from wanted w
        join member m using (member_id)
        join member_summary s using (member_id)
        where m.status <> 'erased'
        order by m.member_id
        for no key update of m, s
    ),
    changed as (
        select * from held
        where (store_before, employee_before, manager_before)
            is distinct from (store_after, employee_after, manager_after)
    ),
    members as (
        update member m
        set store_id = case when $5 then c.store_after else m.store_id end,
            employee_id = case when $6 then c.employee_after else m.employee_id end,
            manager_id = c.manager_after
        from changed c where m.member_id = c.member_id
    ),
    summaries as (
        update member_summary s set store_id = c.store_after, employee_id = c.employee_after
        from changed c where s.member_id = c.member_id
    )
    insert into member_attribution_change (member_id, changed_at, actor, reason, transfer_id, store_before, store_after,
        employee_before, employee_after, manager_before, manager_after)
    select member_id, $8, $9, $10, $11, store_before, store_after,
        employee_before, employee_after, manager_before, manager_after
    from changed
    returning member_id, store_before, store_after, employee_before, employee_after, manager_before, manager_after
"""


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Where members belong from now on; what is left out stays, None is nobody."""

    store_id: int | None | Keep = KEEP
    employee_id: int | None | Keep = KEEP
    manager_id: int | None | Keep = KEEP

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self.store_id is KEEP and self.employee_id is KEEP and self.manager_id is KEEP


async def attribute(
    session: Session, member_ids: Sequence[int], wanted: Attribution, *, actor: str, reason: str
) -> list[int]:
    """Give members a store, an employee, an account manager; the ids of those to whom that was new, in order."""
    return await attribute_each(session, dict.fromkeys(member_ids, wanted), actor=actor, reason=reason)


async def attribute_each(
    session: Session,
    wanted: Mapping[int, Attribution],
    *,
    actor: str,
    reason: str,
    transfer_id: int | None = None,
) -> list[int]:
    """The same with an attribution for each member; all of them name the same of the three."""
    if not wanted:
        return []
    ordered = sorted(wanted.items())
    first = ordered[0][1]
    driver = await raw(session)
    now = clock.now()
    rows = await driver.fetch(
        _WRITE,
        [member_id for member_id, _ in ordered],
        *([_or_none(getattr(one, name)) for _, one in ordered] for name in _NAMES),
        *(getattr(first, name) is not KEEP for name in _NAMES),
        now,
        actor,
        reason,
        transfer_id,
    )
    await events.publish(session, [MemberAttributed(occurred_at=now, **dict(row)) for row in rows])
    return sorted(row["member_id"] for row in rows)


_NAMES = ("store_id", "employee_id", "manager_id")


def _or_none(value: int | None | Keep) -> int | None:
    return None if value is KEEP else value
