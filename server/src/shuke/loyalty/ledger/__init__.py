"""The ledger: the one door to every balance of a member. See README.md for its words and invariants."""

from .actions import define_currency
from .acts import Act, Adjust, Cancel, Capture, Credit, Mature, Refresh, Release, Reverse, SetAside, Spend
from .batch import perform_many
from .currencies import currencies
from .digest import digests
from .due import do_due
from .errors import AccountMoved, CurrencyNotFound, NotEnough
from .events import (
    BalanceAdjusted,
    BalanceCancelled,
    BalanceCredited,
    BalanceExpired,
    BalanceExpiryAnnounced,
    BalanceHeld,
    BalanceMatured,
    BalanceReleased,
    BalanceRestored,
    BalanceTakenBack,
    BalanceTransferred,
    BalanceUsed,
)
from .extensions import RuleName, RuleNames
from .loading import lock_accounts
from .pairs import Asked, merge, reverse_transfer, transfer, undo_merge
from .perform import Instruction, perform
from .queries import (
    AccountView,
    CurrencyName,
    Done,
    DoneEntry,
    EntryView,
    currency_names,
    list_accounts,
    list_order_entries,
)
from .rules import (
    Account,
    Currency,
    Entry,
    ExpiryPolicy,
    Lot,
    NegativePolicy,
    Operation,
    Terms,
    bring_forward,
    credit,
    take_back,
)
from .saving import save
from .verify import VerificationReport, verify_ledger

__all__ = [
    "Account",
    "AccountMoved",
    "AccountView",
    "Act",
    "Adjust",
    "Asked",
    "BalanceAdjusted",
    "BalanceCancelled",
    "BalanceCredited",
    "BalanceExpired",
    "BalanceExpiryAnnounced",
    "BalanceHeld",
    "BalanceMatured",
    "BalanceReleased",
    "BalanceRestored",
    "BalanceTakenBack",
    "BalanceTransferred",
    "BalanceUsed",
    "Cancel",
    "Capture",
    "Credit",
    "Currency",
    "CurrencyName",
    "CurrencyNotFound",
    "Done",
    "DoneEntry",
    "Entry",
    "EntryView",
    "ExpiryPolicy",
    "Instruction",
    "Lot",
    "Mature",
    "NegativePolicy",
    "NotEnough",
    "Operation",
    "Refresh",
    "Release",
    "Reverse",
    "RuleName",
    "RuleNames",
    "SetAside",
    "Spend",
    "Terms",
    "VerificationReport",
    "bring_forward",
    "credit",
    "currencies",
    "currency_names",
    "define_currency",
    "digests",
    "do_due",
    "list_accounts",
    "list_order_entries",
    "lock_accounts",
    "merge",
    "perform",
    "perform_many",
    "reverse_transfer",
    "save",
    "take_back",
    "transfer",
    "undo_merge",
    "verify_ledger",
]
