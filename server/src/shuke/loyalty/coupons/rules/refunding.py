"""What becomes of a coupon when goods that it paid for come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .terms import OnRefund


@dataclass(frozen=True)
class Settled:
    """Given back, not yet, or lost for good. `expires_at`: its new end; None: the end that it has."""

    what: Literal["give_back", "wait", "lost"]
    expires_at: datetime | None = None


def settle_refund(
    on_refund: OnRefund, *, expires_at: datetime | None, at: datetime, zone: ZoneInfo, is_whole: bool, was_part: bool
) -> Settled:
    """Decide at a refund. `is_whole`: with it, all that the coupon was used for has come back; `was_part`: an earlier
    refund took some of it, and what the terms say of a part was done then.

    Where nothing is (or nothing more is) to be done, the answer is `wait`.
    """
    if was_part and on_refund.part == "lost":
        return Settled("lost")
    if was_part and on_refund.part == "give_back":
        return Settled("wait")
    if not is_whole:
        if on_refund.part == "lost":
            return Settled("lost")
        if on_refund.part == "wait":
            return Settled("wait")
    if is_whole and on_refund.whole == "lost":
        return Settled("lost")
    if expires_at is None or at < expires_at:
        return Settled("give_back")
    if on_refund.whole == "give_back":
        last_day = clock.business_day(at, zone) + timedelta(days=on_refund.grace_days)
        return Settled("give_back", clock.start_of_day(last_day + timedelta(days=1), zone))
    return Settled("lost")
