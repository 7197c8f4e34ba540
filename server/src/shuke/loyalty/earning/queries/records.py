"""Rules as people keep them: names, a draft, and the versions that were published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import RuleNotFound, RuleVersionNotFound
from ..tables import earning_rule, earning_rule_draft, earning_rule_version

# A decision asks every rule in force; more than these nobody could survey either.
MOST_RULES = 500

State = Literal["draft", "scheduled", "live", "retired"]


@dataclass(frozen=True, kw_only=True)
class VersionRecord:
    """A published version. `effective_until`: where the rule was retired, the instant from which it no longer holds."""

    rule_version_id: int
    version: int
    definition: dict[str, Any]
    note: str
    effective_from: datetime
    published_at: datetime
    published_by: str
    effective_until: datetime | None
    retired_at: datetime | None
    retired_by: str | None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What waits to be published."""

    definition: dict[str, Any]
    note: str
    revision: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, kw_only=True)
class RuleRecord:
    """A rule: its versions, oldest first, and its draft."""

    rule_id: int
    code: str
    name: LocalName
    versions: tuple[VersionRecord, ...]
    draft: Draft | None

    @property
    def newest(self) -> VersionRecord | None:
        """The version published last."""
        return self.versions[-1] if self.versions else None

    def live(self, at: datetime) -> VersionRecord | None:
        """The version in force at an instant: the newest that has begun, unless it has ended."""
        begun = [one for one in self.versions if one.effective_from <= at]
        if not begun or (begun[-1].effective_until is not None and begun[-1].effective_until <= at):
            return None
        return begun[-1]

    def state(self, at: datetime) -> State:
        """What the rule is at an instant."""
        if self.newest is None:
            return "draft"
        if self.live(at):
            return "live"
        return "scheduled" if self._will_begin(at) else "retired"

    def _will_begin(self, at: datetime) -> bool:
        newest = self.newest
        assert newest is not None
        ends = newest.effective_until
        return newest.effective_from > at and (ends is None or ends > newest.effective_from)

    def get_version(self, version: int) -> VersionRecord:
        """One version. Raises RuleVersionNotFound."""
        if not 1 <= version <= len(self.versions):
            raise RuleVersionNotFound(rule=self.code, version=version)
        return self.versions[version - 1]


async def list_rules(session: Session) -> list[RuleRecord]:
    """Every rule by code."""
    return await _load(session, None)


async def find_rule(session: Session, code: str) -> RuleRecord | None:
    """A rule by its code, if there is one."""
    found = await _load(session, code)
    return found[0] if found else None


async def get_rule(session: Session, code: str) -> RuleRecord:
    """A rule by its code. Raises RuleNotFound."""
    found = await find_rule(session, code)
    if found is None:
        raise RuleNotFound(rule=code)
    return found


async def _load(session: Session, code: str | None) -> list[RuleRecord]:
    rules = (
        select(earning_rule, *(column for column in earning_rule_draft.c if column.name != "rule_id"))
        .join_from(
            earning_rule, earning_rule_draft, earning_rule_draft.c.rule_id == earning_rule.c.rule_id, isouter=True
        )
        .order_by(earning_rule.c.code)
    )
    versions = (
        select(earning_rule_version)
        .join(earning_rule, earning_rule.c.rule_id == earning_rule_version.c.rule_id)
        .order_by(earning_rule_version.c.rule_id, earning_rule_version.c.version)
    )
    if code is not None:
        rules, versions = rules.where(earning_rule.c.code == code), versions.where(earning_rule.c.code == code)
    rows = (await session.execute(rules)).mappings().all()
    by_rule: dict[int, list[VersionRecord]] = {}
    for row in (await session.execute(versions)).mappings() if rows else ():
        own = {name: value for name, value in row.items() if name != "rule_id"}
        by_rule.setdefault(row["rule_id"], []).append(VersionRecord(**own))
    return [
        RuleRecord(
            rule_id=row["rule_id"],
            code=row["code"],
            name=LocalName(row["name_zh"], row["name_en"]),
            versions=tuple(by_rule.get(row["rule_id"], ())),
            draft=None
            if row["revision"] is None
            else Draft(**{name: row[name] for name in ("definition", "note", "revision", "saved_at", "saved_by")}),
        )
        for row in rows
    ]
