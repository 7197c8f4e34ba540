"""Giving to many over HTTP: a look at who is meant, asking, how far it is, and calling it off."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Path, Query

from shuke.foundation import organization, staff
from shuke.platform import audit, conditions
from shuke.platform.conditions import ConditionInvalid, FactNotForSets
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from ..permissions import COUPONS_ISSUE, COUPONS_READ
from ..templates.errors import TemplateNotFound
from . import errors, many
from .many_queries import Gift, get_gift, list_gifts
from .schemas import (
    CouponHandoutIn,
    CouponHandoutOut,
    CouponHandoutPreviewIn,
    CouponHandoutPreviewOut,
    CouponHandoutsOut,
)

router = Router(tags=["coupons"])

GiftId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post(
    "/v1/coupon-gifts/preview",
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(TemplateNotFound, ConditionInvalid, FactNotForSets),
)
async def preview_gift(
    session: RequestSession, actor: CurrentActor, body: CouponHandoutPreviewIn, language: RequestLanguage
) -> CouponHandoutPreviewOut:
    """How many members a gift to many would go to. Nothing is given."""
    meant = await many.read_meant(session, actor, condition=body.condition, references=body.members, language=language)
    found = await many.preview(session, body.template, meant, language)
    return CouponHandoutPreviewOut(**{**vars(found), "unknown": list(found.unknown)})


@router.post(
    "/v1/coupon-gifts",
    status_code=202,
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(
        TemplateNotFound,
        ConditionInvalid,
        FactNotForSets,
        errors.IssuingClosed,
        errors.NobodyToGive,
        errors.CountChanged,
        errors.ApprovalByPerson,
    ),
)
async def give_to_many(
    session: RequestSession, actor: CurrentActor, body: CouponHandoutIn, language: RequestLanguage
) -> CouponHandoutOut:
    """Give a coupon to everybody of a list, or to everybody who meets a condition, in the background, each once.

    Above 10,000 members it waits until a second person approves it.
    """
    meant = await many.read_meant(session, actor, condition=body.condition, references=body.members, language=language)
    gift_id = await many.ask(session, actor, body.template, meant, reason=body.reason, members_seen=body.members_seen)
    gift = await get_gift(session, gift_id)
    details = {"template": body.template, "members": gift.members, "reason": body.reason}
    audit.describe(object_id=gift_id, details=details)
    return (await _show(session, [gift], language))[0]


@router.get("/v1/coupon-gifts", dependencies=[allowed(COUPONS_READ)], responses=declares(BadCursor))
async def get_gifts(
    session: RequestSession,
    language: RequestLanguage,
    template: Annotated[str | None, Query(max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> CouponHandoutsOut:
    """Gifts to many, the newest first."""
    page = await list_gifts(session, template=template, limit=limit, cursor=cursor)
    return CouponHandoutsOut(items=await _show(session, page.items, language), next=page.next)


@router.get("/v1/coupon-gifts/{gift}", dependencies=[allowed(COUPONS_READ)], responses=declares(errors.GiftNotFound))
async def get_one_gift(session: RequestSession, gift: GiftId, language: RequestLanguage) -> CouponHandoutOut:
    """How far a gift to many is."""
    return (await _show(session, [await get_gift(session, gift)], language))[0]


@router.post(
    "/v1/coupon-gifts/{gift}/cancel",
    dependencies=[allowed(COUPONS_ISSUE)],
    responses=declares(errors.GiftNotFound, errors.GiftEnded),
)
async def cancel_gift(
    session: RequestSession, actor: CurrentActor, gift: GiftId, language: RequestLanguage
) -> CouponHandoutOut:
    """Call a gift off. Who was given a coupon already keeps it."""
    cancelled = await many.cancel(session, actor, gift)
    audit.describe(object_id=gift, details={"template": cancelled.template, "given": cancelled.given})
    return (await _show(session, [cancelled], language))[0]


async def _show(session: Session, found: Sequence[Gift], language: Language) -> list[CouponHandoutOut]:
    people = await staff.actor_names(session, sorted({one.asked_by for one in found}))
    shop = await organization.find_shop(session)
    money = shop.currency if shop else None
    known = await conditions.catalogue(session) if any(one.condition for one in found) else None
    sentences = {
        one.gift_id: conditions.in_words(
            conditions.read_stored(one.condition, known, scope="members"), language, money=money
        )
        for one in found
        if one.condition and known
    }
    return [
        CouponHandoutOut(
            id=one.gift_id,
            template=one.template,
            reason=one.reason,
            sentence=sentences.get(one.gift_id),
            state=one.state,
            members=one.members,
            given=one.given,
            refused=dict(one.refused),
            asked_by=one.asked_by,
            asked_by_name=people.get(one.asked_by),
            asked_at=one.asked_at,
            ended_at=one.ended_at,
        )
        for one in found
    ]
