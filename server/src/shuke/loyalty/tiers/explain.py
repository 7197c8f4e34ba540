"""Why a member's level changed, as a sentence. Pure: the stored facts in, words out."""

from collections.abc import Mapping
from typing import Any

from shuke.platform.i18n import Language

from .rules import Metric
from .wording import figure, metric_name

_Texts = Mapping[str, Mapping[Language, str]]

# Changes that no figures decided.
_PLAIN: _Texts = {
    "manual": {"zh": "人工调整为{to}。", "en": "Set to {to} by hand."},
    "granted": {"zh": "手动授予{to}，直到有人结束。", "en": "Granted {to} by hand, until somebody ends it."},
    "granted_until": {"zh": "手动授予{to}，有效到 {until}。", "en": "Granted {to} by hand, through {until}."},
    "merged": {"zh": "会员合并，保留较高等级{to}。", "en": "Members were merged; the better level {to} stays."},
    "parted": {"zh": "撤销会员合并，恢复为{to}。", "en": "The merge was undone; {to} again."},
}
# What made somebody look, where that was neither an order nor the end of a term.
_BECAUSE: _Texts = {
    "refunded": {"zh": "退货后，", "en": "After a refund, "},
    "rejudged": {"zh": "规则修改后重新核定，", "en": "By the changed rules, "},
    "grant_ended": {"zh": "手动授予结束，", "en": "The grant by hand ended; "},
}
_OUTCOMES: _Texts = {
    "entered": {"zh": "，成为{to}。", "en": ": entered as {to}."},
    "promoted": {"zh": "，达到 {threshold}，升为{to}。", "en": " and reached {threshold}: promoted to {to}."},
    "kept": {"zh": "，仍达到 {threshold}，保级{to}。", "en": ", still at or above {threshold}: stays {to}."},
    "kept_by_all": {"zh": "，满足保级条件，保级{to}。", "en": ", enough to keep the level: stays {to}."},
    "kept_by_floor": {
        "zh": "，未达到 {threshold}；{to}是保底等级，继续保持。",
        "en": ", less than {threshold}; {to} is never lost, so it stays.",
    },
    "kept_for_ever": {
        "zh": "，未达到 {threshold}；等级只升不降，继续{to}。",
        "en": ", less than {threshold}; nobody moves down, so {to} stays.",
    },
    "kept_after_deduction": {
        "zh": "，扣减 {deducted} 后剩 {remaining}，仍达到 {threshold}，保级{to}。",
        "en": "; {deducted} taken away leaves {remaining}, still at or above {threshold}: stays {to}.",
    },
    "grace": {
        "zh": "，未达到保级要求；进入宽限期，{to}保留到 {until}。",
        "en": ", too little to keep the level; in a time of grace {to} stays through {until}.",
    },
    "demoted": {
        "zh": "，未达到原等级的要求，降为{to}。",
        "en": ", too little for the level held: falls to {to}.",
    },
    "demoted_from": {
        "zh": "，未达到保级要求的 {threshold}，降为{to}。",
        "en": ", less than the {threshold} that keeps the level: falls to {to}.",
    },
    "demoted_after_deduction": {
        "zh": "，扣减 {deducted} 后剩 {remaining}，降为{to}。",
        "en": "; {deducted} taken away leaves {remaining}: falls to {to}.",
    },
}
_DAYS: Mapping[Language, str] = {"zh": "{0} 至 {1}", "en": "from {0} to {1}"}
_SINCE_JOINING: Mapping[Language, str] = {"zh": "入会至 {1}", "en": "from joining to {1}"}
_ASKED: Mapping[Language, str] = {"zh": "{told}（要求 {threshold}）", "en": "{told} ({threshold} asked)"}
_JOINS: Mapping[Language, str] = {"zh": "，", "en": "; "}
_PLURAL: frozenset[Metric] = frozenset({"order_count", "visits", "earned_points"})
_TITLES: _Texts = {
    "entered": {"zh": "成为{to}", "en": "Entered as {to}"},
    "promoted": {"zh": "升级为{to}", "en": "Promoted to {to}"},
    "kept": {"zh": "保级{to}", "en": "Stays {to}"},
    "grace": {"zh": "{to}进入宽限期", "en": "{to} in a time of grace"},
    "demoted": {"zh": "降级为{to}", "en": "Demoted to {to}"},
    "manual": {"zh": "人工调整为{to}", "en": "Set to {to} by hand"},
    "granted": {"zh": "手动授予{to}", "en": "Granted {to} by hand"},
    "merged": {"zh": "合并后为{to}", "en": "{to} after a merge"},
    "parted": {"zh": "撤销合并，恢复为{to}", "en": "{to} again after a merge was undone"},
}


def sentence(reason: str, facts: Mapping[str, Any], *, to: str, language: Language, until: str | None = None) -> str:
    """One sentence that says why a member now has the level named `to`; `until`: the last day on which it holds."""
    if reason in _PLAIN or "metric" not in facts:
        return _plain(reason, facts, until)[language].format(to=to, until=until) + _reason_given(facts, language)
    because = next((texts[language] for fact, texts in _BECAUSE.items() if facts.get(fact)), "")
    asked = _asked(facts)
    several = _JOINS[language].join(_told_with_asked(one, language) for one in asked) if len(asked) > 1 else ""
    shown = several or _told(asked[0] if asked and reason != "promoted" else facts, language)
    outcome = _OUTCOMES[_outcome(reason, facts, asked)][language].format(
        to=to, until=until, threshold=_threshold(reason, facts, asked), **_deduction(facts)
    )
    told = (because + shown if because else shown[:1].upper() + shown[1:]) + outcome
    return told + _reason_given(facts, language)


def title(reason: str, facts: Mapping[str, Any], *, to: str, language: Language) -> str:
    """The change in a few words."""
    return _TITLES["granted" if facts.get("granted") else reason][language].format(to=to)


def _plain(reason: str, facts: Mapping[str, Any], until: str | None) -> Mapping[Language, str]:
    if facts.get("granted"):
        return _PLAIN["granted_until" if until else "granted"]
    return _PLAIN.get(reason, _PLAIN["manual"])


def _reason_given(facts: Mapping[str, Any], language: Language) -> str:
    """Why somebody gave or ended a level by hand, in their own words."""
    if not facts.get("because"):
        return ""
    return f"原因：{facts['because']}" if language == "zh" else f" Reason: {facts['because']}"


def _asked(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What keeping the level was asked, with the figures, where that was asked at all."""
    return list(facts.get("criteria") or ())


def _outcome(reason: str, facts: Mapping[str, Any], asked: list[Mapping[str, Any]]) -> str:
    if "deducted" in facts and reason in {"kept", "demoted"}:
        return f"{reason}_after_deduction"
    if reason == "demoted" and len(asked) == 1:
        return "demoted_from"
    if reason != "kept":
        return reason
    if facts.get("floor"):
        return "kept_by_floor"
    if len(asked) > 1:
        return "kept_by_all"
    return "kept" if facts["amount_minor"] >= facts["threshold_minor"] else "kept_for_ever"


def _threshold(reason: str, facts: Mapping[str, Any], asked: list[Mapping[str, Any]]) -> str:
    one = asked[0] if asked and reason in {"kept", "demoted"} else facts
    return figure(one["metric"], one["threshold_minor"], one["money"])


def _told(facts: Mapping[str, Any], language: Language) -> str:
    """A figure with its days: net spend from … to … was …"""
    days = (_DAYS if facts["window_from"] else _SINCE_JOINING)[language].format(
        facts["window_from"], facts["window_to"]
    )
    metric: Metric = facts["metric"]
    amount = figure(metric, facts["amount_minor"], facts["money"])
    if language == "zh":
        return f"{days} {metric_name(metric, language)} {amount}"
    return f"{metric_name(metric, language)} {days} {'were' if metric in _PLURAL else 'was'} {amount}"


def _told_with_asked(facts: Mapping[str, Any], language: Language) -> str:
    threshold = figure(facts["metric"], facts["threshold_minor"], facts["money"])
    return _ASKED[language].format(told=_told(facts, language), threshold=threshold)


def _deduction(facts: Mapping[str, Any]) -> dict[str, str]:
    if "deducted" not in facts:
        return {}
    return {name: figure(facts["metric"], facts[name], facts["money"]) for name in ("deducted", "remaining")}
