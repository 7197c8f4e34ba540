"""What a member still needs, in sentences for whoever stands at the counter. Pure."""

from collections.abc import Mapping
from datetime import date

from shuke.platform.i18n import Language

from .rules import Need, Scheme, Standing, Way
from .wording import amount, figure, metric_name, window_name

_NEXT: Mapping[Language, tuple[str, str]] = {
    "zh": (
        "{counted} {have}，还差 {missing} 升为{level}{by}。",
        "{counted} {have}，已达到 {level} 的 {threshold}，等待升级。",
    ),
    "en": (
        "{counted}: {have}. {missing} more for {level}{by}.",
        "{counted}: {have}, enough for the {threshold} of {level}; the promotion is on its way.",
    ),
}
_BY: Mapping[Language, str] = {"zh": "（到 {} 为止）", "en": " (through {})"}
_NEED: Mapping[Language, tuple[str, str]] = {
    "zh": ("{counted} {have}，要求 {threshold}，还差 {missing}", "{counted} {have}，已达到要求的 {threshold}"),
    "en": ("{counted}: {have} of {threshold}, {missing} more", "{counted}: {have}, enough for the {threshold} asked"),
}
_STAYS: Mapping[str, Mapping[Language, str]] = {
    "for_ever": {"zh": "长期有效，不需要保级。", "en": "Holds without an end; nothing has to be done."},
    "granted": {
        "zh": "手动授予，有效到 {by}，到期后重新核定。",
        "en": "Granted by hand through {by}, then judged again.",
    },
    "granted_for_ever": {"zh": "手动授予，一直有效，直到有人结束。", "en": "Granted by hand until somebody ends it."},
    "safe": {"zh": "到 {by} 也不会降级。", "en": "Will not fall on {by}."},
    "kept": {"zh": "保级条件已满足，{by} 到期后继续。", "en": "Kept already: it goes on after {by}."},
    "missing": {"zh": "{by} 到期，要保住这一级：{needs}。", "en": "Holds through {by}. To keep it: {needs}."},
    "in_grace": {
        "zh": "在宽限期内，{by} 之前补足就能保住：{needs}。",
        "en": "In a time of grace through {by}: {needs}.",
    },
}
_JOINS: Mapping[str, Mapping[Language, str]] = {
    "and": {"zh": "；并且", "en": "; and "},
    "or": {"zh": "；或者", "en": "; or "},
}


def tell_next(need: Need, scheme: Scheme, level: str, language: Language) -> str:
    """How far the next level is."""
    window = window_name(scheme.parameters.window, language)
    metric = metric_name(need.metric, language)
    counted = f"{window}{metric}" if language == "zh" else _capital(f"{metric} {window}")
    by = _BY[language].format(need.by) if need.by else ""
    text = _NEXT[language][0 if need.missing else 1]
    return text.format(counted=counted, level=level, by=by, **_figures(need, scheme, language))


def tell_need(need: Need, scheme: Scheme, language: Language) -> str:
    """One thing that keeps a level, and how much of it is there."""
    text = _NEED[language][0 if need.missing else 1]
    return text.format(counted=_counted(need, language), **_figures(need, scheme, language))


def tell_keep(way: Way, standing: Standing, scheme: Scheme, language: Language) -> str:
    """What keeps the level, in one sentence."""
    key = _stays(way, standing)
    needs = _JOINS[way.keep_join][language].join(tell_need(need, scheme, language) for need in way.keep)
    return _STAYS[key][language].format(by=way.keep_by, needs=needs)


def _stays(way: Way, standing: Standing) -> str:
    if standing.basis == "manual":
        return "granted" if way.keep_by else "granted_for_ever"
    if way.keep_by is None:
        return "for_ever"
    if not way.keep:
        return "safe"
    if way.is_kept:
        return "kept"
    return "in_grace" if way.is_in_grace else "missing"


def _counted(need: Need, language: Language) -> str:
    metric = metric_name(need.metric, language)
    return (
        f"{_days(need.since, need.by, language)}{metric}"
        if language == "zh"
        else (f"{metric} {_days(need.since, need.by, language)}")
    )


def _days(since: date | None, by: date | None, language: Language) -> str:
    if since is None or by is None:
        return "入会以来" if language == "zh" else "since joining"
    return f"{since} 至 {by} " if language == "zh" else f"from {since} to {by}"


def _figures(need: Need, scheme: Scheme, language: Language) -> dict[str, str]:
    money = scheme.money
    return {
        "have": figure(need.metric, need.have, money),
        "threshold": figure(need.metric, need.threshold, money),
        "missing": amount(need.metric, need.missing, money, language),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
