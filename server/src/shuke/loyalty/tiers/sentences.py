"""A scheme in plain sentences, as a manager would tell it at the counter. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shuke.platform.i18n import Language, LocalName

from .rules import (
    CalendarValidity,
    DaysValidity,
    ForeverValidity,
    KeepCriterion,
    Level,
    MembershipYearValidity,
    Metric,
    MonthsValidity,
    Parameters,
    Validity,
)
from .rules.counting import keep_threshold
from .wording import figure, metric_name, window_name


@dataclass(frozen=True)
class NamedLevel:
    """A level with what people call it."""

    level: Level
    name: LocalName


_Texts = Mapping[str, Mapping[Language, str]]
_PROMOTE: _Texts = {
    "immediate": {
        "zh": "达到门槛当时就升级，可以一次升几级。",
        "en": "Members rise the moment they reach a threshold, several levels at once if they may.",
    },
    "nightly": {
        "zh": "每天夜里核定一次，达到门槛的会员升级。",
        "en": "Every night is looked at once: whoever reached a threshold rises.",
    },
    "next_period": {
        "zh": "达到门槛后，从下一个周期开始升级。",
        "en": "Whoever reaches a threshold rises when the next period begins.",
    },
}
_DEMOTE: _Texts = {
    "never": {"zh": "只升不降。", "en": "Nobody moves down."},
    "never_but_refunds": {"zh": "只升不降，只有退货会降级。", "en": "Nobody moves down but by a refund."},
    "one_level": {"zh": "{when}没有保住，降一级。", "en": "{when}, whoever does not keep the level moves down by one."},
    "recompute": {
        "zh": "{when}没有保住，降到实际够得着的等级。",
        "en": "{when}, whoever does not keep the level moves to the one that is reached.",
    },
    "deduct": {
        "zh": "{when}先扣掉本级的扣减值，再按剩下的重新定级。",
        "en": "{when}, the level's own deduction is taken away and what remains decides the level.",
    },
}
_WHEN: Mapping[Language, tuple[str, str]] = {
    "zh": ("有效期结束时", "有效期结束再宽限 {days} 天，到时"),
    "en": ("When the term is over", "When the term and {days} days of grace are over"),
}
_REFUND: _Texts = {
    "never": {"zh": "退货不会让会员降级。", "en": "Refunds move nobody down."},
    "now": {"zh": "退货后马上重新核定。", "en": "After a refund the level is judged again at once."},
    "period_end": {
        "zh": "退货不会当场降级，到期核定时一并计算。",
        "en": "A refund moves nobody down at once; it counts when the term is over.",
    },
}
_KEPT: Mapping[Language, str] = {"zh": "保级要求：{}。", "en": "Kept by {}."}
_TAKEN: Mapping[Language, str] = {"zh": "每级扣减：{}。", "en": "Taken away: {}."}
_JOINS: _Texts = {"and": {"zh": "，并且", "en": " and "}, "or": {"zh": "，或者", "en": " or "}}
_ENDS: _Texts = {
    "quarter": {"zh": "自然季度末", "en": "the calendar quarter"},
    "half": {"zh": "自然半年末", "en": "the calendar half-year"},
    "year": {"zh": "自然年末", "en": "the calendar year"},
}


def tell_scheme(parameters: Parameters, levels: Sequence[NamedLevel], language: Language) -> list[str]:
    """The scheme in sentences, in the order in which people ask."""
    return list(_tell(parameters, levels, language))


def _tell(parameters: Parameters, levels: Sequence[NamedLevel], language: Language) -> Iterator[str]:
    counted = {"metric": metric_name(parameters.metric, language), "window": window_name(parameters.window, language)}
    yield ("等级看{window}{metric}。" if language == "zh" else "Levels go by {metric} {window}.").format(**counted)
    yield _PROMOTE[parameters.promote][language]
    yield _validity(parameters.validity, language)
    lasts = isinstance(parameters.validity, ForeverValidity)
    if not lasts and parameters.demote not in {"never", "deduct"}:
        yield _keep(parameters, levels, language)
    if not lasts or parameters.demote == "never":
        when = _WHEN[language][1 if parameters.grace_days else 0].format(days=parameters.grace_days)
        is_refunds_alone = parameters.demote == "never" and parameters.on_refund != "never"
        demote = "never_but_refunds" if is_refunds_alone else parameters.demote
        yield _DEMOTE[demote][language].format(when=when)
    if parameters.demote == "deduct":
        taken = [(one, one.level.deduct) for one in levels if one.level.deduct]
        yield _TAKEN[language].format(_figures(parameters.metric, taken, parameters, language))
    floors = [one.name.pick(language) for one in levels if one.level.is_floor]
    if floors:
        names = "、".join(floors) if language == "zh" else " and ".join(floors)
        yield (
            f"到过{names}的会员不再降到它以下。"
            if language == "zh"
            else f"Who has reached {names} never falls below it."
        )
    yield _REFUND[parameters.on_refund][language]


def _validity(validity: Validity, language: Language) -> str:
    zh = language == "zh"
    match validity:
        case ForeverValidity():
            return "等级长期有效，没有到期日。" if zh else "A level has no end."
        case DaysValidity():
            return f"等级有效 {validity.days} 天。" if zh else f"A level holds for {validity.days} days."
        case MonthsValidity():
            return f"等级有效 {validity.months} 个月。" if zh else f"A level holds for {validity.months} months."
        case CalendarValidity():
            end = _ENDS[validity.unit][language]
            if zh:
                return f"等级有效到{'下一个' if validity.ahead else '本'}{end}。"
            return f"A level holds to the end of {end}{' after this one' if validity.ahead else ''}."
        case MembershipYearValidity():
            if zh:
                return "等级有效到下下个入会纪念日。" if validity.ahead else "等级有效到下一个入会纪念日。"
            return f"A level holds to the {'second' if validity.ahead else 'next'} anniversary of joining."


def _keep(parameters: Parameters, levels: Sequence[NamedLevel], language: Language) -> str:
    criteria = parameters.keep.criteria if parameters.keep else (KeepCriterion(),)
    told = [_criterion(one, parameters, levels, language) for one in criteria]
    join = parameters.keep.join if parameters.keep else "and"
    return _KEPT[language].format(_JOINS[join][language].join(told))


def _criterion(
    criterion: KeepCriterion, parameters: Parameters, levels: Sequence[NamedLevel], language: Language
) -> str:
    metric, window = criterion.metric or parameters.metric, criterion.window or parameters.window
    figures = _figures(
        metric,
        [(one, keep_threshold(one.level, criterion)) for one in levels if one.level.rank > 1],
        parameters,
        language,
    )
    parts = (window_name(window, language), metric_name(metric, language))
    return (
        f"{''.join(parts)}不低于 {figures}"
        if language == "zh"
        else f"{' '.join(reversed(parts))} of at least {figures}"
    )


def _figures(
    metric: Metric, asked: Sequence[tuple[NamedLevel, int]], parameters: Parameters, language: Language
) -> str:
    """Level by level: 银卡 ¥300.00、金卡 ¥1,500.00."""
    told = [(one.name.pick(language), figure(metric, value, parameters.money)) for one, value in asked]
    if language == "zh":
        return "、".join(f"{value}（{name}）" for name, value in told)
    return ", ".join(f"{value} ({name})" for name, value in told)
