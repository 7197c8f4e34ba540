"""Why a member's level changed, as a sentence. Pure: the stored facts in, words out."""

from collections.abc import Mapping
from typing import Any

from shuke.platform.i18n import Language
from shuke.platform.money import format_money

_TEXTS: dict[str, dict[Language, str]] = {
    "entered": {
        "zh": "{window} 净消费 {amount}，成为{to}。",
        "en": "Net spend {window} was {amount}: entered as {to}.",
    },
    "promoted": {
        "zh": "{window} 净消费 {amount}，达到 {threshold}，升为{to}。",
        "en": "Net spend {window} was {amount} and reached {threshold}: promoted to {to}.",
    },
    "kept": {
        "zh": "{window} 净消费 {amount}，仍达到 {threshold}，保级{to}。",
        "en": "Net spend {window} was {amount}, still at or above {threshold}: stays {to}.",
    },
    "demoted": {
        "zh": "{window} 净消费 {amount}，未达到原等级的要求，降为{to}。",
        "en": "Net spend {window} was {amount}, too little for the level held: falls to {to}.",
    },
    "manual": {"zh": "人工调整为{to}。", "en": "Set to {to} by hand."},
    "merged": {"zh": "会员合并，保留较高等级{to}。", "en": "Members were merged; the better level {to} stays."},
    "parted": {"zh": "撤销会员合并，恢复为{to}。", "en": "The merge was undone; {to} again."},
}
# Changes that nobody's spending decided.
_WITHOUT_FACTS = {"manual", "merged", "parted"}
_WINDOW: dict[Language, str] = {"zh": "{0} 至 {1}", "en": "from {0} to {1}"}
_TITLES: dict[str, dict[Language, str]] = {
    "entered": {"zh": "成为{to}", "en": "Entered as {to}"},
    "promoted": {"zh": "升级为{to}", "en": "Promoted to {to}"},
    "kept": {"zh": "保级{to}", "en": "Stays {to}"},
    "demoted": {"zh": "降级为{to}", "en": "Demoted to {to}"},
    "manual": {"zh": "人工调整为{to}", "en": "Set to {to} by hand"},
    "merged": {"zh": "合并后为{to}", "en": "{to} after a merge"},
    "parted": {"zh": "撤销合并，恢复为{to}", "en": "{to} again after a merge was undone"},
}


def sentence(reason: str, facts: Mapping[str, Any], *, to: str, language: Language) -> str:
    """One sentence that says why a member now has the level named `to`."""
    if reason in _WITHOUT_FACTS or not facts:
        return _TEXTS[reason if reason in _WITHOUT_FACTS else "manual"][language].format(to=to)
    return _TEXTS[reason][language].format(
        to=to,
        window=_WINDOW[language].format(facts["window_from"], facts["window_to"]),
        amount=format_money(facts["amount_minor"], facts["money"]),
        threshold=format_money(facts["threshold_minor"], facts["money"]),
    )


def title(reason: str, *, to: str, language: Language) -> str:
    """The change in a few words."""
    return _TITLES[reason][language].format(to=to)
