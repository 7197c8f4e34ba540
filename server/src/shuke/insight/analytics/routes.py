"""Figures and analyses over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.http import CurrentSight, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import AsOfNotKept, BadPeriod
from .permissions import ANALYTICS_READ
from .queries import list_segment
from .rules import SegmentCode
from .schemas import DashboardOut, RfmOut, SegmentMembersOut
from .views import require_today, show_dashboard, show_rfm

router = Router(tags=["analytics"])

AsOf = Annotated[date | None, Query(description="The shop's today; other days are not kept.")]


@router.get(
    "/v1/dashboard", dependencies=[allowed(ANALYTICS_READ)], responses=declares(BadPeriod, organization.ShopNotSetUp)
)
async def get_dashboard(
    session: RequestSession,
    from_day: Annotated[date | None, Query(alias="from", description="First local day.")] = None,
    to_day: Annotated[date | None, Query(alias="to", description="Last local day.")] = None,
) -> DashboardOut:
    """The figures of a period beside those of the period of the same length before it."""
    return await show_dashboard(session, from_day, to_day)


@router.get(
    "/v1/analytics/rfm",
    dependencies=[allowed(ANALYTICS_READ)],
    responses=declares(AsOfNotKept, organization.ShopNotSetUp),
)
async def get_rfm(session: RequestSession, as_of: AsOf = None) -> RfmOut:
    """The RFM map of the shop's today: ten segments, 25 cells and the cuts between them."""
    return await show_rfm(session, as_of)


@router.get(
    "/v1/analytics/rfm/members",
    dependencies=[allowed("members.read", reach="narrowed")],
    responses=declares(AsOfNotKept, BadCursor, organization.ShopNotSetUp),
)
async def get_segment_members(
    session: RequestSession,
    sight: CurrentSight,
    segment: SegmentCode,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> SegmentMembersOut:
    """The members of a segment, as the list of members shows them."""
    shop = await organization.get_shop(session)
    today = require_today(as_of, shop)
    page = await list_segment(session, sight, segment, as_of=today, zone=shop.time_zone, limit=limit, cursor=cursor)
    return SegmentMembersOut(items=await members.list_rows(session, page.items, sight), next=page.next)
