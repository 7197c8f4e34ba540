"""What becomes of entitlements: used unit by unit, revoked, expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import audit, clock, events
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session, raw

from ..errors import EntitlementExpired, EntitlementNotFound, EntitlementRevoked, EntitlementUsedUp
from ..events import BenefitExpired, BenefitRevoked, BenefitUsed
from ..queries.entitlements import Entitlement, entitlement_of
from ..tables import benefit, benefit_entitlement, benefit_use

_USE = """
    update benefit_entitlement
    set used = used + 1, state = case when used + 1 = units then 'used' else 'open' end,
        ended_at = case when used + 1 = units then $2::timestamptz end
    where entitlement_id = $1
"""
_REVOKE = """
    update benefit_entitlement e
    set state = 'revoked', ended_at = $2, ended_by = $3, ended_because = $4, merge_id = $5
    from benefit b
    where e.entitlement_id = any($1::bigint[]) and e.state = 'open' and b.benefit_id = e.benefit_id
    returning e.entitlement_id, e.member_id, b.code, b.kind
"""
_OVER = """
    with over as (
        select entitlement_id from benefit_entitlement
        where state = 'open' and expires_at <= $1 order by expires_at, entitlement_id limit $2
        for update skip locked
    )
    update benefit_entitlement e set state = 'expired', ended_at = e.expires_at
    from over, benefit b
    where e.entitlement_id = over.entitlement_id and b.benefit_id = e.benefit_id
    returning e.entitlement_id, e.member_id, e.units - e.used as remaining, e.expires_at, b.code, b.kind
"""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Where, by whom and with which order a unit is handed over."""

    store_id: int | None = None
    employee_id: int | None = None
    order_number: str | None = None


async def use(
    session: Session, member_id: int, entitlement_id: int, handover: Handover, *, actor: Actor
) -> Entitlement:
    """Use one unit. Whoever comes at the same moment waits, and finds what is left.

    Raises EntitlementNotFound, EntitlementUsedUp, EntitlementExpired, EntitlementRevoked, members.MemberNotActive,
    organization.StoreNotFound and organization.EmployeeNotFound.
    """
    await members.require_active(session, member_id)
    if handover.store_id is not None:
        await organization.get_store(session, handover.store_id)
    if handover.employee_id is not None:
        await organization.get_employee(session, handover.employee_id, actor.sight)
    row = await _lock(session, member_id, entitlement_id)
    known = entitlement_of(row)
    await _require_usable(session, known)
    now = clock.now()
    driver = await raw(session)
    await driver.execute(_USE, entitlement_id, now)
    await session.execute(
        benefit_use.insert().values(
            member_id=known.member_id,
            entitlement_id=entitlement_id,
            unit_no=known.used + 1,
            used_at=now,
            actor=actor.name,
            **vars(handover),
        )
    )
    event = BenefitUsed(
        member_id=member_id,
        occurred_at=now,
        entitlement_id=entitlement_id,
        benefit=row["benefit"],
        kind=row["benefit_kind"],
        unit_no=known.used + 1,
        left=known.units - known.used - 1,
        store_id=handover.store_id,
        employee_id=handover.employee_id,
        order_number=handover.order_number,
    )
    await events.publish(session, [event])
    audit.describe(object_id=entitlement_id, member_id=member_id, details={"benefit": row["benefit"]})
    return entitlement_of(await _lock(session, member_id, entitlement_id))


async def revoke(session: Session, member_id: int, entitlement_id: int, reason: str, *, actor: Actor) -> Entitlement:
    """Take away what is left of an entitlement.

    Raises EntitlementNotFound, EntitlementUsedUp, EntitlementExpired and EntitlementRevoked.
    """
    row = await _lock(session, member_id, entitlement_id)
    await _require_usable(session, entitlement_of(row))
    await revoke_many(session, [entitlement_id], because=reason, actor=actor.name)
    audit.describe(object_id=entitlement_id, member_id=member_id, details={"benefit": row["benefit"], "reason": reason})
    return entitlement_of(await _lock(session, member_id, entitlement_id))


async def revoke_many(
    session: Session,
    entitlement_ids: Sequence[int],
    *,
    because: str,
    actor: str = SYSTEM.name,
    merge_id: int | None = None,
) -> int:
    """Take away those of these entitlements that are open; how many. `merge_id`: undoing the merge opens them again."""
    if not entitlement_ids:
        return 0
    now = clock.now()
    rows = await (await raw(session)).fetch(_REVOKE, sorted(entitlement_ids), now, actor, because, merge_id)
    await events.publish(
        session,
        [
            BenefitRevoked(
                member_id=row["member_id"],
                occurred_at=now,
                entitlement_id=row["entitlement_id"],
                benefit=row["code"],
                kind=row["kind"],
                reason=because,
            )
            for row in rows
        ],
    )
    return len(rows)


async def expire(session: Session, limit: int) -> int:
    """Note of some entitlements that they are over; how many."""
    rows = await (await raw(session)).fetch(_OVER, clock.now(), limit)
    await events.publish(
        session,
        [
            BenefitExpired(
                member_id=row["member_id"],
                occurred_at=row["expires_at"],
                entitlement_id=row["entitlement_id"],
                benefit=row["code"],
                kind=row["kind"],
                left=row["remaining"],
            )
            for row in rows
        ],
    )
    return len(rows)


async def _lock(session: Session, member_id: int, entitlement_id: int) -> Any:
    everybody = await members.aliases(session, member_id)
    column = benefit_entitlement.c
    found = await session.execute(
        select(benefit_entitlement, benefit.c.code.label("benefit"), benefit.c.kind.label("benefit_kind"))
        .join(benefit, benefit.c.benefit_id == column.benefit_id)
        .where(column.entitlement_id == entitlement_id, column.member_id.in_(everybody))
        .with_for_update(of=benefit_entitlement)
    )
    row = found.one_or_none()
    if row is None:
        raise EntitlementNotFound
    return row._mapping


async def _require_usable(session: Session, known: Entitlement) -> None:
    if known.state == "used":
        raise EntitlementUsedUp(units=known.units)
    if known.state == "revoked":
        raise EntitlementRevoked
    if known.state == "expired":
        zone = (await organization.get_shop(session)).zone
        day = clock.last_day(known.expires_at, zone).isoformat() if known.expires_at else ""
        raise EntitlementExpired(day=day)
