"""When a coupon may be used: its window, and the weekdays and hours within it, in the shop's zone.

A coupon lives through its last local day, whatever summer time does to it. `relative` without `after_days` begins when
the coupon is issued, and its last day is `days` after the day of issue: nobody has less than the days promised. With
`after_days` it begins with the local day that lies so many days after the day of issue, and lasts `days` days.

Hours begin at their first minute and end before their last. Where they go over midnight (22:00-02:00), what lies after
midnight belongs to the weekday before.
"""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .terms import Validity

_A_DAY = timedelta(days=1)


def window(validity: Validity, issued_at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    """From which instant a coupon that is issued now may be used, and the first at which it is over (None: never)."""
    if validity.kind == "fixed":
        first, last = validity.first_day, validity.last_day
        begins = clock.start_of_day(first, zone) if first else issued_at
        return begins, clock.start_of_day(last + _A_DAY, zone) if last else None
    issued_on = clock.business_day(issued_at, zone)
    if validity.after_days:
        first = issued_on + timedelta(days=validity.after_days)
        begins, after_last = clock.start_of_day(first, zone), first + timedelta(days=validity.days)
    else:
        begins, after_last = issued_at, issued_on + timedelta(days=validity.days + 1)
    return begins, clock.start_of_day(after_last, zone) if validity.days else None


def why_closed(validity: Validity, at: datetime, zone: ZoneInfo) -> Literal["weekday", "hour"] | None:
    """Whether an instant lies outside the weekdays or the hours."""
    local = at.astimezone(zone)
    is_today = _is_named(validity, local)
    if not validity.hours:
        return None if is_today else "weekday"
    minute = f"{local:%H:%M}"
    for span in validity.hours:
        begins, _, ends = span.partition("-")
        if begins < ends:
            is_open = is_today and begins <= minute < ends
        else:
            is_open = (is_today and minute >= begins) or (_is_named(validity, local - _A_DAY) and minute < ends)
        if is_open:
            return None
    return "hour" if is_today else "weekday"


def _is_named(validity: Validity, local: datetime) -> bool:
    return not validity.weekdays or local.isoweekday() in validity.weekdays
