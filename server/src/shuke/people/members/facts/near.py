"""What holds wherever a rule over a day or a number of days does, in the words of an index: instants in a range."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, and_, literal, literal_column

from shuke.platform import clock
from shuke.platform.conditions import Moment

from ..tables import LAST_ORDER, member_summary

# First and last day that may be meant, or None for no bound; and the way from an operator and its value to them.
Days = tuple[date | None, date | None]
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)
_MOST_DAYS = 36_500
_NO_ORDER: ColumnElement[Any] = literal_column("'-infinity'::timestamptz")

JOINED_AT: ColumnElement[Any] = member_summary.c.joined_at
LAST_ORDER_AT: ColumnElement[Any] = literal_column(LAST_ORDER, DateTime(timezone=True))


def days_meant(moment: Moment, operator: str, value: Any) -> Days:
    """The days between which a rule over a day holds."""
    today = moment.day
    if operator == "inLast":
        return today - timedelta(days=value - 1), today
    if operator == "beforeLast":
        return None, today - timedelta(days=value)
    if operator == "inNext":
        return today, today + timedelta(days=value - 1)
    return _bounds(operator, value)


def days_ago_meant(moment: Moment, operator: str, value: Any) -> Days:
    """The days between which a rule over the number of days since then holds."""
    fewest, most = _bounds(operator, value)
    # What lies ahead counts as no days ago, so that none or more bounds nothing.
    return _ago(moment, most, least=0), _ago(moment, fewest, least=1)


def _bounds(operator: str, value: Any) -> tuple[Any, Any]:
    """The least and the greatest value with which a rule holds, give or take what is next to it."""
    if operator == "=":
        return value, value
    if operator in ("<", "<="):
        return None, value
    if operator in (">", ">="):
        return value, None
    if operator == "between":
        return value[0], value[1]
    return (min(value), max(value)) if operator == "in" else (None, None)


def _ago(moment: Moment, days: int | None, *, least: int) -> date | None:
    return None if days is None or not least <= days <= _MOST_DAYS else moment.day - timedelta(days=days)


def near(
    instant: ColumnElement[Any], meant: Callable[[Moment, str, Any], Days], *, slack: int = 0
) -> Callable[[Moment, str, Any], ColumnElement[bool] | None]:
    """For `Fact.near`: the instant lies between the days that a rule means, give or take `slack` days."""

    def within(moment: Moment, operator: str, value: Any) -> ColumnElement[bool] | None:
        first, last = meant(moment, operator, value)
        parts = []
        if first is not None and _FIRST < first < _LAST:
            parts.append(instant >= literal(_start(moment, first - timedelta(days=slack)), DateTime(timezone=True)))
        if last is not None and _FIRST < last < _LAST:
            parts.append(instant < literal(_start(moment, last + timedelta(days=slack + 1)), DateTime(timezone=True)))
        if not parts:
            return None
        # Who never ordered is at minus infinity in the index, and meets no rule about days.
        return and_(*parts, instant > _NO_ORDER) if instant is LAST_ORDER_AT else and_(*parts)

    return within


def _start(moment: Moment, day: date) -> datetime:
    return clock.start_of_day(day, moment.zone)
