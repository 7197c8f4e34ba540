"""Each kind of effect in one clause. A kind that has no words of its own is told by its label and its fields."""

from collections.abc import Callable
from typing import Any

from pydantic.fields import FieldInfo

from ..rules.kinds import AnyEffect
from ..rules.words import WEEKDAYS
from .context import Words


def effect_clause(effect: AnyEffect, words: Words) -> str:
    """What one effect gives."""
    clause = _CLAUSES.get(effect.kind)
    return clause(effect, words) if clause else _by_fields(effect, words)


def _per_amount(effect: Any, words: Words) -> str:
    points, each = words.points(effect.points, effect.currency), words.amount(effect.per_minor)
    return words.pick(f"每满 {each} 得 {points}", f"{points} for each {each}")


def _fixed(effect: Any, words: Words) -> str:
    points = words.points(effect.points, effect.currency)
    return words.pick(f"得 {points}", points)


def _per_item(effect: Any, words: Words) -> str:
    points = words.points(effect.points, effect.currency)
    return words.pick(f"每件得 {points}", f"{points} for each piece")


def _steps(effect: Any, words: Words) -> str:
    steps = [(words.amount(one.from_minor), words.points(one.points, effect.currency)) for one in effect.steps]
    if effect.repeats:
        ((amount, points),) = steps
        return words.pick(f"每满 {amount} 送 {points}（可累计）", f"{points} each time {amount} is reached")
    told = [words.pick(f"满 {amount} 送 {points}", f"{points} from {amount}") for amount, points in steps]
    return words.join(told)


def _first_purchase(effect: Any, words: Words) -> str:
    points = words.points(effect.points, effect.currency)
    return words.pick(f"首单得 {points}", f"{points} for the first order")


def _nth_purchase(effect: Any, words: Words) -> str:
    points = words.points(effect.points, effect.currency)
    if effect.repeats:
        return words.pick(f"每 {effect.number} 单得 {points}", f"{points} for every {effect.number} orders")
    return words.pick(f"第 {effect.number} 单得 {points}", f"{points} for order number {effect.number}")


_BY = {
    "product": ("商品", "products"),
    "category": ("品类", "categories"),
    "brand": ("品牌", "brands"),
    "store": ("门店", "stores"),
    "payment": ("支付方式", "ways to pay"),
    "hour": ("时段", "hours"),
}


def _bonus(effect: Any, words: Words) -> str:
    points = words.points(effect.points, effect.currency)
    if effect.by == "weekday":
        where = words.join([words.pick(*WEEKDAYS[day]) for day in effect.values])
    else:
        values = [f"{one}:00–{one}:59" if effect.by == "hour" else str(one) for one in effect.values]
        where = words.pick(f"{_BY[effect.by][0]} {'、'.join(values)}", f"{_BY[effect.by][1]} {', '.join(values)}")
    if effect.gives_for == "per_amount":
        each = words.amount(effect.per_minor)
        return words.pick(f"{where}：每满 {each} 加赠 {points}", f"{points} more for each {each} ({where})")
    if effect.gives_for == "per_item":
        return words.pick(f"{where}：每件加赠 {points}", f"{points} more for each piece ({where})")
    return words.pick(f"{where}：加赠 {points}", f"{points} more ({where})")


def _multiplier(effect: Any, words: Words) -> str:
    currency = words.currency(effect.currency)
    return words.pick(f"{currency} {effect.factor:g} 倍", f"{effect.factor:g} times the {currency}")


def _tier_multiplier(effect: Any, words: Words) -> str:
    currency = words.currency(effect.currency)
    tiers = {one.value: one.label for one in _tiers(words)}
    told = [
        f"{words.pick(tiers[code].zh, tiers[code].en) if code in tiers else code} {factor:g}×"
        for code, factor in effect.factors.items()
    ]
    return words.pick(f"{currency}按等级加倍：{'、'.join(told)}", f"{currency} by tier: {', '.join(told)}")


def _tiers(words: Words) -> tuple[Any, ...]:
    fact = words.catalogue.facts.get("member.tier")
    return fact.choices or () if fact else ()


def _birthday_multiplier(effect: Any, words: Words) -> str:
    currency = words.currency(effect.currency)
    when = words.pick("生日当天", "on the birthday") if effect.during == "day" else ""
    when = when or words.pick("生日当月", "in the month of the birthday")
    return words.pick(f"{when} {currency} {effect.factor:g} 倍", f"{effect.factor:g} times the {currency} {when}")


def _coupon(effect: Any, words: Words) -> str:
    return words.pick(f"发券 {effect.coupon} × {effect.count}", f"{effect.count} × coupon {effect.coupon}")


def _tag(effect: Any, words: Words) -> str:
    return words.pick(f"打标签 {effect.tag}", f"tag {effect.tag}")


_CLAUSES: dict[str, Callable[[Any, Words], str]] = {
    "per_amount": _per_amount,
    "fixed": _fixed,
    "per_item": _per_item,
    "steps": _steps,
    "first_purchase": _first_purchase,
    "nth_purchase": _nth_purchase,
    "bonus": _bonus,
    "multiplier": _multiplier,
    "tier_multiplier": _tier_multiplier,
    "birthday_multiplier": _birthday_multiplier,
    "coupon": _coupon,
    "tag": _tag,
}


def _by_fields(effect: AnyEffect, words: Words) -> str:
    told = [
        f"{_title(field, words)} {getattr(effect, name)}"
        for name, field in type(effect).model_fields.items()
        if name != "kind"
    ]
    label = effect.LABEL.pick(words.language)
    return words.pick(f"{label}（{'，'.join(told)}）", f"{label} ({', '.join(told)})")


def _title(field: FieldInfo, words: Words) -> str:
    extra = field.json_schema_extra
    titles = extra.get("titles") if isinstance(extra, dict) else None
    return str(titles[words.language]) if isinstance(titles, dict) else str(field.title)
