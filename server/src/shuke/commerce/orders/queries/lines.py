"""Questions about what is in an order, and which refund took back which part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, tuple_

from shuke.commerce import catalog
from shuke.people import members
from shuke.platform.db import Session

from ..rules import MatchHow, RefundReason
from ..tables import refund_match, sales_order, sales_order_line
from .orders import Order


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a document; amounts in minor units. `refunded_quantity` is what refunds have taken of it."""

    line_no: int
    product: catalog.Product
    quantity: Decimal
    unit_price: Decimal
    amount_minor: int
    refunded_quantity: Decimal
    is_goods: bool


@dataclass(frozen=True, kw_only=True)
class OrderLine(Line):
    """A line together with the document that it belongs to."""

    order_id: int


@dataclass(frozen=True, kw_only=True)
class Refund:
    """A refund document and how much of one order it took back, in minor units."""

    order_id: int
    number: str
    at: datetime
    amount_minor: int
    reason: RefundReason | None
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Match:
    """Which order a part of a refund's line belongs to. `how`: same_price, same_product, named or unmatched."""

    line_no: int
    product: catalog.Product
    quantity: Decimal
    amount_minor: int
    how: MatchHow
    order_id: int | None


async def list_lines(session: Session, order: Order) -> list[Line]:
    """The lines of a document, in its own order."""
    return list(await list_order_lines(session, [(order.member_id, order.order_id)]))


async def list_order_lines(session: Session, keys: Sequence[tuple[int, int]]) -> list[OrderLine]:
    """The lines of several documents by (member id, order id), by document and line number."""
    if not keys:
        return []
    line = sales_order_line.c
    rows = (
        await session.execute(
            select(sales_order_line)
            .where(tuple_(line.member_id, line.order_id).in_(set(keys)))
            .order_by(line.order_id, line.line_no)
        )
    ).all()
    products = await catalog.get_products(session, [row.product_id for row in rows])
    return [
        OrderLine(
            order_id=row.order_id,
            line_no=row.line_no,
            product=products[row.product_id],
            quantity=row.quantity,
            unit_price=row.unit_price,
            amount_minor=row.amount_minor,
            refunded_quantity=row.refunded_quantity,
            is_goods=row.is_goods,
        )
        for row in rows
    ]


async def list_refunds(session: Session, order: Order) -> list[Refund]:
    """The refunds that took something of an order back, oldest first."""
    match, refund = refund_match.c, sales_order.c
    # A refund is its member's by now: of an order of somebody merged, the survivor's.
    people = await members.everybody(session, order.member_id)
    rows = await session.execute(
        select(
            refund.order_id,
            refund.number,
            refund.placed_at.label("at"),
            refund.refund_reason.label("reason"),
            refund.refund_note.label("note"),
            func.sum(match.amount_minor).label("amount_minor"),
        )
        .join(sales_order, (refund.member_id == match.member_id) & (refund.order_id == match.refund_id))
        .where(match.member_id.in_(people), match.order_id == order.order_id)
        .group_by(refund.order_id, refund.number, refund.placed_at, refund.refund_reason, refund.refund_note)
        .order_by(refund.placed_at, refund.order_id)
    )
    return [
        Refund(
            order_id=row.order_id,
            number=row.number,
            at=row.at,
            amount_minor=int(row.amount_minor),
            reason=row.reason,
            note=row.note,
        )
        for row in rows
    ]


async def list_matches(session: Session, refund: Order) -> list[Match]:
    """How each part of a refund's lines was matched with an order, in the order of its lines."""
    match, line = refund_match.c, sales_order_line.c
    rows = (
        await session.execute(
            select(match.line_no, line.product_id, match.quantity, match.amount_minor, match.how, match.order_id)
            .join(
                sales_order_line,
                (line.member_id == match.member_id)
                & (line.order_id == match.refund_id)
                & (line.line_no == match.line_no),
            )
            .where(match.member_id == refund.member_id, match.refund_id == refund.order_id)
            .order_by(match.line_no, match.part)
        )
    ).all()
    products = await catalog.get_products(session, [row.product_id for row in rows])
    return [
        Match(
            line_no=row.line_no,
            product=products[row.product_id],
            quantity=row.quantity,
            amount_minor=row.amount_minor,
            how=row.how,
            order_id=row.order_id,
        )
        for row in rows
    ]
