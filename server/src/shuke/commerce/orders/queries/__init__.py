"""Questions about orders and refunds."""

from .lines import Line, Match, OrderLine, Refund, list_lines, list_matches, list_order_lines, list_refunds
from .members import FavouriteProduct, HistoryItem, MemberOrders, list_history, member_orders
from .orders import (
    SORTS,
    Order,
    OrderFilter,
    count_orders,
    find_order,
    get_order,
    get_orders,
    list_orders,
    source_codes,
    total_amount,
)
from .sums import OrderSums, sum_orders
from .takings import DayTotal, Taken, Takings, list_payments, sum_takings

__all__ = [
    "SORTS",
    "DayTotal",
    "FavouriteProduct",
    "HistoryItem",
    "Line",
    "Match",
    "MemberOrders",
    "Order",
    "OrderFilter",
    "OrderLine",
    "OrderSums",
    "Refund",
    "Taken",
    "Takings",
    "count_orders",
    "find_order",
    "get_order",
    "get_orders",
    "list_history",
    "list_lines",
    "list_matches",
    "list_order_lines",
    "list_orders",
    "list_payments",
    "list_refunds",
    "member_orders",
    "source_codes",
    "sum_orders",
    "sum_takings",
    "total_amount",
]
