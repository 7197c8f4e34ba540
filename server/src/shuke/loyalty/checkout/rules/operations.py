"""The ledger operations that documents become. Each has a key that names it for ever."""

from datetime import datetime

from shuke.loyalty import ledger

from .model import Document, OpenOrder

# What an operation of a document does: earning or taking back, and paying with points or giving them back.
_NAMES = {"sale": ("order", "payment"), "refund": ("refund", "repayment")}


def of_value(document: Document, recorded_at: datetime) -> ledger.Operation:
    """Earning by an order, taking back by a refund."""
    return _operation(document, _NAMES[document.kind][0], recorded_at)


def of_payment(document: Document, recorded_at: datetime, order: OpenOrder | None = None) -> ledger.Operation:
    """Paying an order with points; giving them back by a refund, for each order that it touches."""
    operation = _operation(document, _NAMES[document.kind][1], recorded_at)
    return operation if order is None else operation._replace(key=f"{operation.key}:{order.order_id}")


def payment_key(source: str, number: str) -> str:
    """The key of the operation by which points paid an order."""
    return f"payment:{source}:{number}"


def hold_key(source: str, number: str) -> str:
    """The key of the operation that set points aside for a cart."""
    return f"hold:{source}:{number}"


def _operation(document: Document, name: str, recorded_at: datetime) -> ledger.Operation:
    return ledger.Operation(
        key=f"{name}:{document.source}:{document.number}",
        kind=name,
        occurred_at=document.placed_at,
        business_day=document.business_day,
        recorded_at=recorded_at,
        actor=document.actor,
        request_hash=document.content_hash,
        origin_kind="order" if document.kind == "sale" else "refund",
        origin_id=document.order_id,
    )
