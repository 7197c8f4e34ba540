"""Coupons: from template to redemption. See README.md."""

from .events import (
    CouponClaimed,
    CouponExpired,
    CouponGiven,
    CouponGranted,
    CouponRedeemed,
    CouponReturned,
    CouponVoided,
)

__all__ = [
    "CouponClaimed",
    "CouponExpired",
    "CouponGiven",
    "CouponGranted",
    "CouponRedeemed",
    "CouponReturned",
    "CouponVoided",
]
