"""Figures and analyses over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import spreadsheets
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import AsOfNotKept, BadPeriod
from .files import Part, dashboard_csv
from .permissions import ANALYTICS_READ
from .queries import list_segment
from .rules import Comparison, SegmentCode
from .schemas import DashboardOut, RfmOut, SegmentMembersOut
from .views import require_today, show_dashboard, show_rfm

router = Router(tags=["analytics"])

AsOf = Annotated[date | None, Query(description="The shop's today; other days are not kept.")]


FromDay = Annotated[date | None, Query(alias="from", description="First local day.")]
ToDay = Annotated[date | None, Query(alias="to", description="Last local day.")]
Beside = Annotated[
    Comparison,
    Query(
        alias="compare",
        description="previous: as many days just before; last_year: the same days of the year before; none.",
    ),
]


@router.get(
    "/v1/dashboard", dependencies=[allowed(ANALYTICS_READ)], responses=declares(BadPeriod, organization.ShopNotSetUp)
)
async def get_dashboard(
    session: RequestSession, from_day: FromDay = None, to_day: ToDay = None, comparison: Beside = "previous"
) -> DashboardOut:
    """The figures of a period beside those of another."""
    return await show_dashboard(session, from_day, to_day, comparison)


@router.get(
    "/v1/dashboard/file",
    dependencies=[allowed(ANALYTICS_READ)],
    response_class=Response,
    responses={
        **declares(BadPeriod, organization.ShopNotSetUp),
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "UTF-8 with BOM."},
    },
)
async def get_dashboard_file(
    session: RequestSession,
    language: RequestLanguage,
    part: Part,
    from_day: FromDay = None,
    to_day: ToDay = None,
    comparison: Beside = "previous",
) -> Response:
    """A part of the same as a table; amounts in units of the currency."""
    shown = await show_dashboard(session, from_day, to_day, comparison)
    name = f"{part}-{shown.period.from_}-{shown.period.to}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(dashboard_csv(shown, part, language), media_type=spreadsheets.MEDIA_TYPE, headers=headers)


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
