"""Builders of benefits for tests."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .actions import BenefitWish, add_benefit, know_levels, read_members
from .rules.benefit import Benefit
from .rules.kinds import read

CAKE = {"kind": "goods", "text_zh": "蛋糕一份", "text_en": "A cake"}


async def a_benefit(
    session: Session,
    code: str,
    what: dict[str, Any],
    *,
    levels: Sequence[str] = (),
    active_from: date | None = None,
    active_until: date | None = None,
) -> Benefit:
    """A benefit that is on."""
    wish = BenefitWish(
        name=LocalName(f"权益 {code}", f"Benefit {code}"),
        description=LocalName("", ""),
        levels=tuple(levels),
        what=read(what),
        active_from=active_from,
        active_until=active_until,
        state="active",
    )
    return await add_benefit(session, code, wish)


async def known(session: Session, member_ids: Sequence[int], level: str | None = None) -> None:
    """Members whom benefits have heard of, on a level."""
    await read_members(session, member_ids)
    await know_levels(session, dict.fromkeys(member_ids, level))


async def entitlements(session: Session, member_id: int) -> list[tuple[str, str, int, int]]:
    """What a record has: occasion, state, units, used, the oldest first."""
    rows = await (await raw(session)).fetch(
        """
        select occasion, state, units, used from benefit_entitlement where member_id = $1 order by entitlement_id
        """,
        member_id,
    )
    return [tuple(row) for row in rows]


def set_day(at: datetime) -> None:
    """Set the shop's clock."""
    clock.set_offset(at - clock.wall() + timedelta(seconds=1))
