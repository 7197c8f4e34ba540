"""When codes of a batch may be used, and the coupons that members get for them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .. import rules
from ..rules import Validity

Span = tuple[datetime, datetime | None]


def end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The first instant after a day."""
    return clock.start_of_day(day + timedelta(days=1), zone) if day else None


def of_code(validity: Validity, at: datetime, zone: ZoneInfo, use_by: datetime | None) -> Span:
    """From when to when a code is good that is nobody's yet. Days counted from issuing begin when somebody has it."""
    if validity.kind == "relative":
        return at, use_by
    valid_from, expires_at = rules.window(validity, at, zone)
    ends = [end for end in (expires_at, use_by) if end is not None]
    return valid_from, min(ends, default=None)


def of_exchanged(validity: Validity, code: Span, at: datetime, zone: ZoneInfo) -> Span:
    """From when to when the coupon is good that a member gets for a code."""
    return rules.window(validity, at, zone) if validity.kind == "relative" else code
