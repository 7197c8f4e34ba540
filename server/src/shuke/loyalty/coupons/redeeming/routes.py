"""Coupons at a till by their code alone, over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query, Request, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.refusals import OutOfSight

from ..budgets import BudgetUsedUp
from ..errors import (
    CodeMistyped,
    CouponChanged,
    CouponDoesNotApply,
    CouponGivenAway,
    CouponLocked,
    CouponOfSomebodyElse,
    CouponOver,
    CouponUnknown,
    CouponUsed,
    CouponVoid,
)
from ..guessing import TooManyGuesses, counting_wrong_codes
from ..permissions import COUPONS_REDEEM
from . import actions, views
from .errors import (
    AmountNeeded,
    BelowThreshold,
    CouponNotYet,
    CouponOffered,
    GoodsNeeded,
    GoodsNotKnown,
    NotForMember,
    NothingForIt,
    NotRedeemed,
    OrderNeeded,
    RedeemedWithOrder,
    StoreNotKnown,
    TooLateToUndo,
    WhoIsAsked,
    WrongChannel,
    WrongHour,
    WrongStore,
    WrongWeekday,
)
from .schemas import (
    CouponLookupOut,
    RedeemCouponIn,
    RedeemedCouponOut,
    StoreRedemptionsOut,
    UndoRedemptionIn,
)

router = Router(tags=["coupons"])

Code = Annotated[str, Path(min_length=1, max_length=64, description="As it was typed or scanned.")]
StoreCode = Annotated[str, Query(min_length=1, max_length=100, description="A store's code.")]
_OF_CODES = (OutOfSight, CouponUnknown, CodeMistyped, TooManyGuesses, members.MemberNotFound)
_OF_COUPONS = (
    CouponUsed,
    CouponOver,
    CouponVoid,
    CouponGivenAway,
    CouponLocked,
    CouponOffered,
    CouponOfSomebodyElse,
    CouponChanged,
    CouponDoesNotApply,
    CouponNotYet,
    WrongStore,
    WrongChannel,
    WrongWeekday,
    WrongHour,
    BelowThreshold,
    NothingForIt,
    NotForMember,
    WhoIsAsked,
    AmountNeeded,
    GoodsNeeded,
    OrderNeeded,
    GoodsNotKnown,
    StoreNotKnown,
    BudgetUsedUp,
    members.MemberNotActive,
)


@router.get(
    "/v1/coupons/lookup", dependencies=[allowed(COUPONS_REDEEM, reach="narrowed")], responses=declares(*_OF_CODES)
)
async def look_coupon_up(
    request: Request,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Annotated[str, Query(min_length=1, max_length=64, description="As it was typed or scanned.")],
    store: Annotated[str | None, Query(min_length=1, max_length=100, description="Where it is to be used.")] = None,
    member: Annotated[str | None, Query(max_length=200, description="Who uses it: an id or natural key.")] = None,
    amount_minor: Annotated[int | None, Query(ge=0, le=10**12)] = None,
) -> CouponLookupOut:
    """A coupon by its code: what it is for, who holds it, and whether it may be redeemed just now. Writes nothing."""
    if store is not None:
        await organization.require_own_stores(session, actor.sight, [store])
    wanted = actions.Wanted(
        code=code,
        store=store,
        amount_minor=amount_minor,
        member_ids=await _everybody(session, member, actor),
    )
    with counting_wrong_codes(request.app.state.limits, actor):
        checked = await actions.check(session, wanted)
    return await views.show_checked(session, checked, actor.sight, language)


@router.get(
    "/v1/coupons/redemptions",
    dependencies=[allowed(COUPONS_REDEEM, reach="narrowed")],
    responses=declares(OutOfSight, StoreNotKnown),
)
async def get_redemptions(
    session: RequestSession, actor: CurrentActor, store: StoreCode, day: date | None = None
) -> StoreRedemptionsOut:
    """What a store redeemed on a day of the shop, today unless another is named; the newest first."""
    await organization.require_own_stores(session, actor.sight, [store])
    stores = await organization.find_store_ids(session, [store])
    if store not in stores:
        raise StoreNotKnown(store=store)
    shop = await organization.get_shop(session)
    day = day or clock.business_day(clock.now(), shop.zone)
    return await views.show_day(session, [stores[store]], day, shop, actor.sight)


@router.post(
    "/v1/coupons/{code}/redeem",
    status_code=201,
    dependencies=[allowed(COUPONS_REDEEM, reach="narrowed")],
    responses={
        200: {"model": RedeemedCouponOut, "description": "Redeemed before, under the same source and number."},
        **declares(*_OF_CODES, *_OF_COUPONS),
    },
)
async def redeem_coupon(
    request: Request,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: RedeemCouponIn,
    response: Response,
) -> RedeemedCouponOut:
    """Redeem a coupon by itself, in a store of the caller's. Refused, nothing is written."""
    await organization.require_own_stores(session, actor.sight, [body.store])
    wanted = actions.Wanted(
        code=code,
        store=body.store,
        source=body.source,
        number=body.number,
        member_ids=await _everybody(session, body.member, actor),
        amount_minor=body.amount_minor,
        goods=tuple((one.product, one.quantity, one.amount_minor) for one in body.goods),
        note=body.note,
    )
    with counting_wrong_codes(request.app.state.limits, actor):
        redeemed = await actions.redeem(session, wanted, actor)
    response.status_code = 201 if redeemed.is_new else 200
    shown = await _as_it_stands(session, redeemed.coupon.code, actor, language)
    return RedeemedCouponOut(
        outcome="redeemed" if redeemed.is_new else "unchanged",
        # That it is used by now is what was asked for.
        coupon=shown.model_copy(update={"problem": None}),
    )


@router.post(
    "/v1/coupons/{code}/undo-redemption",
    dependencies=[allowed(COUPONS_REDEEM, reach="narrowed")],
    responses=declares(*_OF_CODES, NotRedeemed, RedeemedWithOrder, TooLateToUndo, CouponChanged),
)
async def undo_redemption(
    request: Request,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: UndoRedemptionIn,
) -> CouponLookupOut:
    """Take a redemption without an order back, on its own day; the coupon may be used again, and its budget too."""
    with counting_wrong_codes(request.app.state.limits, actor):
        coupon = await actions.undo(session, code, body.reason, actor)
    return await _as_it_stands(session, coupon.code, actor, language)


async def _everybody(session: Session, reference: str | None, actor: Actor) -> tuple[int, ...]:
    if not reference:
        return ()
    return tuple(await members.aliases(session, await members.get_id(session, reference, actor.sight)))


async def _as_it_stands(session: Session, code: str, actor: Actor, language: Language) -> CouponLookupOut:
    checked = await actions.check(session, actions.Wanted(code=code, store=None))
    return await views.show_checked(session, checked, actor.sight, language)
