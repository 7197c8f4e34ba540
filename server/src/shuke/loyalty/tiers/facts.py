"""What conditions can ask of tiers; the levels to choose from are those of the shop's scheme."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from shuke.people import members
from shuke.platform.conditions import Choice, Fact, FactSource
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import tier_level

_GROUP = LocalName("等级", "Tier")

TIER = members.summary_fact(
    "tier_code",
    name="member.tier",
    type="text",
    label=LocalName("会员等级", "Tier"),
    group=_GROUP,
)
VALID_UNTIL = members.summary_fact(
    "tier_valid_until",
    name="member.tier_valid_until",
    type="date",
    label=LocalName("等级有效期至", "Tier is valid until"),
    group=_GROUP,
)


async def _load(session: Session) -> Sequence[Fact]:
    level = tier_level.c
    rows = await session.execute(select(level.code, level.name_zh, level.name_en).order_by(level.scheme_id, level.rank))
    levels = {row.code: Choice(value=row.code, label=LocalName(row.name_zh, row.name_en)) for row in rows}
    return [replace(TIER, choices=tuple(levels.values()) or None)]


FACTS = FactSource(facts=(TIER, VALID_UNTIL), load=_load)
