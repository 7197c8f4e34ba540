"""Issuing: giving coupons to members and letting them claim, within stock and limits."""

from . import stock
from .claiming import claim, is_for, require_open
from .giving import Given, Wanted, give
from .queries import is_given_out
from .taking import Place, is_any_free, leave, limits_on, take
from .voiding import void, void_all
from .withdrawing import Withdrawal, withdraw

__all__ = [
    "Given",
    "Place",
    "Wanted",
    "Withdrawal",
    "claim",
    "give",
    "is_any_free",
    "is_for",
    "is_given_out",
    "leave",
    "limits_on",
    "require_open",
    "stock",
    "take",
    "void",
    "void_all",
    "withdraw",
]
