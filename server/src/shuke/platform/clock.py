"""The only clock. `now()` is the shop's time, which may be set; `wall()` is the machine's time, for what guards us.

A demonstration on old orders sets the shop's clock back, so that expiry, demotion and recency mean something.
Sign-in sessions, lockouts and leases use `wall()`: setting the shop's clock must never open or close a door.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

# A stretch of the shop's calendar by which limits and budgets count.
Period = Literal["day", "week", "month", "year", "lifetime"]

_offset = timedelta(0)


def wall() -> datetime:
    """The machine's time, as an aware UTC instant."""
    return datetime.now(UTC)


def now() -> datetime:
    """The shop's time: the machine's time plus the set offset, as an aware UTC instant."""
    return wall() + _offset


def offset() -> timedelta:
    """How far the shop's clock is set from the machine's."""
    return _offset


def set_offset(value: timedelta) -> None:
    """Set the shop's clock, for this process. Whoever calls it keeps the value where other processes find it."""
    global _offset
    _offset = value


def business_day(at: datetime, zone: ZoneInfo) -> date:
    """The local day of an instant in the programme's time zone."""
    return at.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day begins, as UTC (in zones that skip midnight: the first instant of the day)."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last local day before an end: what ends at midnight holds through the day before."""
    return business_day(end - timedelta(microseconds=1), zone)


def period_start(period: Period, day: date) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday, a lifetime with the calendar."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "year":
        return day.replace(month=1, day=1)
    return day if period == "day" else date.min


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
