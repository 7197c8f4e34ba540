"""What rankings answer over HTTP."""

from typing import Literal

from pydantic import BaseModel, Field

from ..schemas import PeriodOut

SortBy = Literal["net_sales_minor", "members_gained", "orders", "average_order_minor", "returning_share"]


class StandingOut(BaseModel):
    members_gained: int
    net_sales_minor: int
    orders: int
    average_order_minor: int | None
    returning_share: int | None = Field(
        description="Orders of members who had bought before, per ten thousand orders of members."
    )


class RankedOut(BaseModel):
    """`rank` by the figure asked for; equal figures share a rank. `previous`: the period before; null: nothing then."""

    rank: int
    id: int
    name: str
    code: str
    note: str | None = Field(description="A store's region, or an employee's store.")
    is_active: bool
    now: StandingOut
    previous: StandingOut | None
    previous_rank: int | None


class RankingOut(BaseModel):
    period: PeriodOut
    previous: PeriodOut
    currency: str
    sort: SortBy
    items: list[RankedOut]
