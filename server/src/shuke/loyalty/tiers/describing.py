"""The parameters of a scheme as JSON Schema that people can read: screens draw their forms from it. Pure."""

from collections.abc import Mapping
from typing import Any

from shuke.platform.i18n import Language

from .rules import Parameters
from .wording import METRICS

_Texts = Mapping[str, Mapping[Language, str]]

_SHAPES: _Texts = {
    "LifetimeWindow": {"zh": "一直累计", "en": "Ever, since joining"},
    "CalendarWindow": {"zh": "自然月 / 季 / 年", "en": "Calendar month, quarter or year"},
    "MembershipYearWindow": {"zh": "会员年度（从入会日算）", "en": "Year of membership"},
    "TierYearWindow": {"zh": "等级年度（从升到这一级算）", "en": "Year of the level"},
    "RollingWindow": {"zh": "最近若干天", "en": "The last days"},
    "SinceChangeWindow": {"zh": "上次定级以来", "en": "Since the level was last decided"},
    "ForeverValidity": {"zh": "长期有效", "en": "For ever"},
    "DaysValidity": {"zh": "若干天", "en": "Some days"},
    "MonthsValidity": {"zh": "若干个月", "en": "Some months"},
    "CalendarValidity": {"zh": "到自然季度 / 半年 / 年末", "en": "To the end of a calendar quarter, half or year"},
    "MembershipYearValidity": {"zh": "到入会纪念日", "en": "To an anniversary of joining"},
}
# Of a property: its name, and what helps to choose. By the shape it stands in, or alone.
_FIELDS: Mapping[str, Mapping[Language, tuple[str, str]]] = {
    "metric": {
        "zh": ("看什么", "净消费最好懂；想鼓励常来，用订单数或到店天数；还想奖励评价、打卡，用成长值。"),
        "en": (
            "What counts",
            "Net spend is understood at once; orders or visits reward coming often.",
        ),
    },
    "window": {
        "zh": ("看多久", "最近若干天每天都公平；自然年好宣传；会员年度让每个人都有完整的一年。"),
        "en": ("Over how long", "The last days are fair every day; a calendar year is easy to tell."),
    },
    "promote": {
        "zh": ("何时升级", "马上升级最让人高兴；夜里升级，收银台不会当场变价。"),
        "en": ("When to promote", "At once pleases most; at night, prices do not change at the till."),
    },
    "validity": {
        "zh": ("保留多久", "太短会员记不住，太长没有压力；一年最常见。"),
        "en": (
            "How long a level holds",
            "Too short and nobody remembers, too long and nobody minds.",
        ),
    },
    "keep": {
        "zh": ("保级条件", "不另设就与升级相同：看同样的指标，用每级的保级门槛。"),
        "en": (
            "What keeps a level",
            "Without any, the same measure, and each level's own threshold.",
        ),
    },
    "demote": {
        "zh": ("没保住怎么办", "降到实际够得着的等级最准确；只降一级最温和。"),
        "en": ("When it is not kept", "The level that fits is exact; one level down is gentle."),
    },
    "grace_days": {
        "zh": ("宽限天数", "到期后再给几天补足，等级不变；0 表示没有宽限。"),
        "en": ("Days of grace", "After the term, so many days more to make up for it; 0: none."),
    },
    "on_refund": {
        "zh": ("退货时", "担心先买后退刷等级，选马上核定。"),
        "en": ("When goods come back", "At once, where people buy a level and send the goods back."),
    },
    "custom_currency": {
        "zh": ("自定义指标的账户", "选了自定义指标才需要：填账户编码。"),
        "en": ("Account of the own measure", "Only for a measure of your own: the code of its currency."),
    },
    "join": {"zh": ("几个条件之间", ""), "en": ("Between the conditions", "")},
    "criteria": {"zh": ("条件", ""), "en": ("Conditions", "")},
    "thresholds": {
        "zh": ("各级门槛", "不另设就用每级的保级门槛；换了指标就要另设。"),
        "en": ("Thresholds", "Without any, each level's own; needed where another measure counts."),
    },
    "KeepCriterion.metric": {
        "zh": ("看什么", "不选：与升级相同。"),
        "en": ("What counts", "Empty: what promotes."),
    },
    "KeepCriterion.window": {
        "zh": ("看多久", "不另设：与升级相同。"),
        "en": ("Over how long", "Without any: as for promotion."),
    },
    "unit": {"zh": ("单位", ""), "en": ("Unit", "")},
    "days": {"zh": ("天数", ""), "en": ("Days", "")},
    "months": {"zh": ("月数", ""), "en": ("Months", "")},
    "CalendarValidity.ahead": {
        "zh": ("再往后几期", "0：到本期末；1：到下一期末。"),
        "en": ("Terms ahead", "0: to the end of this one; 1: to the end of the next."),
    },
    "MembershipYearValidity.ahead": {
        "zh": ("再往后几年", "0：到下一个纪念日；1：到再下一个。"),
        "en": ("Years ahead", "0: to the next anniversary; 1: to the one after."),
    },
}
_CHOICES: Mapping[str, _Texts] = {
    "metric": {metric: {"zh": names["zh"], "en": names["en"].capitalize()} for metric, names in METRICS.items()},
    "promote": {
        "immediate": {"zh": "马上", "en": "At once"},
        "nightly": {"zh": "每天夜里", "en": "Every night"},
        "next_period": {"zh": "下一个周期", "en": "With the next period"},
    },
    "demote": {
        "never": {"zh": "不降级", "en": "Nobody moves down"},
        "one_level": {"zh": "降一级", "en": "One level down"},
        "recompute": {"zh": "降到够得着的等级", "en": "Down to the level that fits"},
        "deduct": {"zh": "扣减后再评", "en": "Deduct and judge again"},
    },
    "on_refund": {
        "never": {"zh": "不因退货降级", "en": "Never lower a level"},
        "period_end": {"zh": "到期一并算", "en": "At the end of the term"},
        "now": {"zh": "马上核定", "en": "Judge at once"},
    },
    "unit": {
        "month": {"zh": "月", "en": "Month"},
        "quarter": {"zh": "季度", "en": "Quarter"},
        "half": {"zh": "半年", "en": "Half-year"},
        "year": {"zh": "年", "en": "Year"},
    },
    "join": {"and": {"zh": "全部满足", "en": "All of them"}, "or": {"zh": "满足其一", "en": "Any of them"}},
}


def describe_parameters(language: Language) -> dict[str, Any]:
    """The JSON Schema of the parameters, with titles, help and names of choices in a language.

    Beside the standard's words: `x-labels` names the choices, `x-unit` says in what a number is, `x-hidden` marks
    what is not for people.
    """
    schema = Parameters.model_json_schema()
    for name, shape in {**schema.get("$defs", {}), "Parameters": schema}.items():
        shape.pop("description", None)
        if name in _SHAPES:
            shape["title"] = _SHAPES[name][language]
        for field, part in shape.get("properties", {}).items():
            _tell(name, field, part, language)
    schema["properties"]["money"]["x-hidden"] = True
    return schema


def _tell(shape: str, field: str, part: dict[str, Any], language: Language) -> None:
    texts = _FIELDS.get(f"{shape}.{field}") or _FIELDS.get(field)
    if texts:
        part["title"], help_text = texts[language]
        if help_text:
            part["description"] = help_text
    for place in (part, *part.get("anyOf", ())):
        if field in _CHOICES and "enum" in place:
            place["x-labels"] = {value: _CHOICES[field][value][language] for value in place["enum"]}
    if field == "thresholds":
        part["x-unit"] = "metric"
