"""What contradicts itself in terms and stacking, so that nobody publishes what nobody can use."""

from collections.abc import Iterator
from datetime import timedelta

from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName

from .kinds import AmountOff, Steps
from .stacking import Stacking
from .terms import OnRefund, Scope, Terms, Validity

_Finding = tuple[str, LocalName]

_REPEATS = LocalName(
    "“每满”需要先设置金额门槛。", "To repeat it, set an amount as the threshold: it is given once for each time."
)
_MOST_BELOW = LocalName(
    "最高优惠不能低于一次的优惠。", "The most that comes off cannot be less than what comes off once."
)
_STEPS_FROM = LocalName("后一档的门槛必须高于前一档。", "A step must begin above the one before it.")
_STEPS_OFF = LocalName("后一档减的必须多于前一档。", "A step must take off more than the one before it.")
_STEP_BELOW = LocalName(
    "这一档低于使用门槛，永远用不上。请降低使用门槛或删除这一档。",
    "This step lies below the threshold, so it is never used. Lower the threshold, or remove the step.",
)
_BOTH = LocalName(
    "“{names}”同时在可用和不可用之列。请从其中一处删除。", "{names}: both included and left out. Remove it from one."
)
_NO_DAYS = LocalName("请填写开始日期或结束日期。", "Name the first day, or the last.")
_DAYS_BACKWARDS = LocalName("结束日期不能早于开始日期。", "The last day cannot lie before the first.")
_NOT_FIXED = LocalName(
    "只有固定日期的有效期才填写日期。", "Only a validity between fixed days has a first and a last day."
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2999
_FAR_AWAY = LocalName("日期必须在 2000 年至 2999 年之间。", "Days must lie between the years 2000 and 2999.")
_NEVER_OPEN = LocalName(
    "有效期内没有可用的星期，永远用不上。", "None of these weekdays lies between the days, so it could never be used."
)
_WEEKDAY_TWICE = LocalName("同一个星期只能写一次。", "Name each weekday once.")
_NO_HOURS = LocalName("时段的开始和结束不能相同。", "An hour range cannot begin and end at the same time.")
_GRACE = LocalName(
    "只有过期也退还的券才有宽限天数。",
    "Only coupons that are given back even when they are over have days of grace.",
)
_PART_BACK = LocalName(
    "整单退货不退还的券，部分退货也不能退还。",
    "What is lost at a refund of the whole order cannot be given back at a refund of a part.",
)
_PICTURE = LocalName(
    "图片地址必须以 https://、http:// 或 / 开头。", "The address of a picture must begin with https://, http:// or /."
)
_GROUP_TWICE = LocalName("分组“{names}”重复。", "The group {names} stands twice.")
_NO_GROUP = LocalName("没有分组“{names}”。", "There is no group {names}.")
_PAIR_OF_ONE = LocalName(
    "同一分组内的叠加由分组自己的方式决定，这里请选两个不同的分组。",
    "How coupons of one group go together is said by the group itself. Name two different groups here.",
)
_NEVER_AND_ALWAYS = LocalName(
    "这两个分组同时设为可叠加和不可叠加。请从其中一处删除。",
    "These two groups stand in both lists. Remove them from one.",
)


def check_terms(terms: Terms, language: Language = "en") -> list[FieldError]:
    """Every contradiction, by the place of the field in the terms."""
    parts = (_discount(terms), _scope(terms.scope), _validity(terms.validity), _refund(terms.on_refund), _texts(terms))
    return [FieldError(pointer, text.pick(language)) for part in parts for pointer, text in part]


def check_stacking(stacking: Stacking, language: Language = "en") -> list[FieldError]:
    """Every contradiction, by the place of the field in the stacking."""
    return [FieldError(pointer, text.pick(language)) for pointer, text in _stacking(stacking)]


def _discount(terms: Terms) -> Iterator[_Finding]:
    discount, threshold = terms.discount, terms.threshold
    if isinstance(discount, AmountOff):
        if discount.repeats and (threshold.counts != "amount" or not threshold.least):
            yield "/discount/repeats", _REPEATS
        if discount.most_minor is not None and discount.most_minor < discount.off_minor:
            yield "/discount/most_minor", _MOST_BELOW
    if isinstance(discount, Steps):
        least = threshold.least if threshold.counts == "amount" else 0
        for place, step in enumerate(discount.steps):
            before = discount.steps[place - 1] if place else None
            if before and step.from_minor <= before.from_minor:
                yield f"/discount/steps/{place}/from_minor", _STEPS_FROM
            if before and step.off_minor <= before.off_minor:
                yield f"/discount/steps/{place}/off_minor", _STEPS_OFF
            if step.from_minor < least:
                yield f"/discount/steps/{place}/from_minor", _STEP_BELOW


def _scope(scope: Scope) -> Iterator[_Finding]:
    for field, named, left_out in (
        ("products", scope.products, scope.not_products),
        ("categories", scope.categories, scope.not_categories),
        ("brands", scope.brands, scope.not_brands),
    ):
        both = sorted(set(named) & set(left_out))
        if both:
            yield f"/scope/not_{field}", _filled(_BOTH, both)


def _validity(validity: Validity) -> Iterator[_Finding]:
    first, last = validity.first_day, validity.last_day
    if validity.kind == "relative":
        named = (("first_day", first), ("last_day", last))
        yield from ((f"/validity/{name}", _NOT_FIXED) for name, day in named if day)
    elif not first and not last:
        yield "/validity/first_day", _NO_DAYS
    elif first and last:
        days = [first + timedelta(days=number) for number in range(min(7, (last - first).days + 1))]
        if last < first:
            yield "/validity/last_day", _DAYS_BACKWARDS
        elif validity.weekdays and not any(day.isoweekday() in validity.weekdays for day in days):
            yield "/validity/weekdays", _NEVER_OPEN
    if any(day and not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in (first, last)):
        yield "/validity/last_day", _FAR_AWAY
    if len(set(validity.weekdays)) < len(validity.weekdays):
        yield "/validity/weekdays", _WEEKDAY_TWICE
    for place, span in enumerate(validity.hours):
        begins, _, ends = span.partition("-")
        if begins == ends:
            yield f"/validity/hours/{place}", _NO_HOURS


def _refund(on_refund: OnRefund) -> Iterator[_Finding]:
    if on_refund.grace_days and on_refund.whole != "give_back":
        yield "/on_refund/grace_days", _GRACE
    if on_refund.part == "give_back" and on_refund.whole == "lost":
        yield "/on_refund/part", _PART_BACK


def _texts(terms: Terms) -> Iterator[_Finding]:
    for place, address in enumerate(terms.texts.pictures):
        if not address.startswith(("https://", "http://", "/")):
            yield f"/texts/pictures/{place}", _PICTURE


def _stacking(stacking: Stacking) -> Iterator[_Finding]:
    known: set[str] = set()
    for place, group in enumerate(stacking.groups):
        if group.category in known:
            yield f"/groups/{place}/category", _filled(_GROUP_TWICE, [group.category])
        known.add(group.category)
    never = {frozenset(pair) for pair in stacking.never}
    for field, pairs in (("never", stacking.never), ("always", stacking.always)):
        for place, pair in enumerate(pairs):
            missing = sorted(set(pair) - known)
            if missing:
                yield f"/{field}/{place}", _filled(_NO_GROUP, missing)
            elif pair[0] == pair[1]:
                yield f"/{field}/{place}", _PAIR_OF_ONE
            elif field == "always" and frozenset(pair) in never:
                yield f"/{field}/{place}", _NEVER_AND_ALWAYS


def _filled(text: LocalName, names: list[str]) -> LocalName:
    return LocalName(text.zh.format(names="、".join(names)), text.en.format(names=", ".join(names)))
