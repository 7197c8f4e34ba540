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

__all__ = [
    "AccountView",
    "CurrencyName",
    "EntryView",
    "ExpiringAmount",
    "LotView",
    "currency_names",
    "find_points_of_orders",
    "get_currency",
    "list_accounts",
    "list_entries",
    "list_expiring",
    "list_history",
    "list_lots",
    "list_order_entries",
]
