"""The ledger: the one door to every balance of a member. See README.md for its words and invariants."""

from .actions import define_currency, lock_accounts, save
from .currencies import currencies
from .digest import digests
from .due import members_due
from .errors import AccountMoved, CurrencyNotFound
from .events import BalanceCredited, BalanceExpired, BalanceTakenBack
from .extensions import RuleName, RuleNames
from .queries import AccountView, CurrencyName, EntryView, currency_names, list_accounts, list_order_entries
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
    "AccountView",
    "BalanceCredited",
    "BalanceExpired",
    "BalanceTakenBack",
    "Currency",
    "CurrencyName",
    "CurrencyNotFound",
    "Entry",
    "EntryView",
    "ExpiryPolicy",
    "Lot",
    "NegativePolicy",
    "Operation",
    "RuleName",
    "RuleNames",
    "credit",
    "currencies",
    "currency_names",
    "define_currency",
    "digests",
    "expire_due",
    "list_accounts",
    "list_order_entries",
    "lock_accounts",
    "members_due",
    "save",
    "take_back",
]
