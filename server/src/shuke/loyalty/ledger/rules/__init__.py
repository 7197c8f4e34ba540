"""Pure decisions of the ledger: state and fact in, entries out. No database, no web, no clock."""

from .decide import credit, expire_due, take_back
from .expiry import expires_at
from .hashing import FIRST_HASH, comparison_digest, entry_hash
from .model import (
    Account,
    Allocation,
    Contra,
    Currency,
    Entry,
    EntryKind,
    ExpiryPolicy,
    Lot,
    LotState,
    NegativePolicy,
    Operation,
)

__all__ = [
    "FIRST_HASH",
    "Account",
    "Allocation",
    "Contra",
    "Currency",
    "Entry",
    "EntryKind",
    "ExpiryPolicy",
    "Lot",
    "LotState",
    "NegativePolicy",
    "Operation",
    "comparison_digest",
    "credit",
    "entry_hash",
    "expire_due",
    "expires_at",
    "take_back",
]
