"""Questions about the orders of one member: the figures and the history on the member's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from shuke.commerce import catalog
from shuke.platform.db import Session

from ..rules import OrderKind
from ..tables import refund_match, sales_order, sales_order_line

_FAVOURITES = 5


@dataclass(frozen=True, kw_only=True)
class FavouriteProduct:
    """What a member bought most of, for money: quantity and amount without what went back."""

    product: catalog.Product
    quantity: str
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class MemberOrders:
    """A member's orders in figures. Amounts in minor units.

    Net spend is what tiers and growth go by: goods of sales less refunded goods; postage and adjustments left out.
    """

    order_count: int
    refund_count: int
    net_spend_minor: int
    last_order_at: datetime | None
    currency: str | None
    favourites: tuple[FavouriteProduct, ...]


@dataclass(frozen=True, kw_only=True)
class HistoryItem:
    """A document as it stands in a member's history."""

    order_id: int
    kind: OrderKind
    number: str
    at: datetime
    line_count: int
    gross_minor: int
    currency: str
    store_id: int | None


async def member_orders(session: Session, member_ids: Sequence[int]) -> MemberOrders:
    """The figures of the orders of a member and of whoever was merged into them."""
    order = sales_order.c
    is_sale, is_refund = order.kind == "sale", order.kind == "refund"
    row = (
        await session.execute(
            select(
                func.count().filter(is_sale).label("orders"),
                func.count().filter(is_refund).label("refunds"),
                func.coalesce(func.sum(order.goods_minor).filter(is_sale), 0).label("bought"),
                func.max(order.placed_at).filter(is_sale).label("last"),
                func.max(order.currency).label("currency"),
            ).where(order.member_id.in_(member_ids))
        )
    ).one()
    match = refund_match.c
    given_back = await session.scalar(
        select(func.coalesce(func.sum(match.amount_minor), 0)).where(match.member_id.in_(member_ids), match.is_goods)
    )
    return MemberOrders(
        order_count=row.orders,
        refund_count=row.refunds,
        net_spend_minor=int(row.bought - (given_back or 0)),
        last_order_at=row.last,
        currency=row.currency,
        favourites=await _favourites(session, member_ids),
    )


async def list_history(
    session: Session, member_id: int, *, kinds: Sequence[str], before: tuple[datetime, int] | None, limit: int
) -> list[HistoryItem]:
    """A member's documents of some kinds, newest first, those before (instant, order id) only."""
    order = sales_order.c
    wanted = select(
        order.order_id,
        order.kind,
        order.number,
        order.placed_at.label("at"),
        order.line_count,
        order.gross_minor,
        order.currency,
        order.store_id,
    ).where(order.member_id == member_id, order.kind.in_(kinds))
    if before:
        wanted = wanted.where(tuple_(order.placed_at, order.order_id) < tuple_(*before))
    wanted = wanted.order_by(order.placed_at.desc(), order.order_id.desc()).limit(limit)
    return [HistoryItem(**row._mapping) for row in await session.execute(wanted)]


async def _favourites(session: Session, member_ids: Sequence[int]) -> tuple[FavouriteProduct, ...]:
    line, order = sales_order_line.c, sales_order.c
    kept = line.quantity - line.refunded_quantity
    amount = func.round(func.sum(line.amount_minor * kept / line.quantity)).label("amount")
    rows = (
        await session.execute(
            select(line.product_id, func.sum(kept).label("quantity"), amount)
            .join(sales_order, (order.member_id == line.member_id) & (order.order_id == line.order_id))
            .where(line.member_id.in_(member_ids), order.kind == "sale", line.is_goods, line.quantity > 0)
            .group_by(line.product_id)
            .having(func.sum(kept) > 0)
            .order_by(amount.desc(), line.product_id)
            .limit(_FAVOURITES)
        )
    ).all()
    products = await catalog.get_products(session, [row.product_id for row in rows])
    return tuple(
        FavouriteProduct(
            product=products[row.product_id], quantity=f"{row.quantity.normalize():f}", amount_minor=int(row.amount)
        )
        for row in rows
    )
