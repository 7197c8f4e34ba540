"""Coupons: from template to redemption. See README.md."""

from .events import (
    CouponClaimed,
    CouponExpired,
    CouponExpiring,
    CouponGiven,
    CouponGranted,
    CouponRedeemed,
    CouponReturned,
    CouponVoided,
)

__all__ = [
    "CouponClaimed",
    "CouponExpired",
    "CouponExpiring",
    "CouponGiven",
    "CouponGranted",
    "CouponRedeemed",
    "CouponReturned",
    "CouponVoided",
]
