"""Benefits: what a level or a date grants, and what members used of it. See README.md."""

from .errors import EntitlementExpired, EntitlementNotFound, EntitlementRevoked, EntitlementUsedUp
from .events import BenefitExpired, BenefitGranted, BenefitRevoked, BenefitUsed
from .extensions import CouponGifts, CouponWanted
from .queries import celebrating, discounts_for, running_for
from .rules.benefit import Discount, Running

__all__ = [
    "BenefitExpired",
    "BenefitGranted",
    "BenefitRevoked",
    "BenefitUsed",
    "CouponGifts",
    "CouponWanted",
    "Discount",
    "EntitlementExpired",
    "EntitlementNotFound",
    "EntitlementRevoked",
    "EntitlementUsedUp",
    "Running",
    "celebrating",
    "discounts_for",
    "running_for",
]
