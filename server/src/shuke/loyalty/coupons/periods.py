"""Periods of the shop's calendar, by which limits and budgets count. Weeks begin on Monday."""

from datetime import date, timedelta

from shuke.platform.i18n import LocalName

from .rules import Period

# As sentences name the period that is running.
PERIOD_WORDS: dict[Period, LocalName] = {
    "day": LocalName("今天", "today"),
    "week": LocalName("本周", "this week"),
    "month": LocalName("本月", "this month"),
    "year": LocalName("今年", "this year"),
    "lifetime": LocalName("全部期间", "all its time"),
}


def period_start(period: Period, day: date) -> date:
    """The first day of the period that a day lies in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "year":
        return day.replace(month=1, day=1)
    return day if period == "day" else date.min


def period_key(period: Period, day: date) -> str:
    """The period as rows name it: `lifetime`, or such as `week:2026-03-02`: a week and its Monday are not the same."""
    return period if period == "lifetime" else f"{period}:{period_start(period, day).isoformat()}"
