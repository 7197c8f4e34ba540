"""When value ends and when it can be used: local days, so that a member never loses a point early.

A lot lives through its last day in the programme's zone, whatever summer time or a move to another zone does to it.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .model import ExpiryPolicy, PendingPolicy, RoundTo

_MONTHS: dict[RoundTo, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_A_DAY = timedelta(days=1)


@lru_cache(maxsize=8192)
def expires_on(policy: ExpiryPolicy, earned_on: date) -> date | None:
    """The last local day on which a lot earned on a day can be used; None: it has no end of its own.

    A month after 31 January is 28 or 29 February: a day that the month lacks becomes its last.
    """
    if policy.kind == "after":
        return _after(policy, earned_on)
    if policy.kind == "on_dates":
        return _next_of(policy.dates, earned_on)
    return None


@lru_cache(maxsize=8192)
def inactive_from(policy: ExpiryPolicy, active_on: date) -> date:
    """The last day of life of everything in an account whose last activity was on a day."""
    return _after(policy, active_on)


def available_on(policy: PendingPolicy, earned_on: date) -> date | None:
    """The first local day on which a credit can be used; None: at once, or when its event comes."""
    if policy.kind == "days":
        return earned_on + timedelta(days=policy.days)
    if policy.kind == "until":
        return policy.until
    return None


@lru_cache(maxsize=8192)
def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after a local day, UTC."""
    return clock.start_of_day(day + _A_DAY, zone)


def end_of_period(day: date, round_to: RoundTo) -> date:
    """The last day of the month, quarter, half-year or year that a day lies in; `day` is the day itself."""
    if round_to == "day":
        return day
    months = _MONTHS[round_to]
    last_month = (day.month - 1) // months * months + months
    return date(day.year, last_month, monthrange(day.year, last_month)[1])


def _after(policy: ExpiryPolicy, day: date) -> date:
    later = clock.add_months(day, policy.years * 12 + policy.months) + timedelta(days=policy.days)
    return end_of_period(later, policy.round_to)


def _next_of(dates: tuple[str, ...], earned_on: date) -> date:
    """The first of the fixed days of the year after the day of earning."""
    ends = [_day_of(year, text) for year in (earned_on.year, earned_on.year + 1) for text in dates]
    return min(end for end in ends if end > earned_on)


def _day_of(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
