"""Why an entry is what it is, as a sentence. Pure: the stored facts in, words out.

The facts of an entry never change; the words may, and are made anew for every reader in their language.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shuke.platform.money import format_money

Facts = Mapping[str, Any]

_ROUNDING = {
    "down": {"zh": "不足部分舍去", "en": "fractions dropped"},
    "up": {"zh": "不足部分进一", "en": "fractions rounded up"},
    "half_up": {"zh": "四舍五入", "en": "rounded half up"},
    "half_even": {"zh": "四舍六入五成双", "en": "rounded half to even"},
}
_WHY_NOT_GOODS = {"zh": "运费、手续费等非商品，不计积分", "en": "Postage or fee, not goods: earns nothing"}
_OTHERS = {
    "spend": {"zh": "使用 {amount} {unit}", "en": "{amount} {unit} used"},
    "restore": {"zh": "退还已使用的 {amount} {unit}", "en": "{amount} used {unit} given back"},
    "adjust": {"zh": "人工调整 {amount} {unit}", "en": "Adjusted by {amount} {unit}"},
    "transfer": {"zh": "转移 {amount} {unit}", "en": "{amount} {unit} transferred"},
    "hold": {"zh": "冻结 {moved} {unit}", "en": "{moved} {unit} set aside"},
    "release": {"zh": "解除冻结 {moved} {unit}", "en": "{moved} {unit} released"},
    "capture": {"zh": "使用已冻结的 {amount} {unit}", "en": "{amount} {unit} used from those set aside"},
    "mature": {"zh": "{moved} {unit}到账可用", "en": "{moved} {unit} became available"},
    "cancel": {"zh": "取消待到账的 {amount} {unit}", "en": "{amount} pending {unit} cancelled"},
}


def sentence(kind: str, facts: Facts, *, amount: int, moved: int, unit: str, language: str) -> str:
    """One sentence that says why an entry of a kind changed the balance by `amount`. `unit`: the currency's name."""
    teller = _TELLERS.get(kind)
    if teller is not None and facts:
        return teller(facts, unit, language)
    text = _OTHERS.get(kind, {"zh": "{amount} {unit}", "en": "{amount} {unit}"})[language]
    return text.format(amount=_signed(amount) if kind == "adjust" else abs(amount), moved=abs(moved), unit=unit)


def rate_text(facts: Facts, *, unit: str, language: str) -> str | None:
    """The rate as a reader knows it: `每 £1.00 得 1 积分`, `1 for every £1.00`. None where no rate applied."""
    rate = facts.get("rate")
    if not rate:
        return None
    per = format_money(rate["per_minor"], facts["money"])
    if language == "zh":
        return f"每 {per} 得 {rate['points']} {unit}"
    return f"{rate['points']} for every {per}"


def why_not_eligible(*, is_goods: bool, language: str) -> str | None:
    """Why a line of an order counts for nothing; None when it counts."""
    return None if is_goods else _WHY_NOT_GOODS[language]


def _tell_earn(facts: Facts, unit: str, language: str) -> str:
    eligible = format_money(facts["eligible_minor"], facts["money"])
    rate = rate_text(facts, unit=unit, language=language)
    rounding = _ROUNDING[facts["rounding"]][language]
    left_out = facts.get("left_out_minor", 0)
    if language == "zh":
        without = f"（{format_money(left_out, facts['money'])} 运费等非商品不计）" if left_out else ""
        return f"商品净额 {eligible}{without}，{rate}，{rounding}，共得 {facts['outcome']} {unit}。"
    without = f" ({format_money(left_out, facts['money'])} of postage and fees left out)" if left_out else ""
    return f"{eligible} of goods{without}, {rate}, {rounding}: {facts['outcome']} {unit}."


def _tell_take_back(facts: Facts, unit: str, language: str) -> str:
    parts = [_tell_order(order, facts, unit, language) for order in facts.get("orders", ())]
    if facts.get("unmatched_minor"):
        parts.append(_tell_unmatched(facts, unit, language))
    if facts.get("to_debt"):
        parts.append(
            f"余额不足的 {facts['to_debt']} {unit}记为欠分"
            if language == "zh"
            else f"{facts['to_debt']} {unit} more than the balance held became debt"
        )
    if facts.get("forgiven"):
        parts.append(
            f"余额不足的 {facts['forgiven']} {unit}不再收回"
            if language == "zh"
            else f"{facts['forgiven']} {unit} more than the balance held were forgiven"
        )
    return "；".join(parts) + "。" if language == "zh" else "; ".join(parts) + "."


def _tell_order(order: Mapping[str, Any], facts: Facts, unit: str, language: str) -> str:
    money = order.get("money") or facts.get("money")
    if language == "zh":
        change = _change(order, money, "商品净额由 {0} 减为 {1}，")
        return f"订单 {order['number']} {change}应得 {order['due']} {unit}，收回 {order['taken']} {unit}"
    change = _change(order, money, "goods went from {0} to {1}, ")
    return f"Order {order['number']}: {change}{order['due']} {unit} still due, {order['taken']} taken back"


def _change(order: Mapping[str, Any], money: str | None, text: str) -> str:
    if money is None:
        return ""
    before, after = order["eligible_before_minor"], order["eligible_after_minor"]
    return text.format(format_money(before, money), format_money(after, money))


def _tell_unmatched(facts: Facts, unit: str, language: str) -> str:
    money = facts.get("money")
    amount = format_money(abs(facts["unmatched_minor"]), money) if money else ""
    taken = facts.get("unmatched_taken", 0)
    if language == "zh":
        return f"{amount} 的退货找不到原订单，按现行规则收回 {taken} {unit}".strip()
    return f"{amount} of returns matched no order: {taken} {unit} taken back by the rule in force".strip()


def _tell_expire(facts: Facts, unit: str, language: str) -> str:
    lots = facts["lots"]
    total = sum(lot["amount"] for lot in lots)
    first, last = min(lot["earned_on"] for lot in lots), max(lot["earned_on"] for lot in lots)
    if language == "zh":
        earned = first if first == last else f"{first} 至 {last}"
        return f"{earned} 获得、未使用的 {total} {unit}于 {facts['on']} 到期。"
    earned = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{total} {unit} earned {earned} were not used and expired on {facts['on']}."


def _signed(amount: int) -> str:
    return f"+{amount}" if amount > 0 else f"−{abs(amount)}"


_TELLERS: dict[str, Callable[[Facts, str, str], str]] = {
    "earn": _tell_earn,
    "take_back": _tell_take_back,
    "expire": _tell_expire,
}
