"""Builders of events for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from shuke.platform.events import StoredEvent

_ids = count(1)


def sale(
    member_id: int, at: datetime, gross_minor: int, *, store_id: int | None = None, currency: str = "CNY"
) -> StoredEvent:
    """An order paid; member 0 is a guest."""
    return _document("order.paid", member_id, at, gross_minor, store_id, currency)


def refund(member_id: int, at: datetime, gross_minor: int, *, store_id: int | None = None) -> StoredEvent:
    """A refund; its amount is below zero."""
    return _document("order.refunded", member_id, at, gross_minor, store_id, "CNY")


def adjustment(at: datetime, gross_minor: int) -> StoredEvent:
    """A booking that is neither."""
    return _document("order.adjusted", 0, at, gross_minor, None, "CNY")


def balance(name: str, at: datetime, amount: int, *, currency: str = "points") -> StoredEvent:
    """An entry of the ledger."""
    return _event(name, 1, at, {"currency": currency, "amount": amount, "business_day": at.date().isoformat()})


def level_change(member_id: int, before: str | None, after: str) -> StoredEvent:
    """A change of level."""
    body = {"scheme": "main", "from_level": before, "to_level": after}
    return _event("tier.changed", member_id, datetime(2026, 1, 1, tzinfo=UTC), body)


def joined(member_id: int, at: datetime) -> StoredEvent:
    """A new member."""
    return _event("member.joined", member_id, at, {})


def status_change(member_id: int, at: datetime, before: str, after: str) -> StoredEvent:
    """A member who was frozen, left or came back."""
    return _event("member.status_changed", member_id, at, {"before": before, "after": after})


def _document(
    name: str, member_id: int, at: datetime, gross_minor: int, store_id: int | None, currency: str
) -> StoredEvent:
    body = {
        "business_day": at.date().isoformat(),
        "store_id": store_id,
        "currency": currency,
        "gross_minor": gross_minor,
        "goods_minor": gross_minor,
    }
    return _event(name, member_id, at, body)


def _event(name: str, member_id: int, at: datetime, body: dict[str, Any]) -> StoredEvent:
    return StoredEvent(id=next(_ids), transaction_id=1, name=name, member_id=member_id, occurred_at=at, body=body)
