"""What orders answer over HTTP."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class StoreRefOut(BaseModel):
    id: int
    name: str


class MemberRefOut(BaseModel):
    id: int
    number: str
    name: str | None


class OrderRowOut(BaseModel):
    """A document as lists show it. Modules above add fields of their own, such as `points`."""

    model_config = ConfigDict(extra="allow")

    id: int
    kind: str
    number: str
    source: str
    placed_at: datetime
    store: StoreRefOut | None
    member: MemberRefOut | None
    currency: str
    gross_minor: int
    net_minor: int
    refunded_minor: int
    line_count: int
    status: str
    points: Any = None


class OrdersOut(BaseModel):
    items: list[OrderRowOut]
    next: str | None


class ProductRefOut(BaseModel):
    code: str
    name: str


class LineOut(BaseModel):
    line_no: int
    product: ProductRefOut
    quantity: str
    unit_price: str
    amount_minor: int
    refunded_quantity: str
    is_goods: bool


class RefundOut(BaseModel):
    order_id: int
    number: str
    at: datetime
    amount_minor: int


class OrderRefOut(BaseModel):
    id: int
    number: str


class MatchOut(BaseModel):
    line_no: int
    product: ProductRefOut
    quantity: str
    amount_minor: int
    how: str
    order: OrderRefOut | None


class OrderOut(OrderRowOut):
    """A document in full. `matches` is there for refunds only."""

    lines: list[LineOut]
    refunds: list[RefundOut]
    matches: list[MatchOut] | None
