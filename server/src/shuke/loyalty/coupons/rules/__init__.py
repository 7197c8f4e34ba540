"""The rules of coupons: pure, over plain values."""

from . import notation
from .checking import check_stacking, check_terms
from .combining import combine, combine_chosen
from .fitting import why_not_here, why_unusable
from .issuing import Budget, Claiming, Issuing, Limit
from .model import Cart, Combination, Held, Item, Promise, Unused, Use, Why
from .reading import read_promise
from .refunding import Settled, settle_refund
from .stacking import Group, Stacking
from .telling import told_issuing, told_terms
from .terms import OnRefund, Scope, Terms, Texts, Threshold, Transfer, Validity
from .validity import window

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
    "Promise",
    "Scope",
    "Settled",
    "Stacking",
    "Terms",
    "Texts",
    "Threshold",
    "Transfer",
    "Unused",
    "Use",
    "Validity",
    "Why",
    "check_stacking",
    "check_terms",
    "combine",
    "combine_chosen",
    "notation",
    "read_promise",
    "settle_refund",
    "told_issuing",
    "told_terms",
    "why_not_here",
    "why_unusable",
    "window",
]
