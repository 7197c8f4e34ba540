"""Rules as they are answered: records with their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuke.platform.errors import AppError

from .proving import Proved, find_definition
from .queries import RuleRecord, VersionRecord
from .rules import Definition
from .schemas import (
    EarningRuleDetailOut,
    EarningRuleOut,
    RuleChangeOut,
    RuleCheckOut,
    RuleDraftOut,
    RulePartOut,
    RuleProblemOut,
    RuleVersionOut,
)
from .telling import Difference, Part, Words, compare, summary, tell


@dataclass(frozen=True)
class Said:
    """A definition in words; empty where it cannot be said, as in a draft that is not finished."""

    summary: str = ""
    parts: tuple[Part, ...] = ()


def say(stored: Mapping[str, Any], words: Words) -> Said:
    """A stored definition in words."""
    definition = find_definition(stored)
    if definition is None:
        return Said()
    try:
        return Said(summary(definition, words), tuple(tell(definition, words)))
    except AppError:
        # A condition asks about something that is there no more.
        return Said()


def show_rule(rule: RuleRecord, words: Words, at: datetime) -> EarningRuleOut:
    """A rule as lists show it."""
    shown = rule.live(at) or rule.newest
    stored = shown.definition if shown else rule.draft.definition if rule.draft else None
    definition = find_definition(stored) if stored else None
    return EarningRuleOut(
        code=rule.code,
        name=rule.name,
        state=rule.state(at),
        version=shown.version if shown else None,
        effective_from=shown.effective_from if shown else None,
        effective_until=shown.effective_until if shown else None,
        has_draft=rule.draft is not None,
        summary=say(stored, words).summary if stored else "",
        activity=definition.activity if definition else None,
        currencies=_currencies(definition),
    )


def show_detail(rule: RuleRecord, words: Words, at: datetime) -> EarningRuleDetailOut:
    """A rule with its draft and every version."""
    shown = rule.live(at) or rule.newest
    stored = shown.definition if shown else rule.draft.definition if rule.draft else None
    return EarningRuleDetailOut(
        **show_rule(rule, words, at).model_dump(exclude={"name"}),
        name=rule.name,
        parts=show_parts(say(stored, words).parts) if stored else [],
        draft=RuleDraftOut(**vars(rule.draft), summary=say(rule.draft.definition, words).summary)
        if rule.draft
        else None,
        versions=[show_version(one, rule, words, at) for one in reversed(rule.versions)],
    )


def show_version(one: VersionRecord, rule: RuleRecord, words: Words, at: datetime) -> RuleVersionOut:
    """A version with its words."""
    return RuleVersionOut.of(one, rule, at, say(one.definition, words).summary)


def show_check(proved: Proved, stored: Mapping[str, Any], rule: RuleRecord | None, words: Words) -> RuleCheckOut:
    """What is wrong with a definition, what it says, and what it changes."""
    said = say(stored, words)
    before = rule.newest if rule else None
    changes = compare(say(before.definition, words).parts, said.parts) if before and said.parts else []
    return RuleCheckOut(
        problems=[RuleProblemOut(**vars(problem)) for problem in proved.problems],
        summary=said.summary,
        parts=show_parts(said.parts),
        changes=show_changes(changes),
    )


def show_parts(parts: tuple[Part, ...]) -> list[RulePartOut]:
    """Parts as they are answered."""
    return [RulePartOut(**vars(part)) for part in parts]


def show_changes(changes: list[Difference]) -> list[RuleChangeOut]:
    """Differences as they are answered."""
    return [RuleChangeOut(**vars(change)) for change in changes]


def _currencies(definition: Definition | None) -> list[str]:
    if definition is None:
        return []
    effects = [effect for branch in definition.branches for effect in branch.effects]
    return sorted({effect.currency for effect in effects if hasattr(effect, "currency")})
