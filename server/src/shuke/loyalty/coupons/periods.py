"""Periods of the shop's calendar, by which limits and budgets count. Weeks begin on Monday."""

from datetime import date

from shuke.platform import clock
from shuke.platform.clock import Period
from shuke.platform.i18n import LocalName

# As sentences name the period that is running.
PERIOD_WORDS: dict[Period, LocalName] = {
    "day": LocalName("今天", "today"),
    "week": LocalName("本周", "this week"),
    "month": LocalName("本月", "this month"),
    "year": LocalName("今年", "this year"),
    "lifetime": LocalName("全部期间", "all its time"),
}


def period_key(period: Period, day: date) -> str:
    """The period as rows name it: `lifetime`, or such as `week:2026-03-02`: a week and its Monday are not the same."""
    return period if period == "lifetime" else f"{period}:{clock.period_start(period, day).isoformat()}"
