"""Until when a level holds."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .model import Scheme
from .windows import calendar_end, year_end

_DAY = timedelta(days=1)


def valid_until(
    scheme: Scheme, rank: int, joined_on: date, day: date, begins_on: date, zone: ZoneInfo, *, is_renewal: bool
) -> datetime | None:
    """The first instant at which a level of a rank no longer holds; None: for ever, as the lowest does.

    `day`: whose figures decided; `begins_on`: the first day of what follows. They are the same when a member rises
    at once, and follow each other when a period has ended; so periods never drift. A renewal holds for one period.
    """
    if rank == 1:
        return None
    last = _last_day(scheme, joined_on, day, begins_on, is_renewal=is_renewal)
    return clock.start_of_day(last + _DAY, zone) if last else None


def _last_day(scheme: Scheme, joined_on: date, day: date, begins_on: date, *, is_renewal: bool) -> date | None:
    validity = scheme.parameters.validity
    if validity.kind == "forever":
        return None
    if validity.kind == "days":
        return day + timedelta(days=validity.days)
    if validity.kind == "months":
        return clock.add_months(day, validity.months)
    if validity.kind == "calendar":
        last = calendar_end(validity.unit, begins_on)
        return calendar_end(validity.unit, last + _DAY) if validity.ahead and not is_renewal else last
    last = year_end(joined_on, begins_on)
    return year_end(joined_on, last + _DAY) if validity.ahead and not is_renewal else last
