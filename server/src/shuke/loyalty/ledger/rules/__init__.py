"""Pure decisions of the ledger: state and fact in, entries out. No database, no web, no clock."""

from .credit import PLAIN, Terms, credit, mature, refresh
from .debit import adjust_down, cancel, spend, take_back
from .due import bring_forward
from .expiry import available_on, end_of, expires_on, inactive_from
from .hashing import FIRST_HASH, canonical, comparison_digest, entry_hash
from .holds import capture, hold, release
from .lots import CLOSED_BY, next_due, settle
from .model import (
    MAX_AMOUNT,
    Account,
    Allocation,
    BalanceCap,
    Contra,
    Currency,
    CurrencyKind,
    Entry,
    EntryKind,
    ExpiryPolicy,
    Hold,
    HoldState,
    Lot,
    LotState,
    NegativePolicy,
    Operation,
    PendingPolicy,
    RestorePolicy,
)
from .reversal import Posted, posted_of, restore, reverse
from .transfer import merge, reverse_transfer, transfer
from .undo import undo_merge

__all__ = [
    "CLOSED_BY",
    "FIRST_HASH",
    "MAX_AMOUNT",
    "PLAIN",
    "Account",
    "Allocation",
    "BalanceCap",
    "Contra",
    "Currency",
    "CurrencyKind",
    "Entry",
    "EntryKind",
    "ExpiryPolicy",
    "Hold",
    "HoldState",
    "Lot",
    "LotState",
    "NegativePolicy",
    "Operation",
    "PendingPolicy",
    "Posted",
    "RestorePolicy",
    "Terms",
    "adjust_down",
    "available_on",
    "bring_forward",
    "cancel",
    "canonical",
    "capture",
    "comparison_digest",
    "credit",
    "end_of",
    "entry_hash",
    "expires_on",
    "hold",
    "inactive_from",
    "mature",
    "merge",
    "next_due",
    "posted_of",
    "refresh",
    "release",
    "restore",
    "reverse",
    "reverse_transfer",
    "settle",
    "spend",
    "take_back",
    "transfer",
    "undo_merge",
]
