"""Which days a window holds, as seen from a day. Pure calendar arithmetic in the shop's own days."""

from datetime import date, timedelta

from shuke.platform import clock

from .model import BEGINNING, Scheme, Standing
from .parameters import Window

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_FROM_EVERY_DAY = frozenset({"order_count", "visits"})


def first_day(window: Window, standing: Standing, joined_on: date, day: date) -> date | None:
    """The first day that counts on a day; None: everything ever."""
    # By kind and not by class: this is asked for every order and every level that comes due.
    if window.kind == "rolling":
        return day - timedelta(days=window.days - 1)
    if window.kind == "lifetime":
        return None
    if window.kind == "calendar":
        return calendar_start(window.unit, day)
    if window.kind == "membership_year":
        return year_start(joined_on, day)
    if window.kind == "tier_year":
        return year_start(_counted_from(standing.level_from, standing.level_from_before, day) or joined_on, day)
    return _counted_from(standing.period_from, standing.period_from_before, day) or BEGINNING


def last_day(window: Window, standing: Standing, joined_on: date, day: date) -> date | None:
    """The last day of the period in which a day lies; None for windows that have no periods."""
    if window.kind == "calendar":
        return calendar_end(window.unit, day)
    if window.kind == "membership_year":
        return year_end(joined_on, day)
    if window.kind == "tier_year":
        return year_end(_counted_from(standing.level_from, standing.level_from_before, day) or joined_on, day)
    return None


def first_needed(scheme: Scheme, standing: Standing, joined_on: date, day: date) -> date:
    """The first day whose measures a judgement on a day can ask for."""
    needed = day
    for metric, window in scheme.counted:
        first = first_day(window, standing, joined_on, day)
        if first is None and metric in _FROM_EVERY_DAY:
            first = BEGINNING
        if first is not None and first < needed:
            needed = first
    return needed


def calendar_start(unit: str, day: date) -> date:
    """The first day of the calendar month, quarter, half or year of a day."""
    months = _MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def calendar_end(unit: str, day: date) -> date:
    """The last day of the calendar month, quarter, half or year of a day."""
    return clock.add_months(calendar_start(unit, day), _MONTHS[unit]) - _DAY


def year_start(anchor: date, day: date) -> date:
    """The last anniversary of a day, the day itself included. 29 February comes on the 28th in other years."""
    start = _anniversary(anchor, day.year)
    return start if start <= day else _anniversary(anchor, day.year - 1)


def year_end(anchor: date, day: date) -> date:
    """The day before the next anniversary."""
    return _anniversary(anchor, year_start(anchor, day).year + 1) - _DAY


def _anniversary(anchor: date, year: int) -> date:
    return clock.add_months(anchor, 12 * (year - anchor.year))


def _counted_from(since: date | None, before: date | None, day: date) -> date | None:
    # What happened on the day of a change still counts towards what the change came from.
    return before if since is not None and day < since else since
