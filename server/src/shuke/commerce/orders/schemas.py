"""What orders answer over HTTP."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from shuke.platform.module import contributions

from .extensions import OrderFacts
from .rules import MatchHow, OrderKind, OrderStatus, RefundReason


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
    kind: OrderKind
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
    status: OrderStatus
    points_used: int
    points_minor: int
    coupon_minor: int
    refund_reason: RefundReason | None
    refund_note: str | None

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """With the fields that modules above add."""
        return _with_facts({fact.key: cls.shape_of(fact) for fact in contributions(OrderFacts)}, core_schema, handler)

    @classmethod
    def shape_of(cls, fact: OrderFacts) -> Any:
        """The type that a field from above has here."""
        return fact.in_list


class CountOut(BaseModel):
    value: int
    is_capped: bool


class OrdersOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[OrderRowOut]
    next: str | None
    count: CountOut | None = None


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
    reason: RefundReason | None
    note: str | None


class OrderRefOut(BaseModel):
    id: int
    number: str


class MatchOut(BaseModel):
    line_no: int
    product: ProductRefOut
    quantity: str
    amount_minor: int
    how: MatchHow
    order: OrderRefOut | None


class FavouriteOut(BaseModel):
    """What a member bought most of, for money: quantity and amount without what went back."""

    code: str
    name: str
    quantity: str
    amount_minor: int


class OrderPaymentOut(BaseModel):
    method: str
    amount_minor: int


class OrderOut(OrderRowOut):
    """A document in full. `matches` is there for refunds only. `payments`: how the money was paid, as its till said."""

    lines: list[LineOut]
    payments: list[OrderPaymentOut]
    refunds: list[RefundOut]
    matches: list[MatchOut] | None

    @classmethod
    def shape_of(cls, fact: OrderFacts) -> Any:
        """The type that a field from above has here."""
        return fact.on_page


class DayTotalOut(BaseModel):
    """Documents of one kind. `money_minor`: what was paid or given back in money, after points and coupons."""

    count: int
    gross_minor: int
    points_minor: int
    coupon_minor: int
    money_minor: int


class TakenOut(BaseModel):
    method: str
    payments: int
    amount_minor: int


class TakingsOut(BaseModel):
    """A day's sales and refunds. `untold_minor`: money of sales of which no till said how it was paid."""

    day: date
    currency: str
    sales: DayTotalOut
    refunds: DayTotalOut
    taken: list[TakenOut]
    untold_minor: int


class OrdersSectionOut(BaseModel):
    """The figures of a member's orders: recency in whole local days, the average is net spend by order."""

    order_count: int
    refund_count: int
    net_spend_minor: int
    average_order_minor: int
    days_since_last_order: int | None
    favourite_products: list[FavouriteOut]
    currency: str


def _with_facts(shapes: dict[str, Any], core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    described = handler.resolve_ref_schema(handler(core_schema))
    described.pop("additionalProperties", None)
    described["properties"] |= {key: handler(TypeAdapter(shape).core_schema) for key, shape in shapes.items()}
    described["required"] = [*described["required"], *shapes]
    return described
