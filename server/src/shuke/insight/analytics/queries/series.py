"""The days of a period, one row each: what charts are drawn from."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from shuke.platform.db import Session

from ..rules import Period
from ..tables import analytics_balance_day, analytics_joined_day, analytics_store_day

_POINTS = "points"


@dataclass(slots=True)
class DayFigures:
    """One local day. Points used, taken back and expired count upwards."""

    day: date = field(default=date.min)
    sales_minor: int = 0
    member_sales_minor: int = 0
    orders: int = 0
    new_members: int = 0
    points_issued: int = 0
    points_taken_back: int = 0
    points_used: int = 0
    points_expired: int = 0


async def list_days(session: Session, period: Period, currency: str) -> list[DayFigures]:
    """Every day of a period, also those on which nothing happened, oldest first."""
    days = {day: DayFigures(day) for day in period.days()}
    await _fill_sales(session, days, period, currency)
    await _fill_points(session, days, period)
    joined = analytics_joined_day.c
    for day, members in await session.execute(
        select(joined.day, joined.joined).where(joined.day.between(period.first, period.last))
    ):
        days[day].new_members = members
    return list(days.values())


async def _fill_sales(session: Session, days: dict[date, DayFigures], period: Period, currency: str) -> None:
    store = analytics_store_day.c
    rows = await session.execute(
        select(
            store.day,
            func.sum(store.paid_minor + store.refunded_minor),
            func.sum(store.member_paid_minor + store.member_refunded_minor),
            func.sum(store.orders),
        )
        .where(store.day.between(period.first, period.last), store.currency == currency)
        .group_by(store.day)
    )
    for day, sales, member_sales, orders in rows:
        days[day].sales_minor = int(sales)
        days[day].member_sales_minor = int(member_sales)
        days[day].orders = int(orders)


async def _fill_points(session: Session, days: dict[date, DayFigures], period: Period) -> None:
    balance = analytics_balance_day.c
    rows = await session.execute(
        select(analytics_balance_day).where(balance.currency == _POINTS, balance.day.between(period.first, period.last))
    )
    for row in rows:
        day = days[row.day]
        day.points_issued = row.issued
        day.points_taken_back = -row.taken_back
        day.points_used = -row.used
        day.points_expired = -row.expired
