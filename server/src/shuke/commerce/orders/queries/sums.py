"""Sums of orders that another module names."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from shuke.platform.db import Session

from ..tables import sales_order


@dataclass(frozen=True, kw_only=True)
class OrderSums:
    """How many orders there are and what they came to: as sold, and as refunds have left it."""

    orders: int = 0
    gross_minor: int = 0
    net_minor: int = 0


async def sum_orders(session: Session, named: Select[Any], currency: str) -> dict[Any, OrderSums]:
    """The sums of orders in a currency, by place, in one statement.

    `named` asks for (place, member_id, order_id), each order once in a place.
    """
    wanted = named.subquery()
    order = sales_order.c
    rows = await session.execute(
        select(
            wanted.c.place,
            func.count().label("orders"),
            func.sum(order.gross_minor).label("gross_minor"),
            func.sum(order.net_minor).label("net_minor"),
        )
        .join(sales_order, (order.member_id == wanted.c.member_id) & (order.order_id == wanted.c.order_id))
        .where(order.currency == currency)
        .group_by(wanted.c.place)
    )
    return {
        row.place: OrderSums(orders=row.orders, gross_minor=int(row.gross_minor), net_minor=int(row.net_minor))
        for row in rows
    }
