"""Questions about earning rules."""

from sqlalchemy import select

from shuke.loyalty.ledger import RuleName
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .rules import RuleVersion
from .rules.kinds.per_amount import PerAmount
from .tables import earning_rule, earning_rule_version


async def published_versions(session: Session) -> tuple[RuleVersion, ...]:
    """Every published version of every rule, by rule and version."""
    rows = await session.execute(
        select(earning_rule_version, earning_rule.c.code)
        .join(earning_rule, earning_rule.c.rule_id == earning_rule_version.c.rule_id)
        .order_by(earning_rule.c.rule_id, earning_rule_version.c.version)
    )
    return tuple(
        RuleVersion(
            rule_version_id=row["rule_version_id"],
            rule_id=row["rule_id"],
            rule_code=row["code"],
            version=row["version"],
            effective_from=row["effective_from"],
            published_at=row["published_at"],
            parameters=PerAmount(**{k: v for k, v in row["parameters"].items() if k != "kind"}),
        )
        for row in rows.mappings()
    )


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
