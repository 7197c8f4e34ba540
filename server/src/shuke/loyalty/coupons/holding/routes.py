"""Coupons as members have them, over HTTP: lists, one coupon with its history, giving away."""

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Path, Query, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.http import (
    CurrentActor,
    CurrentSight,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from ..errors import (
    CodeMistyped,
    CouponChanged,
    CouponGivenAway,
    CouponLocked,
    CouponOfSomebodyElse,
    CouponOver,
    CouponUnknown,
    CouponUsed,
    CouponVoid,
)
from ..permissions import COUPONS_ISSUE, COUPONS_READ
from . import actions, queries, views
from .errors import NotTransferable, TransferOver, TransferredTooOften, TransferToOneself, TransferUnknown
from .rules import State
from .schemas import AcceptCouponIn, CouponListOut, CouponOut, OfferCouponIn, OfferedCouponOut

router = Router(tags=["coupons"])

LARGEST = 2**63 - 1
Code = Annotated[str, Path(min_length=1, max_length=64, description="As it was typed or scanned.")]
TransferId = Annotated[int, Path(ge=1, le=LARGEST)]
Id = Annotated[int | None, Query(ge=1, le=LARGEST)]
FromDay = Annotated[date | None, Query(alias="from", description="First local day of issuing.")]
ToDay = Annotated[date | None, Query(alias="to", description="Last local day of issuing.")]


@router.get(
    "/v1/coupons",
    dependencies=[allowed(COUPONS_READ, reach="narrowed")],
    responses=declares(BadCursor, members.MemberNotFound, organization.ShopNotSetUp),
)
async def get_coupons(
    session: RequestSession,
    sight: CurrentSight,
    q: Annotated[str | None, Query(max_length=64, description="The beginning of a code.")] = None,
    member: Annotated[str | None, Query(max_length=200, description="A member's id or natural key.")] = None,
    template: Annotated[str | None, Query(max_length=100, description="A template's code.")] = None,
    state: Annotated[list[State] | None, Query(max_length=6, description="Any of these; as of now.")] = None,
    batch: Id = None,
    store: Annotated[int | None, Query(ge=1, le=LARGEST, description="Where it was used.")] = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> CouponListOut:
    """Coupons of members, and codes that are nobody's for who sees the whole shop; the newest first."""
    from_at, until_at = await _instants(session, from_day, to_day)
    wanted = queries.CouponFilter(
        code=q.strip() if q and q.strip() else None,
        member_ids=await _everybody(session, member, sight) if member else None,
        template=template,
        states=tuple(state or ()),
        batch_id=batch,
        store_id=store,
        from_at=from_at,
        until_at=until_at,
    )
    page = await queries.list_coupons(session, sight, where=wanted, limit=limit, cursor=cursor)
    return CouponListOut(
        currency=(await organization.get_shop(session)).currency,
        items=await views.show_coupons(session, page.items, sight),
        next=page.next,
    )


@router.get(
    "/v1/coupons/{code}",
    dependencies=[allowed(COUPONS_READ, reach="narrowed")],
    responses=declares(CouponUnknown, CodeMistyped),
)
async def get_one_coupon(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, code: Code
) -> CouponOut:
    """One coupon: its terms in words, its state as of now, and everything that happened to it."""
    return await views.show_coupon(session, await queries.get_coupon_for(session, code, sight), sight, language)


@router.post(
    "/v1/coupons/{code}/transfers",
    status_code=201,
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(
        CouponUnknown,
        CodeMistyped,
        CouponOfSomebodyElse,
        CouponUsed,
        CouponOver,
        CouponVoid,
        CouponGivenAway,
        CouponLocked,
        CouponChanged,
        NotTransferable,
        TransferredTooOften,
        members.MemberNotFound,
        members.MemberNotActive,
    ),
)
async def offer_coupon(
    session: RequestSession, actor: CurrentActor, code: Code, body: OfferCouponIn, response: Response
) -> OfferedCouponOut:
    """Offer a coupon in its holder's name. Until it is accepted, withdrawn or the offer ends, nobody can use it."""
    one = await queries.get_coupon_for(session, code, actor.sight)
    giver = await members.get_id(session, body.member, actor.sight, hold=True) if body.member else None
    done = await actions.offer(session, one, actor=actor.name, giver_id=giver)
    response.headers["Location"] = f"/v1/coupons/{one.code}"
    return OfferedCouponOut(id=done.transfer_id, token=done.token, until=done.until)


@router.post(
    "/v1/coupon-transfers/accept",
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(
        TransferUnknown,
        TransferOver,
        TransferToOneself,
        CouponChanged,
        members.MemberNotFound,
        members.MemberNotActive,
    ),
)
async def accept_coupon(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, body: AcceptCouponIn
) -> CouponOut:
    """Accept an offer in the name of the member who has its token. The giver cannot take it back afterwards."""
    member_id = await members.get_id(session, body.member, actor.sight, hold=True)
    coupon_id = await actions.accept(session, body.token, member_id, actor=actor.name)
    found = await queries.find_coupons(session, [coupon_id])
    return await views.show_coupon(session, found[coupon_id], actor.sight, language)


@router.post(
    "/v1/coupon-transfers/{transfer}/withdraw",
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(TransferUnknown, TransferOver, CouponChanged),
)
async def withdraw_coupon(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, transfer: TransferId
) -> CouponOut:
    """Take an offer back that nobody has accepted."""
    offered = await actions.find_offered(session, transfer)
    if not await members.get_ids(session, [str(offered.member_id)], actor.sight):
        raise TransferUnknown
    await actions.withdraw(session, transfer, actor=actor.name)
    found = await queries.find_coupons(session, [offered.coupon_id])
    return await views.show_coupon(session, found[offered.coupon_id], actor.sight, language)


async def _everybody(session: Session, reference: str, sight: Sight) -> tuple[int, ...]:
    return tuple(await members.aliases(session, await members.get_id(session, reference, sight)))


async def _instants(session: Session, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the start of the first local day to the end of the last."""
    if first is None and last is None:
        return None, None
    zone = (await organization.get_shop(session)).zone
    return (
        clock.start_of_day(first, zone) if first and first > date.min else None,
        clock.start_of_day(last + timedelta(days=1), zone) if last and last < date.max else None,
    )
