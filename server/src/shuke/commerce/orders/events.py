"""What orders announce. No personal data: ids, amounts and days."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _OrderEvent(Event):
    name: ClassVar[str] = ""
    order_id: int
    source: str
    number: str
    store_id: int | None
    employee_id: int | None = None
    business_day: str
    currency: str
    gross_minor: int
    goods_minor: int


@dataclass(frozen=True, kw_only=True)
class OrderPaid(_OrderEvent):
    """An order arrived. Member 0: a guest sale. Amounts in minor units, at or above zero as a rule."""

    name: ClassVar[str] = "order.paid"


@dataclass(frozen=True, kw_only=True)
class OrderRefunded(_OrderEvent):
    """A refund document arrived; its amounts are below zero."""

    name: ClassVar[str] = "order.refunded"


@dataclass(frozen=True, kw_only=True)
class OrderAdjusted(_OrderEvent):
    """A booking that is neither sale nor refund: stock corrections, bad debt."""

    name: ClassVar[str] = "order.adjusted"
