"""How coupons combine, over HTTP."""

from fastapi import Response

from shuke.foundation import organization
from shuke.platform import audit
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares

from ..permissions import COUPONS_READ, COUPONS_WRITE
from . import actions, queries
from .errors import StackingChanged, StackingInvalid, TemplateNotFound
from .routes import Seen, seen_version
from .schemas import CouponStackingIn, CouponStackingOut, CouponStackingTrialIn, CouponStackingTrialOut
from .views import show_stacking, show_trial

router = Router(tags=["coupons"])


@router.get("/v1/coupon-stacking", dependencies=[allowed(COUPONS_READ, reach="common")])
async def get_coupon_stacking(session: RequestSession, response: Response) -> CouponStackingOut:
    """How coupons of the shop combine. The ETag is what a change must name."""
    stacking, version = await queries.find_stacking(session)
    response.headers["ETag"] = f'"{version}"'
    return await show_stacking(session, stacking, version)


@router.put(
    "/v1/coupon-stacking",
    dependencies=[allowed(COUPONS_WRITE)],
    responses=declares(StackingInvalid, StackingChanged),
)
async def save_coupon_stacking(
    session: RequestSession,
    language: RequestLanguage,
    body: CouponStackingIn,
    response: Response,
    if_match: Seen = None,
) -> CouponStackingOut:
    """Change how coupons combine, for orders from now on. `If-Match`: the version that was read."""
    before, _ = await queries.find_stacking(session)
    stacking, version = await actions.save_stacking(
        session, body.stacking, seen=seen_version(if_match), language=language
    )
    old, new = before.model_dump(mode="json"), stacking.model_dump(mode="json")
    audit.describe(object_id="stacking", changes={name: (old[name], new[name]) for name in new})
    response.headers["ETag"] = f'"{version}"'
    return await show_stacking(session, stacking, version)


@router.post(
    "/v1/coupon-stacking/try",
    dependencies=[allowed(COUPONS_WRITE, reach="common")],
    responses=declares(TemplateNotFound),
)
async def try_coupon_stacking(
    session: RequestSession, language: RequestLanguage, body: CouponStackingTrialIn
) -> CouponStackingTrialOut:
    """Which of some coupons go together, and why the others do not. Writes nothing."""
    shop = await organization.get_shop(session)
    return await show_trial(session, body, language, money=shop.currency, zone=shop.zone)
