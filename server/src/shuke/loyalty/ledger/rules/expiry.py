"""When a lot expires: at the end of a local day, so that a member never loses a point early."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .model import ExpiryPolicy, RoundTo

_MONTHS: dict[RoundTo, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@lru_cache(maxsize=8192)
def expires_at(policy: ExpiryPolicy, earned_on: date, zone: ZoneInfo) -> datetime | None:
    """The first instant at which a lot earned on a day is gone; None: never. UTC.

    A month after 31 January is 28 or 29 February: a day that the month lacks becomes its last.
    """
    if policy.kind == "none":
        return None
    last_day = end_of_period(clock.add_months(earned_on, policy.months) + timedelta(days=policy.days), policy.round_to)
    return clock.start_of_day(last_day + timedelta(days=1), zone)


def end_of_period(day: date, round_to: RoundTo) -> date:
    """The last day of the month, quarter, half-year or year that a day lies in; `day` is the day itself."""
    if round_to == "day":
        return day
    months = _MONTHS[round_to]
    last_month = (day.month - 1) // months * months + months
    return date(day.year, last_month, monthrange(day.year, last_month)[1])
