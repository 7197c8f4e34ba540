"""Questions to the ledger."""

from .accounts import (
    AccountView,
    CurrencyName,
    ExpiringAmount,
    LotView,
    currency_names,
    get_currency,
    list_accounts,
    list_expiring,
    list_lots,
)
from .entries import EntryView, find_points_of_orders, list_entries, list_history, list_order_entries
from .operations import (
    Done,
    DoneEntry,
    done_entry,
    find_balance,
    find_done,
    find_merged,
    find_operation_kind,
    find_transfer,
    is_done,
    load_posted,
)

__all__ = [
    "AccountView",
    "CurrencyName",
    "Done",
    "DoneEntry",
    "EntryView",
    "ExpiringAmount",
    "LotView",
    "currency_names",
    "done_entry",
    "find_balance",
    "find_done",
    "find_merged",
    "find_operation_kind",
    "find_points_of_orders",
    "find_transfer",
    "get_currency",
    "is_done",
    "list_accounts",
    "list_entries",
    "list_expiring",
    "list_history",
    "list_lots",
    "list_order_entries",
    "load_posted",
]
