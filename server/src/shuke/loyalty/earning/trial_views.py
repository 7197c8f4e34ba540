"""What was tried, in words: rule by rule what it gives and why, and why the others give nothing."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .queries import list_rules
from .rules import Grant
from .schemas import RuleTrialOut, TrialEffectOut, TrialGrantOut, TrialLineOut, TrialPassedOut, TrialTotalOut
from .telling import Words
from .trying import Tried

_WHY_NOT = {
    "schedule": ("不在规则的时间范围内", "it does not hold at that time"),
    "audience": ("会员不在适用范围内", "the member is not among those it is for"),
    "branches": ("没有一个条件满足", "none of its conditions hold"),
    "group": ("同一互斥组的规则 {by} 已发放", "rule {by} of the same group gave already"),
    "stopped": ("规则 {by} 发放后停止了后续规则", "rule {by} stops the rules after it"),
    "nothing": ("没有可计的金额或次数", "nothing in it counts for this rule"),
    "cap": ("会员上限已满，整笔不发", "the member's cap leaves no room"),
    "budget": ("规则预算已满，整笔不发", "the rule's budget leaves no room"),
}
_WHY_LINE = {"not_matching": ("不符合规则的条件", "does not match the rule's condition")}
_OUTWARD = {"coupon": ("发券 {coupon} × {count}", "{count} × coupon {coupon}"), "tag": ("打标签 {tag}", "tag {tag}")}


async def show_trial(session: Session, tried: Tried, words: Words) -> RuleTrialOut:
    """What was decided, for people."""
    names = {rule.code: rule.name for rule in await list_rules(session)}
    totals: Counter[str] = Counter()
    for grant in tried.decision.grants:
        totals[grant.currency] += grant.amount
    return RuleTrialOut(
        totals=[
            TrialTotalOut(currency=code, name=words.currencies.get(code, LocalName(code, code)), amount=amount)
            for code, amount in sorted(totals.items())
        ],
        grants=[_grant(grant, names, words) for grant in tried.decision.grants],
        effects=[
            TrialEffectOut(
                rule=effect.version.rule_code,
                name=names.get(effect.version.rule_code),
                text=words.pick(*_OUTWARD[effect.kind]).format_map(effect.parameters)
                if effect.kind in _OUTWARD
                else effect.kind,
            )
            for effect in tried.decision.effects
        ],
        passed_over=[
            TrialPassedOut(rule=one["rule"], name=names.get(one["rule"]), text=_why_not(one, names, words))
            for one in tried.decision.passed_over
        ],
        money=words.money,
    )


def _grant(grant: Grant, names: Mapping[str, LocalName], words: Words) -> TrialGrantOut:
    why = grant.explanation
    return TrialGrantOut(
        rule=grant.version.rule_code,
        name=names.get(grant.version.rule_code),
        currency=grant.currency,
        amount=grant.amount,
        entitled=grant.entitled,
        eligible_minor=why.get("eligible_minor"),
        text=_because(grant, names, words),
        lines=[_line(line, words) for line in why.get("lines", ())],
    )


def _because(grant: Grant, names: Mapping[str, LocalName], words: Words) -> str:
    why = grant.explanation
    told = []
    if "factor" in why:
        rules = [_name(code, names, words) for code in why["base_rules"]]
        base = words.points(why["base"], grant.currency)
        told.append(
            words.pick(
                f"{'、'.join(rules)} 共 {base}，按 {why['factor']} 倍加发",
                f"{base} by {', '.join(rules)}, times {why['factor']}",
            )
        )
    if "eligible_minor" in why:
        counted = words.amount(why["eligible_minor"])
        told.append(words.pick(f"计分金额 {counted}", f"{counted} counts"))
    for name, zh, en in (
        ("paid_by_points_minor", "积分抵扣 {amount} 不计", "{amount} paid by points left out"),
        ("paid_by_coupons_minor", "优惠券抵扣 {amount} 不计", "{amount} paid by coupons left out"),
    ):
        if name in why:
            told.append(words.pick(zh, en).format(amount=words.amount(why[name])))
    if grant.amount < grant.entitled:
        entitled = words.points(grant.entitled, grant.currency)
        told.append(words.pick(f"应得 {entitled}，因上限只发一部分", f"{entitled} due, cut by a cap or budget"))
    got = words.points(grant.amount, grant.currency)
    told.append(words.pick(f"得 {got}", f"gives {got}"))
    return words.pick("，", ", ").join(told)


def _line(line: Mapping[str, Any], words: Words) -> TrialLineOut:
    why = _WHY_LINE.get(line.get("why", ""))
    told = words.pick(*why) if why else None
    paid = line.get("points_minor", 0) + line.get("coupon_minor", 0)
    if told is None and paid:
        told = words.pick(f"{words.amount(paid)} 由积分或优惠券支付", f"{words.amount(paid)} paid by points or coupons")
    return TrialLineOut(
        product=line["product"], gross_minor=line["gross_minor"], eligible_minor=line["eligible_minor"], why=told
    )


def _why_not(one: Mapping[str, Any], names: Mapping[str, LocalName], words: Words) -> str:
    text = _WHY_NOT.get(one["why"])
    by = one.get("by")
    return words.pick(*text).format(by=_name(by, names, words) if by else "") if text else str(one["why"])


def _name(code: str, names: Mapping[str, LocalName], words: Words) -> str:
    name = names.get(code)
    if name is None:
        return code or words.pick("正在试算的规则", "the rule that is tried")
    return name.pick(words.language)
