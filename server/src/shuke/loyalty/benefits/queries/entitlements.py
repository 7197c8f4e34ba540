"""Questions about what members were granted and used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..rules.benefit import EntitlementState
from ..tables import benefit_entitlement, benefit_use

MOST_SHOWN = 200

_HISTORY = """
    select number, at, what, benefit_id, unit_no, because from (
        select entitlement_id * 4 as number, granted_at as at, 'granted' as what, benefit_id, null::int as unit_no,
            reason as because
        from benefit_entitlement where member_id = any($1::bigint[])
        union all
        select entitlement_id * 4 + 1, ended_at, state, benefit_id, null, ended_because
        from benefit_entitlement
        where member_id = any($1::bigint[]) and state in ('expired', 'revoked') and ended_at is not null
        union all
        select u.use_id * 4 + 2, u.used_at, 'used', e.benefit_id, u.unit_no, u.order_number
        from benefit_use u join benefit_entitlement e using (member_id, entitlement_id)
        where u.member_id = any($1::bigint[])
    ) happened
    where $2::timestamptz is null or (at, number) < ($2, $3)
    order by at desc, number desc limit $4
"""


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """What a member was granted. `state` is as of now: what is over is expired, whether or not it was noted yet."""

    entitlement_id: int
    member_id: int
    benefit_id: int
    occasion: str
    gift: dict[str, Any]
    units: int
    used: int
    state: EntitlementState
    granted_at: datetime
    granted_by: str
    reason: str | None
    expires_at: datetime | None
    ended_at: datetime | None
    ended_because: str | None


@dataclass(frozen=True, kw_only=True)
class Use:
    """One unit that was handed over."""

    use_id: int
    entitlement_id: int
    unit_no: int
    used_at: datetime
    actor: str
    store_id: int | None
    employee_id: int | None
    order_number: str | None


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to a member's entitlements; `number` orders those of one moment."""

    number: int
    at: datetime
    what: str
    benefit_id: int
    unit_no: int | None
    because: str | None


async def list_entitlements(session: Session, member_ids: Sequence[int]) -> list[Entitlement]:
    """What somebody, by all their ids, was granted: what can be used first, then the newest."""
    column = benefit_entitlement.c
    rows = await session.execute(
        select(benefit_entitlement)
        .where(column.member_id.in_(list(member_ids)))
        .order_by((column.state != "open"), column.granted_at.desc(), column.entitlement_id.desc())
        .limit(MOST_SHOWN)
    )
    return [entitlement_of(row._mapping) for row in rows]


async def list_uses(session: Session, member_ids: Sequence[int], entitlement_ids: Sequence[int]) -> list[Use]:
    """What was handed over of some of their entitlements, the oldest first."""
    column = benefit_use.c
    rows = await session.execute(
        select(benefit_use)
        .where(column.member_id.in_(list(member_ids)), column.entitlement_id.in_(list(entitlement_ids)))
        .order_by(column.use_id)
    )
    return [Use(**{name: value for name, value in row._mapping.items() if name != "member_id"}) for row in rows]


async def list_happened(
    session: Session, member_ids: Sequence[int], *, before: tuple[datetime, int] | None, limit: int
) -> list[Happened]:
    """What happened to somebody's entitlements, newest first, before an (instant, number)."""
    driver = await raw(session)
    at, number = before or (None, None)
    rows = await driver.fetch(_HISTORY, list(member_ids), at, number, limit)
    return [Happened(**dict(row)) for row in rows]


def entitlement_of(row: Any) -> Entitlement:
    """A row as it stands now."""
    values = {name: row[name] for name in Entitlement.__dataclass_fields__}
    if values["state"] == "open" and values["expires_at"] is not None and values["expires_at"] <= clock.now():
        values["state"] = "expired"
    return Entitlement(**values)
