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
            "eligible_minor": case.eligible_minor(case.items),
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
            why["lines"] = [_line(item, case) for item in subject.items]
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
    points_minor = 0 if case.on_points else sum(item.points_minor for item in case.items)
    coupon_minor = 0 if case.on_coupons else sum(item.coupon_minor for item in case.items)
    if points_minor:
        paid["paid_by_points_minor"] = points_minor
    if coupon_minor:
        paid["paid_by_coupons_minor"] = coupon_minor
    return paid


def _line(item: Item, case: Case) -> dict[str, Any]:
    """One line: its value, what of it earns, and why the rest does not."""
    line: dict[str, Any] = {"line_no": item.line_no, "product": item.product, "gross_minor": item.amount_minor}
    if not any(item is one for one in case.items):
        return {**line, "eligible_minor": 0, "why": "not_matching"}
    if item.points_minor and not case.on_points:
        line["points_minor"] = item.points_minor
    if item.coupon_minor and not case.on_coupons:
        line["coupon_minor"] = item.coupon_minor
    return {**line, "eligible_minor": case.eligible_minor((item,))}
