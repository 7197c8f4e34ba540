"""What metrics, windows and amounts are called. Pure."""

from collections.abc import Mapping
from typing import Literal

from shuke.platform.i18n import Language
from shuke.platform.money import format_money

from .rules import (
    CalendarWindow,
    LifetimeWindow,
    MembershipYearWindow,
    Metric,
    RollingWindow,
    SinceChangeWindow,
    TierYearWindow,
    Window,
)

# In what a metric is counted: minor units of money, or whole things.
Unit = Literal["money", "orders", "days", "growth", "points", "units"]
UNITS: Mapping[Metric, Unit] = {
    "net_spend": "money",
    "order_count": "orders",
    "visits": "days",
    "growth": "growth",
    "earned_points": "points",
    "custom": "units",
}
METRICS: Mapping[Metric, Mapping[Language, str]] = {
    "net_spend": {"zh": "净消费", "en": "net spend"},
    "order_count": {"zh": "订单数", "en": "orders"},
    "visits": {"zh": "到店天数", "en": "days with a visit"},
    "growth": {"zh": "成长值", "en": "growth"},
    "earned_points": {"zh": "获得的积分", "en": "points earned"},
    "custom": {"zh": "自定义指标", "en": "the shop's own measure"},
}
_AMOUNTS: Mapping[Unit, Mapping[Language, tuple[str, str]]] = {
    "orders": {"zh": ("{} 单", "{} 单"), "en": ("{} order", "{} orders")},
    "days": {"zh": ("{} 天", "{} 天"), "en": ("{} day", "{} days")},
    "growth": {"zh": ("{} 成长值", "{} 成长值"), "en": ("{} growth", "{} growth")},
    "points": {"zh": ("{} 分", "{} 分"), "en": ("{} point", "{} points")},
    "units": {"zh": ("{}", "{}"), "en": ("{}", "{}")},
}
_CALENDAR: Mapping[str, Mapping[Language, str]] = {
    "month": {"zh": "自然月内", "en": "in the calendar month"},
    "quarter": {"zh": "自然季度内", "en": "in the calendar quarter"},
    "year": {"zh": "自然年内", "en": "in the calendar year"},
}


def metric_name(metric: Metric, language: Language) -> str:
    """What a metric is called."""
    return METRICS[metric][language]


def amount(metric: Metric, value: int, money: str, language: Language) -> str:
    """A figure of a metric with its unit."""
    unit = UNITS[metric]
    if unit == "money":
        return format_money(value, money)
    one, many = _AMOUNTS[unit][language]
    return (one if value == 1 else many).format(f"{value:,}".replace("-", "−"))


def figure(metric: Metric, value: int, money: str) -> str:
    """A figure of a metric whose name stands beside it."""
    return format_money(value, money) if UNITS[metric] == "money" else f"{value:,}".replace("-", "−")


def window_name(window: Window, language: Language) -> str:
    """Over which days something is counted."""
    match window:
        case LifetimeWindow():
            return "入会以来" if language == "zh" else "since joining"
        case CalendarWindow():
            return _CALENDAR[window.unit][language]
        case MembershipYearWindow():
            return "会员年度内" if language == "zh" else "in the year of membership"
        case TierYearWindow():
            return "等级年度内" if language == "zh" else "in the year of the level"
        case RollingWindow():
            return f"最近 {window.days} 天" if language == "zh" else f"in the last {window.days} days"
        case SinceChangeWindow():
            return "上次定级以来" if language == "zh" else "since the level was last decided"
