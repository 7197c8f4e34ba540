"""The rules of coupons: pure, over plain values."""

from .issuing import Budget, Claiming, Issuing, Limit, Period
from .model import Cart, Combination, Held, Item, Promise, Unused, Use, Why
from .reading import read_promise
from .stacking import Group, Stacking
from .terms import OnRefund, Scope, Terms, Texts, Threshold, Transfer, Validity

__all__ = [
    "Budget",
    "Cart",
    "Claiming",
    "Combination",
    "Group",
    "Held",
    "Issuing",
    "Item",
    "Limit",
    "OnRefund",
    "Period",
    "Promise",
    "Scope",
    "Stacking",
    "Terms",
    "Texts",
    "Threshold",
    "Transfer",
    "Unused",
    "Use",
    "Validity",
    "Why",
    "read_promise",
]
