"""Coupons on orders: found for a cart, locked for it, redeemed with its order, settled by its refunds."""

from .finding import Kept, Owner
from .locking import lock, release
from .planning import Best, Plan, plan, plan_best
from .redeeming import OrderUses, redeem
from .settling import Settlement, Used, find_returned, find_used, find_uses, settle

__all__ = [
    "Best",
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
    "plan",
    "plan_best",
    "redeem",
    "release",
    "settle",
]
