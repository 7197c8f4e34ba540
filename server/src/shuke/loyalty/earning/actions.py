"""Verbs of earning rules."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shuke.platform import clock
from shuke.platform.db import Session

from .tables import earning_rule, earning_rule_version


async def publish_rule(
    session: Session,
    *,
    code: str,
    name_zh: str,
    name_en: str,
    effective_from: datetime,
    parameters: dict[str, Any],
) -> int:
    """Publish a new version of a rule, making the rule when its code is new. Returns the rule version's id."""
    rule_id = await session.scalar(select(earning_rule.c.rule_id).where(earning_rule.c.code == code).with_for_update())
    if rule_id is None:
        rule_id = await session.scalar(
            earning_rule.insert().values(code=code, name_zh=name_zh, name_en=name_en).returning(earning_rule.c.rule_id)
        )
    last = await session.scalar(
        select(func.max(earning_rule_version.c.version)).where(earning_rule_version.c.rule_id == rule_id)
    )
    version_id: int | None = await session.scalar(
        earning_rule_version.insert()
        .values(
            rule_id=rule_id,
            version=(last or 0) + 1,
            effective_from=effective_from,
            # What holds from before today is there from its first day on: orders of that time are judged by it.
            published_at=min(effective_from, clock.now()),
            parameters=parameters,
        )
        .returning(earning_rule_version.c.rule_version_id)
    )
    assert version_id is not None
    return version_id
