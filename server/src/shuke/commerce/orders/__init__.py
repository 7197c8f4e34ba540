"""Orders and refunds as they arrived. Checkout decides what they are worth; this module stores and shows them."""

from .actions import (
    Claim,
    Claimed,
    NewLine,
    NewMatch,
    NewOrder,
    Payment,
    RefundedLine,
    RefundedOrder,
    claim_numbers,
    ensure_source,
    note_refunds,
    store,
)
from .errors import OrderNotFound
from .events import OrderAdjusted, OrderPaid, OrderRefunded
from .extensions import OrderFacts
from .history import load_purchases
from .purchases import Purchases
from .queries import (
    Order,
    OrderLine,
    find_order,
    get_order,
    get_orders,
    list_order_lines,
    total_amount,
)
from .remaining import (
    GoodsSpent,
    LineLeft,
    OrderLeft,
    StoredDocument,
    find_documents,
    find_orders,
    goods_spent,
    lines_left,
    lock_orders,
    orders_left,
)
from .sold import Sold, SoldWanted, count_sold, list_sold

__all__ = [
    "Claim",
    "Claimed",
    "GoodsSpent",
    "LineLeft",
    "NewLine",
    "NewMatch",
    "NewOrder",
    "Order",
    "OrderAdjusted",
    "OrderFacts",
    "OrderLeft",
    "OrderLine",
    "OrderNotFound",
    "OrderPaid",
    "OrderRefunded",
    "Payment",
    "Purchases",
    "RefundedLine",
    "RefundedOrder",
    "Sold",
    "SoldWanted",
    "StoredDocument",
    "claim_numbers",
    "count_sold",
    "ensure_source",
    "find_documents",
    "find_order",
    "find_orders",
    "get_order",
    "get_orders",
    "goods_spent",
    "lines_left",
    "list_order_lines",
    "list_sold",
    "load_purchases",
    "lock_orders",
    "note_refunds",
    "orders_left",
    "store",
    "total_amount",
]
