"""Whether coupons are what their history says: every invariant of the README, asked of all rows at once."""

from .runs import Report, Wrong, verify_coupons

__all__ = ["Report", "Wrong", "verify_coupons"]
