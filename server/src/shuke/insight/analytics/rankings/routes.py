"""Rankings over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from shuke.foundation import organization
from shuke.platform.http import CurrentSight, RequestSession, Router, allowed, declares

from ..errors import BadPeriod
from ..permissions import ANALYTICS_READ
from .schemas import RankingOut, SortBy
from .views import show_ranking

router = Router(tags=["analytics"])

From = Annotated[date | None, Query(alias="from", description="First local day.")]
To = Annotated[date | None, Query(alias="to", description="Last local day.")]


@router.get(
    "/v1/rankings/stores",
    dependencies=[allowed(ANALYTICS_READ, reach="narrowed")],
    responses=declares(BadPeriod, organization.ShopNotSetUp),
)
async def rank_stores(
    session: RequestSession,
    sight: CurrentSight,
    from_day: From = None,
    to_day: To = None,
    sort: SortBy = "net_sales_minor",
) -> RankingOut:
    """Stores by members gained, net sales, orders, average order or returning members, the best first."""
    return await show_ranking(session, "stores", from_day, to_day, sort, sight)


@router.get(
    "/v1/rankings/employees",
    dependencies=[allowed(ANALYTICS_READ, reach="narrowed")],
    responses=declares(BadPeriod, organization.ShopNotSetUp),
)
async def rank_employees(
    session: RequestSession,
    sight: CurrentSight,
    from_day: From = None,
    to_day: To = None,
    sort: SortBy = "net_sales_minor",
) -> RankingOut:
    """Employees by the same figures: members whom they brought, and orders that they served."""
    return await show_ranking(session, "employees", from_day, to_day, sort, sight)
