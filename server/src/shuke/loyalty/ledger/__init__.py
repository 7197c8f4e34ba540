"""The ledger: the one door to every balance of a member. See README.md for its words and invariants."""

from .actions import define_currency, lock_accounts, save
from .currencies import currencies
from .due import earliest_due, members_due
from .errors import AccountMoved
from .events import BalanceCredited, BalanceExpired, BalanceTakenBack
from .rules import (
    Account,
    Currency,
    Entry,
    ExpiryPolicy,
    Lot,
    NegativePolicy,
    Operation,
    credit,
    expire_due,
    take_back,
)

__all__ = [
    "Account",
    "AccountMoved",
    "BalanceCredited",
    "BalanceExpired",
    "BalanceTakenBack",
    "Currency",
    "Entry",
    "ExpiryPolicy",
    "Lot",
    "NegativePolicy",
    "Operation",
    "credit",
    "currencies",
    "define_currency",
    "earliest_due",
    "expire_due",
    "lock_accounts",
    "members_due",
    "save",
    "take_back",
]
