"""The published versions, as every order asks for them: read once for each stamp of the programme.

Whatever changes which rules hold draws a new stamp in its own transaction; a stamp is never drawn twice, in this
database or any other, so what a process keeps under a stamp is what every transaction that sees the stamp would read.
"""

from uuid import UUID

from sqlalchemy import select

from shuke.loyalty.ledger import RuleName
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..rules import RuleVersion, compiled
from ..tables import earning_rule, earning_rule_version, earning_stamp

Versions = tuple[RuleVersion, ...]

_STAMP = select(earning_stamp.c.stamp)
# One statement, so that the stamp and the versions are of one moment.
_VERSIONS = (
    select(earning_stamp.c.stamp, earning_rule_version, earning_rule.c.code)
    .select_from(earning_stamp)
    .join(earning_rule_version, earning_rule_version.c.rule_version_id > 0, isouter=True)
    .join(earning_rule, earning_rule.c.rule_id == earning_rule_version.c.rule_id, isouter=True)
    .order_by(earning_rule_version.c.rule_id, earning_rule_version.c.version)
)
_kept: tuple[UUID | None, Versions] = (None, ())


async def published_versions(session: Session) -> Versions:
    """Every published version of every rule, by rule and version."""
    global _kept
    stamp, versions = _kept
    if stamp is None or await session.scalar(_STAMP) != stamp:
        _kept = stamp, versions = await _read(session)
    return versions


async def _read(session: Session) -> tuple[UUID, Versions]:
    rows = (await session.execute(_VERSIONS)).mappings().all()
    versions = tuple(
        RuleVersion(
            rule_version_id=row["rule_version_id"],
            rule_id=row["rule_id"],
            rule_code=row["code"],
            version=row["version"],
            effective_from=row["effective_from"],
            published_at=row["published_at"],
            effective_until=row["effective_until"],
            retired_at=row["retired_at"],
            rule=compiled(row["definition"]),
        )
        for row in rows
        if row["rule_version_id"] is not None
    )
    return rows[0]["stamp"], versions


async def rule_names(session: Session) -> dict[int, RuleName]:
    """The names of all rule versions by their id."""
    rows = await session.execute(
        select(
            earning_rule_version.c.rule_version_id,
            earning_rule.c.code,
            earning_rule_version.c.version,
            earning_rule.c.name_zh,
            earning_rule.c.name_en,
        ).join(earning_rule, earning_rule.c.rule_id == earning_rule_version.c.rule_id)
    )
    return {
        row.rule_version_id: RuleName(code=row.code, version=row.version, name=LocalName(row.name_zh, row.name_en))
        for row in rows
    }
