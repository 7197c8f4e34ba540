"""What earning rules say of an award beyond a rate: multipliers, limits, and what points and coupons paid. Pure."""

from collections.abc import Mapping
from typing import Any

from shuke.platform.i18n import Language
from shuke.platform.money import format_money

Facts = Mapping[str, Any]

_MULTIPLIED = {
    "zh": "其他规则共得 {base} {unit}，按 {factor} 倍另加 {outcome} {unit}",
    "en": "{factor} times the {base} {unit} that other rules gave: {outcome} more",
}
_PAID = {
    "paid_by_points_minor": {"zh": "积分抵扣的 {amount} 不计", "en": "the {amount} paid by points earns nothing"},
    "paid_by_coupons_minor": {"zh": "优惠券抵扣的 {amount} 不计", "en": "the {amount} paid by coupons earns nothing"},
}
_CUT = {
    "zh": "本应得 {entitled} {unit}，因{of}{period}{limit}，少发 {missing} {unit}",
    "en": "{entitled} {unit} by the rule, {missing} of them beyond {of} of {limit} {period}",
}
_OF = {
    "cap": {"zh": "每位会员", "en": "the cap for each member"},
    "budget": {"zh": "规则预算", "en": "the budget of the rule"},
}
_PERIOD = {
    "day": {"zh": "每天", "en": "a day"},
    "week": {"zh": "每周", "en": "a week"},
    "month": {"zh": "每月", "en": "a month"},
    "year": {"zh": "每年", "en": "a year"},
    "lifetime": {"zh": "累计", "en": "in all"},
}
_LIMIT = {
    "amount": {"zh": "最多 {limit} {unit}", "en": "{limit} {unit}"},
    "times": {"zh": "最多 {limit} 次", "en": "{limit} times"},
}
_LEFT_OUT = {"zh": "不在规则范围内，不计积分", "en": "Not covered by the rule: earns nothing"}
_PART = {
    "points_minor": {"zh": "积分抵扣 {amount} 不计", "en": "{amount} paid by points does not count"},
    "coupon_minor": {"zh": "优惠券抵扣 {amount} 不计", "en": "{amount} paid by coupons does not count"},
}
_BETWEEN = {"zh": "，", "en": ", "}


def grouped(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sentence with their whole numbers as people read them: 1,224."""
    return {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}


def multiplied(facts: Facts, *, unit: str, language: Language) -> str | None:
    """What a multiplier added; None where none did."""
    if "factor" not in facts:
        return None
    told = {name: facts[name] for name in ("base", "factor", "outcome")}
    return _MULTIPLIED[language].format(unit=unit, **grouped(told))


def further(facts: Facts, *, unit: str, language: Language) -> list[str]:
    """What was paid otherwise, and what caps and budgets held back."""
    clauses = [
        text[language].format(amount=format_money(facts[name], facts["money"]))
        for name, text in _PAID.items()
        if facts.get(name)
    ]
    cuts = facts.get("cuts")
    if cuts:
        # The last one decided: each limit judges what those before it left.
        cut = cuts[-1]
        limit = _LIMIT[cut["counts"]][language].format(**grouped({"limit": cut["limit"], "unit": unit}))
        clauses.append(
            _CUT[language].format(
                **grouped({"entitled": facts["entitled"], "missing": facts["entitled"] - facts["outcome"]}),
                unit=unit,
                of=_OF[cut["of"]][language],
                period=_PERIOD[cut["period"]][language],
                limit=limit,
            )
        )
    return clauses


def line_facts(facts: Facts) -> dict[int, Facts]:
    """What a rule that judges single lines says of each, by the line's number; nothing where it took the sum."""
    return {line["line_no"]: line for line in facts.get("lines", ())}


def why_line(told: Facts, money: str, language: Language) -> str | None:
    """Why a line earns nothing, or not in full; None where it does."""
    if told.get("why") == "not_matching":
        return _LEFT_OUT[language]
    parts = [
        text[language].format(amount=format_money(told[name], money)) for name, text in _PART.items() if told.get(name)
    ]
    return _BETWEEN[language].join(parts) or None
