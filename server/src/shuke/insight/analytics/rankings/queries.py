"""The rankings of a period: sums of sums, one statement for stores or employees, never a look at single orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, false, func, or_, select, true

from shuke.platform.actor import Sight
from shuke.platform.db import Session

from ..rules import Period
from .tables import analytics_rank_day, analytics_rank_joined

By = Literal["stores", "employees"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What one store or employee did in a period. Money in minor units, refunds taken off."""

    members_gained: int = 0
    net_sales_minor: int = 0
    orders: int = 0
    member_orders: int = 0
    first_orders: int = 0

    @property
    def returning_orders(self) -> int:
        """Orders of members who had bought before."""
        return self.member_orders - self.first_orders


async def standings(session: Session, by: By, period: Period, currency: str, sight: Sight) -> Mapping[int, Standing]:
    """What each store or employee whom the caller sees did in a period; 0, nobody named, is left out."""
    day, joined = analytics_rank_day.c, analytics_rank_joined.c
    one, other = (day.store_id, joined.store_id) if by == "stores" else (day.employee_id, joined.employee_id)
    sales = await session.execute(
        select(
            one.label("id"),
            func.sum(day.paid_minor + day.refunded_minor).label("net_sales_minor"),
            func.sum(day.orders).label("orders"),
            func.sum(day.member_orders).label("member_orders"),
            func.sum(day.first_orders).label("first_orders"),
        )
        .where(
            day.day.between(period.first, period.last),
            day.currency == currency,
            one != 0,
            _visible(day.store_id, day.employee_id, sight),
        )
        .group_by(one)
    )
    gained = await session.execute(
        select(other, func.sum(joined.joined))
        .where(
            joined.day.between(period.first, period.last),
            other != 0,
            _visible(joined.store_id, joined.employee_id, sight),
        )
        .group_by(other)
    )
    members = {row[0]: int(row[1]) for row in gained}
    found = {row["id"]: {name: int(value) for name, value in row.items() if name != "id"} for row in sales.mappings()}
    return {
        key: Standing(members_gained=members.get(key, 0), **found.get(key, {})) for key in found.keys() | members.keys()
    }


def _visible(store_id: ColumnElement[int], employee_id: ColumnElement[int], sight: Sight) -> ColumnElement[bool]:
    if sight.is_whole:
        return true()
    parts: list[ColumnElement[bool]] = []
    if sight.units:
        parts.append(store_id.in_(sorted(sight.units)))
    if sight.person is not None:
        parts.append(employee_id == sight.person)
    return or_(*parts) if parts else false()
