"""Why a coupon cannot be used as it stands, in the words that everybody hears alike."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName

from .errors import CouponGivenAway, CouponLocked, CouponOver, CouponUsed, CouponVoid


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A coupon's state as of now, and the instants that belong to it."""

    code: str
    state: str
    redeemed_at: datetime | None
    expires_at: datetime | None
    locked_until: datetime | None


def refuse_standing(one: Standing, zone: ZoneInfo, *, used: LocalName | str | None = None) -> AppError | None:
    """Why it cannot be used; None: its state allows it. `used`: when and where it was, where that is known better."""
    if one.state == "redeemed":
        return CouponUsed(coupon=one.code, at=used or local_minute(one.redeemed_at, zone))
    if one.state == "given":
        return CouponGivenAway(coupon=one.code)
    if one.state == "void":
        return CouponVoid(coupon=one.code)
    if one.state == "expired":
        return CouponOver(coupon=one.code, at=local_end(one.expires_at, zone))
    if one.state == "locked":
        return CouponLocked(coupon=one.code, at=local_minute(one.locked_until, zone))
    return None


def local_minute(at: datetime | None, zone: ZoneInfo) -> str:
    """An instant as the shop's clock shows it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "—"


def local_end(at: datetime | None, zone: ZoneInfo) -> str:
    """When something ended: its last day, where it ended with the day, else the minute."""
    if at is None or at.astimezone(zone).time() != time(0):
        return local_minute(at, zone)
    return clock.last_day(at, zone).isoformat()
