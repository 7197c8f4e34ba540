"""What came in on a day: sales and refunds of a store, and how they were paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.actor import Sight
from shuke.platform.db import Session

from ..tables import sales_order
from .orders import Order, visible


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one way of payment brought: in how many payments, and how much."""

    method: str
    payments: int
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class DayTotal:
    """Documents of one kind: how many, their goods, and what points and coupons paid of them. Never below zero."""

    count: int = 0
    gross_minor: int = 0
    points_minor: int = 0
    coupon_minor: int = 0

    @property
    def money_minor(self) -> int:
        """What was paid, or given back, in money."""
        return self.gross_minor - self.points_minor - self.coupon_minor


@dataclass(frozen=True)
class Takings:
    """Sales and refunds of some time, and the ways in which the sales were paid, the largest first."""

    sales: DayTotal
    refunds: DayTotal
    taken: Sequence[Taken]

    @property
    def untold_minor(self) -> int:
        """Money of sales of which nobody said how it was paid."""
        return self.sales.money_minor - sum(one.amount_minor for one in self.taken)


async def sum_takings(
    session: Session, sight: Sight, *, store_id: int | None, from_at: datetime, until_at: datetime
) -> Takings:
    """What came in between two instants, at one store or at all that the caller sees."""
    order = sales_order.c
    within = [order.placed_at >= from_at, order.placed_at < until_at]
    if store_id is not None:
        within.append(order.store_id == store_id)
    if not sight.is_whole:
        within.append(visible(sight))
    totals = await _totals(session, within)
    return Takings(totals.get("sale", DayTotal()), totals.get("refund", DayTotal()), await _taken(session, within))


async def list_payments(session: Session, order: Order) -> list[tuple[str, int]]:
    """How a document was paid: (method, amount in minor units), as its till said it."""
    one = sales_order.c
    named = (one.member_id == order.member_id) & (one.order_id == order.order_id)
    payments = await session.scalar(select(one.payments).where(named))
    return [(method, amount) for method, amount in payments or []]


async def _totals(session: Session, within: Sequence[ColumnElement[bool]]) -> dict[str, DayTotal]:
    order = sales_order.c
    rows = await session.execute(
        select(
            order.kind,
            func.count().label("documents"),
            func.sum(order.gross_minor).label("gross_minor"),
            func.sum(order.points_minor).label("points_minor"),
            func.sum(order.coupon_minor).label("coupon_minor"),
        )
        .where(*within)
        .group_by(order.kind)
    )
    return {
        row.kind: DayTotal(
            count=row.documents,
            gross_minor=abs(int(row.gross_minor)),
            points_minor=int(row.points_minor),
            coupon_minor=int(row.coupon_minor),
        )
        for row in rows
    }


async def _taken(session: Session, within: Sequence[ColumnElement[bool]]) -> list[Taken]:
    order = sales_order.c
    parts = (
        select(func.jsonb_array_elements(order.payments, type_=JSONB).label("part"))
        .where(order.kind == "sale", *within)
        .subquery()
    )
    method = parts.c.part[0].astext
    amount = func.sum(cast(parts.c.part[1].astext, BigInteger))
    rows = await session.execute(
        select(method.label("method"), func.count().label("payments"), amount.label("amount_minor"))
        .group_by(method)
        .order_by(amount.desc(), method)
    )
    return [Taken(method=row.method, payments=row.payments, amount_minor=int(row.amount_minor)) for row in rows]
