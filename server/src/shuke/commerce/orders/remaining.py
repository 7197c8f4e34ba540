"""What is left of earlier orders: what refunds can still be matched to, and what still counts as spending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuke.platform.db import Session, raw


@dataclass(frozen=True, slots=True)
class LineLeft:
    """An order line of which some quantity has not been refunded."""

    member_id: int
    order_id: int
    line_no: int
    product_id: int
    is_goods: bool
    unit_price: Decimal
    quantity: Decimal
    refunded_quantity: Decimal
    amount_minor: int
    points_minor: int
    coupon_minor: int
    reduced_minor: int


@dataclass(frozen=True, slots=True)
class OrderLeft:
    """An order of which something has not been refunded, with what refunds took so far."""

    member_id: int
    order_id: int
    number: str
    placed_at: datetime
    business_day: date
    gross_minor: int
    goods_minor: int
    refunded_minor: int
    goods_refunded_minor: int
    quantity_left: Decimal
    received_at: datetime
    store_id: int | None
    source: str
    points_used: int
    points_minor: int
    points_returned: int
    coupon_minor: int
    facts: Any
    payments: Any


@dataclass(frozen=True, slots=True)
class GoodsSpent:
    """Net goods value of a member on a day, and the orders behind it."""

    member_id: int
    business_day: date
    amount_minor: int
    # Orders of the day of which something is left.
    order_count: int


async def lock_orders(session: Session, member_id: int, order_ids: Sequence[int]) -> None:
    """Let nobody else change orders until the transaction ends: those of guests, whom no account stands for."""
    driver = await raw(session)
    await driver.execute(
        """
        select 1 from sales_order where member_id = $1 and order_id = any($2::bigint[]) order by order_id for update
        """,
        member_id,
        list(order_ids),
    )


async def lines_left(
    session: Session, member_ids: Sequence[int], product_ids: Sequence[int], order_ids: Sequence[int] = ()
) -> list[LineLeft]:
    """Lines of the members' orders with quantity left, the oldest order first: for some products, or of some orders."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select l.member_id, l.order_id, l.line_no, l.product_id, l.is_goods, l.unit_price, l.quantity,
               l.refunded_quantity, l.amount_minor, l.points_minor, l.coupon_minor, l.reduced_minor
        from sales_order_line l join sales_order o on o.member_id = l.member_id and o.order_id = l.order_id
        where o.member_id = any($1::bigint[]) and o.kind = 'sale' and o.status <> 'refunded'
            and (l.product_id = any($2::bigint[]) or l.order_id = any($3::bigint[]))
            and l.quantity > l.refunded_quantity
        order by l.member_id, o.placed_at, o.number, l.line_no
        """,
        list(member_ids),
        list(product_ids),
        list(order_ids),
    )
    return [LineLeft(*row) for row in rows]


async def orders_left(session: Session, member_ids: Sequence[int], order_ids: Sequence[int]) -> list[OrderLeft]:
    """Orders by id, with what refunds have taken so far."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select o.member_id, o.order_id, o.number, o.placed_at, o.business_day, o.gross_minor, o.goods_minor,
               o.refunded_minor, o.goods_refunded_minor, sum(greatest(l.quantity - l.refunded_quantity, 0)),
               o.received_at, o.store_id, s.code, o.points_used, o.points_minor, o.points_returned, o.coupon_minor,
               o.facts, o.payments
        from sales_order o join order_source s using (source_id)
        join sales_order_line l on l.member_id = o.member_id and l.order_id = o.order_id
        where o.member_id = any($1::bigint[]) and o.order_id = any($2::bigint[])
        group by o.member_id, o.order_id, s.code
        """,
        list(member_ids),
        list(order_ids),
    )
    return [OrderLeft(*row) for row in rows]


async def goods_spent(session: Session, member_ids: Sequence[int], since: date) -> list[GoodsSpent]:
    """What the members spent on goods on each day from a day on: what counts of orders, less refunds without order."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, business_day, sum(amount_minor)::bigint, sum(orders)::int from (
            select member_id, business_day, counts_minor as amount_minor, (status <> 'refunded')::int as orders
            from sales_order where member_id = any($1::bigint[]) and kind = 'sale' and business_day >= $2
            union all
            select o.member_id, o.business_day, -m.amount_minor, 0
            from sales_order o join refund_match m on m.member_id = o.member_id and m.refund_id = o.order_id
            where o.member_id = any($1::bigint[]) and o.kind = 'refund' and o.business_day >= $2
                and m.how = 'unmatched' and m.is_goods
        ) spent group by member_id, business_day
        """,
        list(member_ids),
        since,
    )
    return [GoodsSpent(*row) for row in rows]


async def find_orders(session: Session, source_id: int, numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Number → (member id, order id) of the documents of a source that are known."""
    driver = await raw(session)
    rows = await driver.fetch(
        "select number, member_id, order_id from order_number where source_id = $1 and number = any($2::text[])",
        source_id,
        list(numbers),
    )
    return {row["number"]: (row["member_id"], row["order_id"]) for row in rows}


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it was stored: what it was, and its lines as (product id, quantity, unit price, amount)."""

    number: str
    order_id: int
    member_id: int
    kind: str
    placed_at: datetime
    store_id: int | None
    lines: tuple[tuple[int, Decimal, Decimal, int], ...]


async def find_documents(session: Session, source_id: int, numbers: Sequence[str]) -> dict[str, StoredDocument]:
    """Documents of a source by number, with their lines; unknown numbers are left out."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select n.number, o.order_id, o.member_id, o.kind, o.placed_at, o.store_id,
               array_agg(row(l.product_id, l.quantity, l.unit_price, l.amount_minor) order by l.line_no) as lines
        from order_number n
        join sales_order o on o.member_id = n.member_id and o.order_id = n.order_id
        join sales_order_line l on l.member_id = n.member_id and l.order_id = n.order_id
        where n.source_id = $1 and n.number = any($2::text[])
        group by n.number, o.member_id, o.order_id
        """,
        source_id,
        list(numbers),
    )
    return {
        row["number"]: StoredDocument(**{**row, "lines": tuple(tuple(line) for line in row["lines"])}) for row in rows
    }
