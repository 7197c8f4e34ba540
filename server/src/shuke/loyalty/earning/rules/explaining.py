"""Why a rule gives what it gives, as facts that are stored with the award and never change."""

from collections.abc import Sequence
from typing import Any

from .case import Case
from .kinds import Given, MultiplierKind, ValueKind
from .model import RuleVersion
from .subject import Item

Part = tuple[ValueKind, Given]


def explain(version: RuleVersion, branch: int, case: Case, parts: Sequence[Part]) -> dict[str, Any]:
    """The facts of what one rule gives in one currency. `outcome` is set once caps and budgets have spoken.

    A plain rule says only what is needed: millions of its awards are stored.
    """
    subject = case.view.subject
    why: dict[str, Any] = {}
    if subject.activity == "order_paid":
        why = {
            "eligible_minor": case.eligible_minor(),
            "left_out_minor": subject.left_out_minor,
            "money": subject.money,
        }
        why.update(_paid_otherwise(case))
    else:
        why = {"activity": subject.activity}
    if len(parts) == 1:
        why.update(parts[0][1].why)
    why["outcome"] = 0
    if version.rule.plain is None:
        why["kinds"] = [kind.kind for kind, _ in parts]
        why["branch"] = branch + 1
        if len(parts) > 1:
            why["parts"] = [{"kind": kind.kind, "amount": given.amount, **given.why} for kind, given in parts]
        if version.rule.judges_lines:
            why["lines"] = _lines(case)
    return why


def explain_factor(branch: int, kind: MultiplierKind, percent: int, base: dict[str, int]) -> dict[str, Any]:
    """The facts of what a multiplier adds. `base`: what each of the other rules gave, by its code."""
    return {
        "kinds": [kind.kind],
        "branch": branch + 1,
        "factor": f"{percent / 100:g}",
        "factor_rounding": kind.rounding,
        "base": sum(base.values()),
        "base_rules": base,
        "outcome": 0,
    }


def _paid_otherwise(case: Case) -> dict[str, int]:
    """What points and coupons paid of the matching lines and does not earn, where they did."""
    paid: dict[str, int] = {}
    _, points_minor, coupon_minor = case.sums
    if points_minor and not case.on_points:
        paid["paid_by_points_minor"] = points_minor
    if coupon_minor and not case.on_coupons:
        paid["paid_by_coupons_minor"] = coupon_minor
    return paid


def _lines(case: Case) -> list[dict[str, Any]]:
    """Every line of the order; those that do not match earn nothing."""
    everything = case.view.subject.items
    if case.items is everything:
        known = case.on_points, case.on_coupons
        if known not in case.view.told:
            case.view.told[known] = [_line(item, case) for item in everything]
        return case.view.told[known]
    matching = {id(item) for item in case.items}
    return [_line(item, case) if id(item) in matching else _left_out(item) for item in everything]


def _left_out(item: Item) -> dict[str, Any]:
    return {
        "line_no": item.line_no,
        "product": item.product,
        "gross_minor": item.amount_minor,
        "eligible_minor": 0,
        "why": "not_matching",
    }


def _line(item: Item, case: Case) -> dict[str, Any]:
    """One line: its value, and what of it earns."""
    line: dict[str, Any] = {"line_no": item.line_no, "product": item.product, "gross_minor": item.amount_minor}
    if item.points_minor and not case.on_points:
        line["points_minor"] = item.points_minor
    if item.coupon_minor and not case.on_coupons:
        line["coupon_minor"] = item.coupon_minor
    line["eligible_minor"] = case.eligible_of(item)
    return line
