"""What tills and web shops ask, over HTTP."""

from typing import Annotated

from fastapi import Header, Response

from shuke.foundation import organization
from shuke.loyalty import coupons, ledger
from shuke.people import members
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.refusals import OutOfSight

from .. import policies
from ..errors import (
    AlreadyPaid,
    AmountTooLarge,
    CartCancelled,
    CartUnknown,
    CouponsExceedGoods,
    DateOutOfRange,
    EmployeeUnknown,
    MemberNeeded,
    MoneyUnknown,
    NothingToRefund,
    NumberTaken,
    OrderNotHere,
    PointsNotInSteps,
    PointsNotTaken,
    PoliciesChanged,
    PriceNeeded,
    ProductUnknown,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
    TooFewPoints,
    TooManyPoints,
)
from ..permissions import ORDERS_WRITE, POLICIES_READ, POLICIES_WRITE
from ..rules import Policies
from . import holding, queries, quoting, refunding
from .schemas import (
    CancelIn,
    CartHoldIn,
    CartHoldOut,
    CartIn,
    PoliciesOut,
    QuoteOut,
    RefundedOut,
    RefundIn,
    WaitingRefundsOut,
)

router = Router(tags=["checkout"])
_OF_CARTS = (
    OutOfSight,
    AmountTooLarge,
    CouponsExceedGoods,
    DateOutOfRange,
    MemberNeeded,
    MoneyUnknown,
    PointsNotInSteps,
    PointsNotTaken,
    PriceNeeded,
    ProductUnknown,
    ProgrammeMissing,
    TooFewPoints,
    TooManyPoints,
    ledger.NotEnough,
    members.MemberNotFound,
    members.BadPhone,
    members.BadEmail,
    members.BadIdentity,
    *coupons.REFUSALS,
)
_OF_REFUNDS = (
    OutOfSight,
    DateOutOfRange,
    EmployeeUnknown,
    NothingToRefund,
    NumberTaken,
    OrderNotHere,
    ProductUnknown,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
)


@router.post(
    "/v1/checkout/quote", dependencies=[allowed(ORDERS_WRITE, reach="narrowed")], responses=declares(*_OF_CARTS)
)
async def post_quote(cart: CartIn, session: RequestSession, actor: CurrentActor) -> QuoteOut:
    """What a cart costs, what may pay it, and what it would earn if it were paid now. Writes nothing."""
    await organization.require_own_stores(session, actor.sight, [cart.store])
    return await quoting.quote(session, cart)


@router.post(
    "/v1/checkout/hold",
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses=declares(*_OF_CARTS, AlreadyPaid, CartCancelled, NumberTaken),
)
async def post_hold(wanted: CartHoldIn, session: RequestSession, actor: CurrentActor) -> CartHoldOut:
    """Set a cart aside under its order's number, with the points that are to pay it, until it is paid or cancelled."""
    await organization.require_own_stores(session, actor.sight, [wanted.cart.store])
    return await holding.hold(session, wanted, actor)


@router.post(
    "/v1/checkout/cancel",
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses=declares(OutOfSight, AlreadyPaid, CartUnknown, ProgrammeMissing),
)
async def post_cancel(wanted: CancelIn, session: RequestSession, actor: CurrentActor) -> CartHoldOut:
    """Give up a cart that was set aside: its points are free again. An order that was paid is refunded instead."""
    await organization.require_own_stores(session, actor.sight, [wanted.store])
    return await holding.cancel(session, wanted, actor)


@router.post(
    "/v1/checkout/refund",
    status_code=201,
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses={
        200: {"model": RefundedOut, "description": "Refunded before: the same answer."},
        202: {"model": RefundedOut, "description": "The order has not come yet: the refund waits for it."},
        **declares(*_OF_REFUNDS),
    },
)
async def post_refund(
    wanted: RefundIn, session: RequestSession, actor: CurrentActor, response: Response
) -> RefundedOut:
    """Refund an order: whole, by lines and quantities, or by an amount. The same number again has no effect."""
    await organization.require_own_stores(session, actor.sight, [wanted.store])
    refunded = await refunding.refund(session, wanted, actor)
    response.status_code = {"created": 201, "unchanged": 200, "waiting": 202}[refunded.state]
    return refunded


@router.post(
    "/v1/checkout/refund/preview",
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses=declares(*_OF_REFUNDS),
)
async def post_refund_preview(wanted: RefundIn, session: RequestSession, actor: CurrentActor) -> RefundedOut:
    """What a refund would give back and take back if it were done now. Writes nothing."""
    await organization.require_own_stores(session, actor.sight, [wanted.store])
    return await refunding.preview(session, wanted, actor)


@router.get("/v1/checkout/waiting-refunds", dependencies=[allowed(POLICIES_READ)])
async def get_waiting_refunds(session: RequestSession, language: RequestLanguage) -> WaitingRefundsOut:
    """Refunds whose orders have not come yet, the oldest first; at most 200."""
    return WaitingRefundsOut(items=await queries.waiting_refunds(session, language))


@router.get("/v1/checkout/policies", dependencies=[allowed(POLICIES_READ, reach="common")])
async def get_policies(session: RequestSession, response: Response) -> PoliciesOut:
    """How points pay and what refunds do. The ETag is what a change must name."""
    return _tagged(await policies.find_policies(session), response)


@router.put("/v1/checkout/policies", dependencies=[allowed(POLICIES_WRITE)], responses=declares(PoliciesChanged))
async def put_policies(
    wanted: Policies,
    session: RequestSession,
    actor: CurrentActor,
    response: Response,
    if_match: Annotated[str | None, Header(max_length=40)] = None,
) -> PoliciesOut:
    """Change how points pay and what refunds do, from now on. `If-Match`: the version seen."""
    now = (await policies.find_policies(session)).version
    seen = now if if_match is None else _version(if_match)
    return _tagged(await policies.change_policies(session, wanted, seen, actor), response)


def _version(if_match: str) -> int:
    text = if_match.strip('"')
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _tagged(kept: policies.Kept, response: Response) -> PoliciesOut:
    response.headers["ETag"] = f'"{kept.version}"'
    return PoliciesOut(version=kept.version, policies=kept.policies)
