"""Claiming, giving and voiding coupons over HTTP."""

from contextlib import nullcontext
from typing import Annotated

from fastapi import Path, Request, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.http import (
    REPLAY,
    CurrentActor,
    OwnKey,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.idempotency import KeyReused
from shuke.platform.refusals import OutOfSight

from ..errors import CodeMistyped, CouponChanged, CouponUnknown
from ..guessing import TooManyGuesses, counting_wrong_codes
from ..holding.queries import find_coupons, get_coupon_for
from ..permissions import COUPONS_ISSUE
from ..promises import find_templates
from ..templates.errors import TemplateNotFound
from . import errors
from .claiming import claim, refusal_of
from .giving import Given, Wanted, give
from .many_routes import router as many_router
from .schemas import (
    CouponClaimIn,
    CouponGiveBatchIn,
    CouponGiveBatchOut,
    CouponGiveIn,
    CouponGiveItemIn,
    CouponGivenOut,
    CouponVoidIn,
)
from .views import show_batch, show_given
from .voiding import void

router = Router(tags=["coupons"])
router.include_router(many_router)

TemplatePath = Annotated[str, Path(max_length=60)]
CodePath = Annotated[str, Path(max_length=80)]
_GIVING = (
    members.MemberNotFound,
    members.MemberNotActive,
    TemplateNotFound,
    organization.StoreNotFound,
    OutOfSight,
    errors.LimitReached,
    errors.SoldOut,
    errors.IssuingClosed,
    errors.IssuingOver,
)


@router.post(
    "/v1/coupon-templates/{template}/claims",
    status_code=201,
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(
        *_GIVING,
        errors.NotOpenYet,
        errors.NotForYou,
        errors.WordWrong,
        errors.TicketNeeded,
        errors.IssuingBusy,
        TooManyGuesses,
    ),
)
async def claim_coupon(
    request: Request, session: RequestSession, actor: CurrentActor, template: TemplatePath, body: CouponClaimIn
) -> CouponGivenOut:
    """A member takes a coupon. With an `Idempotency-Key`, asking again takes no second one.

    Whoever tries many wrong words has to wait.

    `coupons.busy`: not sold out, others are taking the last ones just now; ask again after `Retry-After` seconds.
    """
    member_id = await members.get_id(session, body.member, actor.sight, hold=True)
    store_id = await _store(session, actor, body.store)
    # Only words can be guessed: who claims without one is not counted, however many come at once.
    is_guess = body.word is not None
    with counting_wrong_codes(request.app.state.limits, actor, member_id=member_id) if is_guess else nullcontext():
        given = await claim(
            session,
            member_id=member_id,
            template=template,
            actor=actor.name,
            word=body.word,
            store_id=store_id,
        )
    audit.describe(object_id=given.code, details={"template": template})
    return await show_given(session, given)


@router.post(
    "/v1/coupons",
    status_code=201,
    dependencies=[allowed(COUPONS_ISSUE, has_own_keys=True, reach="narrowed")],
    responses=declares(*_GIVING, KeyReused),
)
async def give_coupon(
    session: RequestSession, actor: CurrentActor, key: OwnKey, body: CouponGiveIn, response: Response
) -> CouponGivenOut:
    """Give a member a coupon, with a reason. The key stays with the coupon for ever: asked again, it is told again."""
    member_id = await members.get_id(session, body.member, actor.sight, hold=True)
    wanted = _wanted(body, actor, member_id, key, await _store(session, actor, body.store))
    (given,) = await give(session, [wanted])
    refusal = refusal_of(given, body.template, await find_templates(session, [body.template]))
    if refusal is not None:
        raise refusal
    shown = await show_given(session, given)
    if shown.template != body.template:
        raise KeyReused
    if shown.state == "already":
        response.headers[REPLAY] = "true"
    audit.describe(object_id=given.code, details={"template": body.template, "reason": body.reason})
    return shown


@router.post("/v1/coupons/batch", dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")])
async def give_coupons(
    session: RequestSession, actor: CurrentActor, body: CouponGiveBatchIn, language: RequestLanguage
) -> CouponGiveBatchOut:
    """Up to 1,000 coupons of any members, each with a key of its own, given or refused one by one."""
    found = await members.get_ids(session, sorted({item.member for item in body.items}), actor.sight, hold=True)
    codes = sorted({item.store for item in body.items if item.store})
    stores = await organization.find_store_ids(session, codes) if codes else {}
    own = {code for code in codes if await organization.are_own_stores(session, actor.sight, [code])}
    wanted = [
        _wanted(item, actor, found.get(item.member, 0), item.key, stores.get(item.store or "")) for item in body.items
    ]
    refused: list[AppError | None] = [_refusal(item, found, stores, own) for item in body.items]
    fitting = [one for one, refusal in zip(wanted, refused, strict=True) if refusal is None]
    done = iter(await _given(session, fitting))
    answers: list[Given | AppError] = [refusal or next(done) for refusal in refused]
    return await show_batch(session, wanted, answers, language)


@router.post(
    "/v1/coupons/{code}/void",
    status_code=204,
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(CouponUnknown, CodeMistyped, CouponChanged, errors.CannotVoid),
)
async def void_coupon(session: RequestSession, actor: CurrentActor, code: CodePath, body: CouponVoidIn) -> None:
    """Take a coupon away for good, also one that a cart keeps; what it took of stock and limits is free."""
    found = await get_coupon_for(session, code, actor.sight)
    await void(session, actor, found, reason=body.reason)
    audit.describe(object_id=found.code, details={"template": found.template, "reason": body.reason})


def _wanted(body: CouponGiveIn, actor: Actor, member_id: int, key: str, store_id: int | None) -> Wanted:
    return Wanted(
        member_id=member_id,
        template=body.template,
        key=f"asked:{actor.name}:{key}",
        how="staff" if actor.kind == "staff" else "api",
        actor=actor.name,
        at=clock.now(),
        store_id=store_id,
        reason=body.reason,
    )


async def _given(session: Session, wanted: list[Wanted]) -> list[Given | AppError]:
    """The answers; a key that gave a coupon of another template was used for something else."""
    answers = await give(session, wanted)
    coupons = await find_coupons(session, [one.coupon_id for one in answers if one.coupon_id is not None])
    return [
        KeyReused() if one.coupon_id is not None and coupons[one.coupon_id].template != wish.template else one
        for wish, one in zip(wanted, answers, strict=True)
    ]


def _refusal(item: CouponGiveItemIn, found: dict[str, int], stores: dict[str, int], own: set[str]) -> AppError | None:
    """Why an item is not even tried."""
    if item.member not in found:
        return members.MemberNotFound()
    if item.store is not None and item.store not in stores:
        return organization.StoreNotFound()
    return OutOfSight() if item.store is not None and item.store not in own else None


async def _store(session: Session, actor: Actor, code: str | None) -> int | None:
    """The store in which it happens, one of the caller's own. Raises StoreNotFound, OutOfSight."""
    if code is None:
        return None
    found = (await organization.find_store_ids(session, [code])).get(code)
    if found is None:
        raise organization.StoreNotFound
    await organization.require_own_stores(session, actor.sight, [code])
    return found
