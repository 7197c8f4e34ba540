"""What each rule answers about a subject before caps and budgets: who may speak, and what they would give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .case import Case, View
from .compiled import Branch, Compiled
from .explaining import explain
from .kinds import MultiplierKind, OutwardKind
from .model import RuleVersion
from .subject import Item


@dataclass(slots=True)
class Value:
    """What a rule would give of one currency, and the facts that explain it."""

    currency: str
    amount: int
    why: dict[str, Any]


@dataclass(slots=True)
class Factor:
    """A multiplier that applies, in hundredths."""

    kind: MultiplierKind
    percent: int


@dataclass(slots=True)
class Answer:
    """What one version says to a subject. Not `why_not`: it gives something."""

    version: RuleVersion
    branch: int = 0
    values: list[Value] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    outward: tuple[OutwardKind, ...] = ()
    why_not: str | None = None
    # The rule that took this one's group, or stopped the asking.
    by: str | None = None

    @property
    def only_multiplies(self) -> bool:
        """Whether all that it gives depends on what others give."""
        return bool(self.factors) and not self.values and not self.outward


def ask(versions: Sequence[RuleVersion], view: View) -> list[Answer]:
    """The answers of versions in the order given, with groups and stops observed.

    Groups and stops go by what rules are entitled to, so that an order is judged again as it was judged first, however
    little caps had left. A multiplier that finds nothing to multiply does not keep a group from the next rule: the
    round is asked again without it.
    """
    barren: set[int] = set()
    while True:
        answers = _round(versions, view, barren)
        idle = next((answer for answer in answers if _blocks_for_nothing(answer, answers)), None)
        if idle is None:
            return answers
        barren.add(idle.version.rule_version_id)


def _round(versions: Sequence[RuleVersion], view: View, barren: set[int]) -> list[Answer]:
    answers: list[Answer] = []
    taken: dict[str, str] = {}
    stopped_by: str | None = None
    for version in versions:
        rule = version.rule
        if rule.activity != view.subject.activity or rule.event != view.subject.event:
            continue
        if stopped_by is not None:
            answers.append(Answer(version, why_not="stopped", by=stopped_by))
        elif rule.group is not None and rule.group in taken:
            answers.append(Answer(version, why_not="group", by=taken[rule.group]))
        elif version.rule_version_id in barren:
            answers.append(Answer(version, why_not="nothing"))
        else:
            answer = _answer(version, view)
            answers.append(answer)
            if answer.why_not is None:
                if rule.group is not None:
                    taken[rule.group] = version.rule_code
                if rule.stops:
                    stopped_by = version.rule_code
    return answers


def _blocks_for_nothing(answer: Answer, answers: list[Answer]) -> bool:
    rule = answer.version.rule
    if answer.why_not is not None or not answer.only_multiplies or (rule.group is None and not rule.stops):
        return False
    multiplied = {factor.kind.currency for factor in answer.factors}
    return not any(value.currency in multiplied for other in answers for value in other.values)


def _answer(version: RuleVersion, view: View) -> Answer:
    rule = version.rule
    if rule.plain is not None:
        return _plain(version, view)
    if rule.schedule is not None and not rule.schedule.hold(view):
        return Answer(version, why_not="schedule")
    if rule.audience is not None and not rule.audience.holds(view.whole()):
        return Answer(version, why_not="audience")
    found = _match(rule, view)
    if found is None:
        return Answer(version, why_not="branches")
    number, branch, items = found
    answer = Answer(version, branch=number)
    case = Case(view, items, on_points=rule.on_points, on_coupons=rule.on_coupons)
    if view.subject.activity == "order_paid" and case.eligible_minor() <= 0:
        answer.why_not = "nothing"
        return answer
    _give(answer, branch, case)
    if not answer.values and not answer.factors and not answer.outward:
        answer.why_not = "nothing"
    return answer


def _plain(version: RuleVersion, view: View) -> Answer:
    plain = version.rule.plain
    assert plain is not None
    case = Case(view, view.subject.items, on_points=False, on_coupons=False)
    given = plain.gives(case)
    if given.amount == 0:
        return Answer(version, why_not="nothing")
    return Answer(version, values=[Value(plain.currency, given.amount, explain(version, 0, case, [(plain, given)]))])


def _match(rule: Compiled, view: View) -> tuple[int, Branch, Sequence[Item]] | None:
    """The first branch whose condition holds, and the items that it is about."""
    items = view.subject.items
    for number, branch in enumerate(rule.branches):
        if branch.when is None:
            return number, branch, items
        if not branch.matches_lines:
            if branch.when.holds(view.whole()):
                return number, branch, items
            continue
        holds = branch.when.holds
        matching = [item for item, facts in zip(items, view.lines(), strict=True) if holds(facts)]
        if matching:
            return number, branch, matching
    return None


def _give(answer: Answer, branch: Branch, case: Case) -> None:
    for currency, effects in branch.values:
        parts, amount = [], 0
        for kind in effects:
            given = kind.gives(case)
            if given is not None and given.amount > 0:
                parts.append((kind, given))
                amount += given.amount
        if parts:
            answer.values.append(Value(currency, amount, explain(answer.version, answer.branch, case, parts)))
    for multiplier in branch.multipliers:
        percent = multiplier.percent(case)
        if percent is not None and percent > 100:
            answer.factors.append(Factor(multiplier, percent))
    answer.outward = branch.outward
