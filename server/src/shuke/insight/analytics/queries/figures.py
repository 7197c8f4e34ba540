"""The figures of a period. What each means is said in docs/guide: figures."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from shuke.platform.db import Session

from ..rules import Period
from ..tables import (
    analytics_balance_day,
    analytics_joined_day,
    analytics_level,
    analytics_purchase_gap,
    analytics_store_day,
)

_POINTS = "points"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The sums of a period, and the two that grow for ever: members and points outstanding at its end."""

    members: int
    new_members: int
    active_members: int
    returning_members: int
    orders: int
    sales_minor: int
    member_sales_minor: int
    points_issued: int
    points_used: int
    points_expired: int
    points_outstanding: int


@dataclass(frozen=True, kw_only=True)
class StoreFigures:
    """What one store sold in a period. Store 0: none named."""

    store_id: int
    sales_minor: int
    orders: int


async def figures(session: Session, period: Period, currency: str) -> Figures:
    """The figures of a period; amounts are those in one currency."""
    joined = analytics_joined_day.c
    members = (
        await session.execute(
            select(
                func.coalesce(func.sum(joined.joined - joined.left), 0).label("all"),
                func.coalesce(func.sum(joined.joined).filter(joined.day >= period.first), 0).label("new"),
            ).where(joined.day <= period.last)
        )
    ).one()
    store = analytics_store_day.c
    sales = (
        await session.execute(
            select(
                func.coalesce(func.sum(store.orders), 0),
                func.coalesce(func.sum(store.paid_minor + store.refunded_minor), 0),
                func.coalesce(func.sum(store.member_paid_minor + store.member_refunded_minor), 0),
            ).where(store.day.between(period.first, period.last), store.currency == currency)
        )
    ).one()
    active, returning = await _purchasers(session, period)
    issued, used, expired, outstanding = await _points(session, period)
    return Figures(
        members=int(members[0]),
        new_members=int(members[1]),
        active_members=active,
        returning_members=returning,
        orders=int(sales[0]),
        sales_minor=int(sales[1]),
        member_sales_minor=int(sales[2]),
        points_issued=issued,
        points_used=used,
        points_expired=expired,
        points_outstanding=outstanding,
    )


async def first_day(session: Session) -> date | None:
    """The first local day that has a document; None before there is any."""
    found: date | None = await session.scalar(select(func.min(analytics_store_day.c.day)))
    return found


async def list_stores(session: Session, period: Period, currency: str, limit: int) -> list[StoreFigures]:
    """The stores that sold most in a period."""
    store = analytics_store_day.c
    sales = func.sum(store.paid_minor + store.refunded_minor).label("sales")
    rows = await session.execute(
        select(store.store_id, sales, func.sum(store.orders).label("orders"))
        .where(store.day.between(period.first, period.last), store.currency == currency, store.store_id != 0)
        .group_by(store.store_id)
        .order_by(sales.desc(), store.store_id)
        .limit(limit)
    )
    return [StoreFigures(store_id=row[0], sales_minor=int(row[1]), orders=int(row[2])) for row in rows]


async def list_levels(session: Session, scheme: str) -> dict[str, int]:
    """How many members have each level of a scheme, by the level's code."""
    level = analytics_level.c
    rows = await session.execute(select(level.level, level.members).where(level.scheme == scheme))
    return {code: int(members) for code, members in rows}


async def _purchasers(session: Session, period: Period) -> tuple[int, int]:
    """Members with an order in the period, and those with two or more.

    Of a member's orders in the period just the first has the order before it outside, and just the first two have
    the one before that outside: so counting orders by their gaps counts members.
    """
    gap = analytics_purchase_gap.c
    rows = await session.execute(
        select(gap.distance, func.sum(gap.orders))
        .where(gap.day.between(period.first, period.last), gap.earlier_day < period.first)
        .group_by(gap.distance)
    )
    counted = {distance: int(orders) for distance, orders in rows}
    active = counted.get(1, 0)
    return active, counted.get(2, 0) - active


async def _points(session: Session, period: Period) -> tuple[int, int, int, int]:
    balance = analytics_balance_day.c
    within = balance.day >= period.first
    changed = balance.issued + balance.taken_back + balance.expired + balance.used + balance.other
    row = (
        await session.execute(
            select(
                func.coalesce(func.sum(balance.issued).filter(within), 0),
                func.coalesce(-func.sum(balance.used).filter(within), 0),
                func.coalesce(-func.sum(balance.expired).filter(within), 0),
                func.coalesce(func.sum(changed), 0),
            ).where(balance.currency == _POINTS, balance.day <= period.last)
        )
    ).one()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])
