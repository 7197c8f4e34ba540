"""Why an entry is what it is, as a sentence. Pure: the stored facts in, words out.

The facts of an entry never change; the words may, and are made anew for every reader in their language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuke.platform.i18n import Language
from shuke.platform.money import format_money

from . import earned
from .earned import grouped

Facts = Mapping[str, Any]
Text = Mapping[Language, str]

_ROUNDING: dict[str, Text] = {
    "down": {"zh": "不足部分舍去", "en": "fractions dropped"},
    "up": {"zh": "不足部分进一", "en": "fractions rounded up"},
    "half_up": {"zh": "四舍五入", "en": "rounded half up"},
    "half_even": {"zh": "四舍六入五成双", "en": "rounded half to even"},
}
_WHY_NOT_GOODS: Text = {"zh": "运费、手续费等非商品，不计积分", "en": "Postage or fee, not goods: earns nothing"}

# What an entry says first where its facts ask for no other words.
_PLAIN: dict[str, Text] = {
    "earn": {"zh": "获得 {amount} {unit}", "en": "{amount} {unit} earned"},
    "take_back": {"zh": "收回 {amount} {unit}", "en": "{amount} {unit} taken back"},
    "expire": {"zh": "{amount} {unit}到期", "en": "{amount} {unit} expired"},
    "spend": {"zh": "使用 {amount} {unit}", "en": "{amount} {unit} used"},
    "restore": {"zh": "退还已使用的 {amount} {unit}", "en": "{amount} used {unit} given back"},
    "adjust": {"zh": "人工调整 {signed} {unit}", "en": "Adjusted by {signed} {unit}"},
    "hold": {"zh": "冻结 {moved} {unit}", "en": "{moved} {unit} set aside"},
    "capture": {"zh": "使用已冻结的 {amount} {unit}", "en": "{amount} {unit} used from those set aside"},
    "release": {"zh": "解除冻结 {moved} {unit}", "en": "{moved} {unit} released"},
    "mature": {"zh": "{moved} {unit}到账可用", "en": "{moved} {unit} became available"},
    "cancel": {"zh": "取消待到账的 {amount} {unit}", "en": "{amount} pending {unit} cancelled"},
    "transfer": {"zh": "会员之间转移 {amount} {unit}", "en": "{amount} {unit} moved between members"},
    "refresh": {"zh": "有效期顺延，余额不变", "en": "Kept alive; the balance stays as it is"},
}
_EARNED: Text = {
    "zh": "商品净额 {eligible}{without}，{rate}，{rounding}，共得 {outcome} {unit}",
    "en": "{eligible} of goods{without}, {rate}, {rounding}: {outcome} {unit}",
}
_WITHOUT: Text = {
    "zh": "（{left_out} 运费等非商品不计）",
    "en": " ({left_out} of postage and fees left out)",
}
_EXPIRED: Text = {
    "zh": "{earned} 获得、未使用的 {total} {unit}于 {on} 到期",
    "en": "{total} {unit} earned {earned} were not used and expired on {on}",
}
_MATURED: Text = {
    "zh": "{earned} 获得的 {moved} {unit}到账可用",
    "en": "{moved} {unit} earned {earned} became available",
}
_TIMED_OUT: Text = {
    "zh": "冻结超时，{moved} {unit}自动解除冻结",
    "en": "The hold timed out: {moved} {unit} released",
}
_REVERSED: dict[str, Text] = {
    "take_back": {
        "zh": "冲正操作 {operation}，收回 {amount} {unit}",
        "en": "Operation {operation} reversed: {amount} {unit} taken back",
    },
    "restore": {
        "zh": "冲正操作 {operation}，退还 {amount} {unit}",
        "en": "Operation {operation} reversed: {amount} {unit} given back",
    },
    "out": {
        "zh": "冲正操作 {operation}，收到的 {amount} {unit}被收回",
        "en": "Operation {operation} reversed: {amount} received {unit} taken back",
    },
    "in": {
        "zh": "冲正操作 {operation}，转出的 {amount} {unit}退还",
        "en": "Operation {operation} reversed: {amount} {unit} came back from the other member",
    },
}
_TRANSFERRED: dict[str, Text] = {
    "out": {"zh": "{amount} {unit}转给另一位会员", "en": "{amount} {unit} given to another member"},
    "in": {"zh": "另一位会员转来 {amount} {unit}", "en": "{amount} {unit} received from another member"},
}
_MERGED: dict[str, Text] = {
    "out": {"zh": "会员合并，{value} {unit}转到另一个账户", "en": "Members merged: {value} {unit} moved away"},
    "in": {"zh": "会员合并，转入 {value} {unit}", "en": "Members merged: {value} {unit} moved here"},
}
_MERGED_DEBT: Text = {"zh": "欠分 {debt} 一并转移", "en": "a debt of {debt} moved with them"}
_UNMERGED: Text = {
    "zh": "撤销会员合并，余额变动 {signed} {unit}",
    "en": "Merge undone: the balance changed by {signed} {unit}",
}
_REFRESHED: Text = {
    "zh": "因 {activity} 有效期顺延，余额不变",
    "en": "Kept alive by {activity}; the balance stays as it is",
}
# What may follow, by the name of the fact; said where the fact is more than nothing.
_FURTHER: dict[str, Text] = {
    "cut": {
        "zh": "已达余额上限，{value} {unit}未发放",
        "en": "{value} {unit} more would have passed the highest balance and were not given",
    },
    "repaid": {"zh": "其中 {value} {unit}用于偿还欠分", "en": "{value} of them repaid debt"},
    "freed": {"zh": "其余 {value} {unit}解除冻结", "en": "the other {value} were released"},
    "to_debt": {
        "zh": "余额不足的 {value} {unit}记为欠分",
        "en": "{value} {unit} more than the balance held became debt",
    },
    "forgiven": {
        "zh": "余额不足的 {value} {unit}不再收回",
        "en": "{value} {unit} more than the balance held were forgiven",
    },
    "reason": {"zh": "原因：{value}", "en": "reason: {value}"},
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry to be told. `unit`: the currency's name; `moved`: what only changed its place."""

    kind: str
    facts: Facts
    amount: int
    moved: int
    unit: str
    operation_kind: str = ""

    def say(self, text: Text, language: Language, **values: Any) -> str:
        """A text with the places of this line, and others, filled in."""
        own = {"amount": abs(self.amount), "moved": abs(self.moved), "unit": self.unit, "signed": _signed(self.amount)}
        return text[language].format(**grouped(own | values))


def sentence(line: Line, language: Language) -> str:
    """One sentence that says why an entry is what it is."""
    teller = _TELLERS.get(line.kind)
    clauses = teller(line, language) if teller else []
    if not clauses:
        clauses = [line.say(_PLAIN[line.kind], language)]
    facts = {"freed": line.moved if line.kind == "capture" else 0, **line.facts}
    for name, text in _FURTHER.items():
        if facts.get(name):
            clauses.append(line.say(text, language, value=_without_stop(facts[name])))
    return "；".join(clauses) + "。" if language == "zh" else "; ".join(clauses) + "."


def rate_text(facts: Facts, *, unit: str, language: Language) -> str | None:
    """The rate as a reader knows it: `每 £1.00 得 1 积分`, `1 for every £1.00`. None where no rate applied."""
    rate = facts.get("rate")
    if not rate:
        return None
    per = format_money(rate["per_minor"], facts["money"])
    if language == "zh":
        return f"每 {per} 得 {rate['points']:,} {unit}"
    return f"{rate['points']:,} for every {per}"


def why_not_eligible(*, is_goods: bool, language: Language) -> str | None:
    """Why a line of an order counts for nothing; None when it counts."""
    return None if is_goods else _WHY_NOT_GOODS[language]


def _tell_earn(line: Line, language: Language) -> list[str]:
    facts = line.facts
    further = earned.further(facts, unit=line.unit, language=language)
    rate = rate_text(facts, unit=line.unit, language=language)
    if rate is None:
        raised = earned.multiplied(facts, unit=line.unit, language=language)
        return [raised or line.say(_PLAIN["earn"], language), *further]
    left_out = facts.get("left_out_minor", 0)
    without = _WITHOUT[language].format(left_out=format_money(left_out, facts["money"])) if left_out else ""
    said = line.say(
        _EARNED,
        language,
        eligible=format_money(facts["eligible_minor"], facts["money"]),
        without=without,
        rate=rate,
        rounding=_ROUNDING[facts["rounding"]][language],
        outcome=facts.get("entitled", facts["outcome"]),
    )
    return [said, *further]


def _tell_take_back(line: Line, language: Language) -> list[str]:
    facts = line.facts
    if "operation" in facts:
        return [line.say(_REVERSED["take_back"], language, operation=str(facts["operation"]))]
    clauses = [_tell_order(order, facts, line.unit, language) for order in facts.get("orders", ())]
    if facts.get("unmatched_minor"):
        clauses.append(_tell_unmatched(facts, line.unit, language))
    return clauses


def _tell_restore(line: Line, language: Language) -> list[str]:
    if "operation" not in line.facts:
        return []
    return [line.say(_REVERSED["restore"], language, operation=str(line.facts["operation"]))]


def _tell_release(line: Line, language: Language) -> list[str]:
    return [line.say(_TIMED_OUT, language)] if line.operation_kind == "time_out" else []


def _tell_mature(line: Line, language: Language) -> list[str]:
    days = [earned_on for _, earned_on in line.facts.get("lots", ())]
    return [line.say(_MATURED, language, earned=_span(days, language))] if days else []


def _tell_transfer(line: Line, language: Language) -> list[str]:
    facts = line.facts
    direction = facts.get("direction")
    if direction is None:
        return []
    if line.operation_kind == "undo_merge":
        return [line.say(_UNMERGED, language)]
    if "operation" in facts:
        return [line.say(_REVERSED[direction], language, operation=str(facts["operation"]))]
    if "debt" not in facts:
        return [line.say(_TRANSFERRED[direction], language)]
    # The entry of a merge is what the lots held, less the debt that went with them.
    debt = facts["debt"]
    value = debt - line.amount if direction == "out" else debt + line.amount
    merged = [line.say(_MERGED[direction], language, value=value)]
    return [*merged, line.say(_MERGED_DEBT, language, debt=debt)] if debt else merged


def _tell_refresh(line: Line, language: Language) -> list[str]:
    activity = line.facts.get("activity")
    return [line.say(_REFRESHED, language, activity=activity)] if activity else []


def _tell_expire(line: Line, language: Language) -> list[str]:
    lots = line.facts.get("lots")
    if not lots:
        return []
    total = sum(lot["amount"] for lot in lots)
    earned = _span([lot["earned_on"] for lot in lots], language)
    return [line.say(_EXPIRED, language, earned=earned, total=total, on=line.facts["on"])]


def _tell_order(order: Mapping[str, Any], facts: Facts, unit: str, language: Language) -> str:
    money = order.get("money") or facts.get("money")
    if language == "zh":
        change = _change(order, money, "商品净额由 {0} 减为 {1}，")
        return f"订单 {order['number']} {change}应得 {order['due']:,} {unit}，收回 {order['taken']:,} {unit}"
    change = _change(order, money, "goods went from {0} to {1}, ")
    return f"Order {order['number']}: {change}{order['due']:,} {unit} still due, {order['taken']:,} taken back"


def _change(order: Mapping[str, Any], money: str | None, text: str) -> str:
    if money is None:
        return ""
    before, after = order["eligible_before_minor"], order["eligible_after_minor"]
    return text.format(format_money(before, money), format_money(after, money))


def _tell_unmatched(facts: Facts, unit: str, language: Language) -> str:
    money = facts.get("money")
    amount = format_money(abs(facts["unmatched_minor"]), money) if money else ""
    taken = facts.get("unmatched_taken", 0)
    if language == "zh":
        return f"{amount} 的退货找不到原订单，按现行规则收回 {taken:,} {unit}".strip()
    return f"{amount} of returns matched no order: {taken:,} {unit} taken back by the rule in force".strip()


def _span(days: list[str], language: Language) -> str:
    """The days between the first and the last, as they stand before or behind "earned"."""
    first, last = min(days), max(days)
    if language == "zh":
        return first if first == last else f"{first} 至 {last}"
    return f"on {first}" if first == last else f"from {first} to {last}"


def _signed(amount: int) -> str:
    return f"+{amount:,}" if amount > 0 else f"−{abs(amount):,}"


def _without_stop(value: Any) -> Any:
    """People end a reason as they end a sentence; ours has a stop of its own."""
    return value.rstrip("。.") if isinstance(value, str) else value


_TELLERS: dict[str, Callable[[Line, Language], list[str]]] = {
    "earn": _tell_earn,
    "take_back": _tell_take_back,
    "restore": _tell_restore,
    "release": _tell_release,
    "mature": _tell_mature,
    "transfer": _tell_transfer,
    "refresh": _tell_refresh,
    "expire": _tell_expire,
}
