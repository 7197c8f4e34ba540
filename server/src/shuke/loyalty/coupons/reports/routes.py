"""Figures of coupons over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from shuke.foundation import organization
from shuke.platform.http import CurrentSight, RequestSession, Router, allowed, declares

from ..permissions import COUPONS_READ
from ..templates.errors import TemplateNotFound
from .errors import BadReportPeriod
from .rules import By
from .schemas import CouponReportOut
from .views import ask, show_report

router = Router(tags=["coupons"])

From = Annotated[date | None, Query(alias="from", description="First local day; else thirty days before the last.")]
To = Annotated[date | None, Query(alias="to", description="Last local day; else today.")]


@router.get(
    "/v1/coupon-reports/summary",
    dependencies=[allowed(COUPONS_READ, reach="narrowed")],
    responses=declares(BadReportPeriod, TemplateNotFound, organization.ShopNotSetUp),
)
async def get_coupon_report(
    session: RequestSession,
    sight: CurrentSight,
    from_day: From = None,
    to_day: To = None,
    template: Annotated[str | None, Query(max_length=100, description="A template's code.")] = None,
    store: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    channel: Annotated[
        str | None, Query(max_length=100, description="How coupons were issued, or the source of the order.")
    ] = None,
    by: By = "day",
) -> CouponReportOut:
    """What coupons did in a period: together, and by day, template, store or channel.

    Who sees some stores sees what happened there; what no store was named for belongs to those who see all.
    """
    asked = await ask(session, sight, from_day, to_day, template=template, store_id=store, channel=channel)
    return await show_report(session, asked, by)
