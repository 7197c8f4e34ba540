"""Questions about benefits as they are set up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import BenefitNotFound
from ..rules.benefit import Benefit
from ..rules.kinds import read
from ..tables import benefit, benefit_entitlement


async def list_benefits(session: Session) -> list[Benefit]:
    """Every benefit, in the order in which they were added."""
    rows = await session.execute(select(benefit).order_by(benefit.c.benefit_id))
    return [_benefit(row) for row in rows]


async def get_benefit(session: Session, code: str) -> Benefit:
    """One benefit. Raises BenefitNotFound."""
    row = (await session.execute(select(benefit).where(benefit.c.code == code))).one_or_none()
    if row is None:
        raise BenefitNotFound(benefit=code)
    return _benefit(row)


async def lock_benefit(session: Session, code: str) -> Benefit:
    """One benefit, kept from others until the transaction ends. Raises BenefitNotFound."""
    row = (await session.execute(select(benefit).where(benefit.c.code == code).with_for_update())).one_or_none()
    if row is None:
        raise BenefitNotFound(benefit=code)
    return _benefit(row)


async def get_benefits(session: Session, benefit_ids: Sequence[int]) -> dict[int, Benefit]:
    """Benefits by id."""
    rows = await session.execute(select(benefit).where(benefit.c.benefit_id.in_(sorted(set(benefit_ids)))))
    return {row.benefit_id: _benefit(row) for row in rows}


async def has_grants(session: Session, benefit_id: int) -> bool:
    """Whether anybody has ever been granted it."""
    column = benefit_entitlement.c
    found = await session.execute(select(column.entitlement_id).where(column.benefit_id == benefit_id).limit(1))
    return found.first() is not None


async def uses_of_benefits(session: Session) -> dict[int, tuple[int, int]]:
    """How many units of each benefit were granted, and how many of them used: sums over everybody."""
    column = benefit_entitlement.c
    rows = await session.execute(
        select(column.benefit_id, func.sum(column.units), func.sum(column.used)).group_by(column.benefit_id)
    )
    return {benefit_id: (int(units), int(used)) for benefit_id, units, used in rows}


def _benefit(row: Row[Any]) -> Benefit:
    return Benefit(
        benefit_id=row.benefit_id,
        code=row.code,
        name=LocalName(row.name_zh, row.name_en),
        description=LocalName(row.description_zh, row.description_en),
        levels=tuple(row.levels),
        what=read(row.parameters),
        active_from=row.active_from,
        active_until=row.active_until,
        state=row.state,
        version=row.version,
        added_at=row.added_at,
    )
