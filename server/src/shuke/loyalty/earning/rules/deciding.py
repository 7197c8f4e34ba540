"""What an activity earns under the rules in force, and what an order still deserves after a refund."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from .answers import Answer, ask
from .case import View
from .compiled import Branch, outward_name
from .explaining import explain_factor
from .kinds import PerAmount
from .model import Decision, Effect, Grant, RuleVersion
from .room import Granted, Room
from .subject import Subject

_PLACE = attrgetter("place")


def in_force(versions: Sequence[RuleVersion], at: datetime, known_at: datetime | None = None) -> list[RuleVersion]:
    """Of each rule the newest version in force at an instant, by rule. `known_at`: as far as it was published, or
    retired, by then, so that an order is judged again by what was known when it came.
    """
    newest: dict[int, RuleVersion] = {}
    for version in versions:
        known = newest.get(version.rule_id)
        if (
            (known_at is None or version.published_at <= known_at)
            and version.effective_from <= at
            and (known is None or known.version < version.version)
        ):
            newest[version.rule_id] = version
    return [version for version in newest.values() if not _is_retired(version, at, known_at)]


def _is_retired(version: RuleVersion, at: datetime, known_at: datetime | None) -> bool:
    if version.effective_until is None or version.effective_until > at:
        return False
    return known_at is None or version.retired_at is None or version.retired_at <= known_at


def decide(versions: Sequence[RuleVersion], subject: Subject, room: Room | None = None) -> Decision:
    """What the subject earns under versions in force, in whatever order they come. Without a room, as if there were no
    caps and budgets: that is how an order is judged again after a refund.
    """
    decision = Decision()
    answers = ask(sorted(versions, key=_PLACE), View(subject))
    for answer in answers:
        if answer.why_not is not None:
            decision.passed_over.append(_passed_over(answer.version, answer.why_not, answer.by))
            continue
        for value in answer.values:
            granted = _grant(room, answer.version, value.currency, subject, value.amount)
            _note(decision, answer.version, value.currency, value.amount, granted, value.why)
    _multiply(decision, answers, subject, room)
    for answer in answers:
        for outward in answer.outward:
            granted = _grant(room, answer.version, outward_name(outward.kind), subject, 1)
            if granted.amount:
                decision.effects.append(Effect(answer.version, outward.kind, outward.parameters))
            else:
                decision.passed_over.append(_cut(answer.version, outward.kind, 1, granted))
    return decision


def _multiply(decision: Decision, answers: Sequence[Answer], subject: Subject, room: Room | None) -> None:
    """Multipliers add to what the rules beside them gave, never to one another."""
    base = list(decision.grants)
    whole = [(answer.version, value.currency, value.amount) for answer in answers for value in answer.values]
    for answer in answers:
        version = answer.version
        for factor in answer.factors:
            kind = factor.kind
            others = [amount for other, currency, amount in whole if currency == kind.currency and other is not version]
            entitled = kind.added(factor.percent, sum(others))
            given = [grant for grant in base if grant.currency == kind.currency and grant.version is not version]
            by_rule = {grant.version.rule_code: grant.amount for grant in given}
            wanted = kind.added(factor.percent, sum(by_rule.values()))
            if wanted == 0:
                decision.passed_over.append(_nothing_to_raise(decision, version, kind.currency, entitled))
                continue
            granted = _grant(room, version, kind.currency, subject, wanted)
            why = explain_factor(answer.branch, kind, factor.percent, by_rule)
            _note(decision, version, kind.currency, entitled, granted, why)


def _nothing_to_raise(decision: Decision, version: RuleVersion, currency: str, entitled: int) -> dict[str, Any]:
    """A multiplier without a base; where limits of the other rules took it, these are named."""
    told = _passed_over(version, "nothing")
    if entitled == 0:
        return told
    cut = [grant.explanation.get("cuts", ()) for grant in decision.grants if grant.currency == currency]
    gone = [one["cuts"] for one in decision.passed_over if one.get("currency") == currency]
    return {**told, "currency": currency, "entitled": entitled, "cuts": [one for cuts in (*cut, *gone) for one in cuts]}


def _grant(room: Room | None, version: RuleVersion, counted: str, subject: Subject, wanted: int) -> Granted:
    if room is None or not version.rule.limits:
        return Granted(wanted)
    return room.grant(version, counted, subject.member_id, subject.day, wanted)


def _note(
    decision: Decision, version: RuleVersion, currency: str, entitled: int, granted: Granted, why: dict[str, Any]
) -> None:
    """Note a grant; or, where caps and budgets left nothing of it, that it was passed over."""
    if granted.amount == 0:
        decision.passed_over.append(_cut(version, currency, entitled, granted))
        return
    why["outcome"] = granted.amount
    if granted.cuts:
        why["entitled"] = entitled
        why["cuts"] = list(granted.cuts)
    decision.grants.append(Grant(version, currency, entitled, granted.amount, why))


def _cut(version: RuleVersion, counted: str, entitled: int, granted: Granted) -> dict[str, Any]:
    cuts = list(granted.cuts)
    told = _passed_over(version, cuts[-1]["of"])
    return {**told, "currency": counted, "entitled": entitled, "cuts": cuts}


def _passed_over(version: RuleVersion, why: str, by: str | None = None) -> dict[str, Any]:
    """Why a rule gave nothing: schedule, audience, branches, group, stopped, nothing, cap, budget."""
    told: dict[str, Any] = {"rule": version.rule_code, "version": version.version, "why": why}
    if by is not None:
        told["by"] = by
    return told


def unmatched(versions: Sequence[RuleVersion], amount_minor: int) -> dict[str, int]:
    """What goods value without an order would earn, by currency: only rules that pay for each amount whatever the
    order is; everything else depends on an order that nobody knows.
    """
    amounts: dict[str, int] = {}
    groups: set[str] = set()
    for version in sorted(versions, key=_PLACE):
        rule = version.rule
        if rule.activity != "order_paid" or rule.schedule or rule.audience or rule.group in groups:
            continue
        if rule.group is not None:
            groups.add(rule.group)
        for kind in _always(rule.branches[0]):
            amounts[kind.currency] = amounts.get(kind.currency, 0) + kind.worth(amount_minor)
    return amounts


def _always(branch: Branch) -> list[PerAmount]:
    if branch.when:
        return []
    return [kind for _, effects in branch.values for kind in effects if isinstance(kind, PerAmount)]
