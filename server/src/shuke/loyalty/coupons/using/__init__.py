"""Coupons on orders: found for a cart, locked for it, redeemed with its order, settled by its refunds."""

from shuke.people.members import MemberNotActive

from ..budgets import BudgetUsedUp
from ..errors import (
    CodeMistyped,
    CouponChanged,
    CouponDoesNotApply,
    CouponGivenAway,
    CouponLocked,
    CouponOfSomebodyElse,
    CouponOver,
    CouponUnknown,
    CouponUsed,
    CouponVoid,
)
from .finding import Kept, Owner
from .locking import CartLock, lock, release
from .planning import NO_COUPONS, Best, Plan, named, plan, plan_best
from .redeeming import OrderUses, redeem
from .settling import Settlement, Used, find_returned, find_used, find_uses, settle

# What a cart or an order with coupons may hear.
REFUSALS = (
    BudgetUsedUp,
    CodeMistyped,
    CouponChanged,
    CouponDoesNotApply,
    CouponGivenAway,
    CouponLocked,
    CouponOfSomebodyElse,
    CouponOver,
    CouponUnknown,
    CouponUsed,
    CouponVoid,
    MemberNotActive,
)

__all__ = [
    "NO_COUPONS",
    "REFUSALS",
    "Best",
    "CartLock",
    "Kept",
    "OrderUses",
    "Owner",
    "Plan",
    "Settlement",
    "Used",
    "find_returned",
    "find_used",
    "find_uses",
    "lock",
    "named",
    "plan",
    "plan_best",
    "redeem",
    "release",
    "settle",
]
