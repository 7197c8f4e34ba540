"""Orders in, over HTTP."""

from fastapi import Response

from shuke.foundation import organization
from shuke.loyalty import coupons, ledger
from shuke.people import members
from shuke.platform.http import (
    CurrentActor,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.problems import Problem, problem_body
from shuke.platform.refusals import OutOfSight

from .errors import (
    AmountTooLarge,
    CouponsExceedGoods,
    DateOutOfRange,
    EmployeeUnknown,
    MemberNeeded,
    MoneyUnknown,
    NumberTaken,
    OrderNotHere,
    PointsNotInSteps,
    PointsNotTaken,
    PriceNeeded,
    ProductUnknown,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
    TooFewPoints,
    TooManyPoints,
)
from .live import Refused, record_order, record_orders
from .permissions import ORDERS_WRITE
from .schemas import OrderIn, OrdersIn, RecordedOut, ResultOut, ResultsOut

router = Router(tags=["orders"])
_REFUSALS = (
    OutOfSight,
    AmountTooLarge,
    CouponsExceedGoods,
    DateOutOfRange,
    EmployeeUnknown,
    MemberNeeded,
    MoneyUnknown,
    NumberTaken,
    OrderNotHere,
    PointsNotInSteps,
    PointsNotTaken,
    PriceNeeded,
    ProductUnknown,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
    TooFewPoints,
    TooManyPoints,
    ledger.NotEnough,
    members.MemberNotFound,
    members.BadPhone,
    members.BadEmail,
    members.BadIdentity,
    *coupons.REFUSALS,
)


@router.post(
    "/v1/checkout/commit",
    status_code=201,
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses={200: {"model": RecordedOut, "description": "Paid before: the same answer."}, **declares(*_REFUSALS)},
)
async def post_commit(order: OrderIn, session: RequestSession, actor: CurrentActor, response: Response) -> RecordedOut:
    """Record an order that has been paid, with the points set aside for it. The same as `POST /v1/orders`."""
    return await post_order(order, session, actor, response)


@router.post(
    "/v1/orders",
    status_code=201,
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses={
        200: {"model": RecordedOut, "description": "Recorded before: the same answer."},
        202: {"model": RecordedOut, "description": "A refund whose order has not come yet: it waits for it."},
        **declares(*_REFUSALS),
    },
)
async def post_order(order: OrderIn, session: RequestSession, actor: CurrentActor, response: Response) -> RecordedOut:
    """Record an order or refund with everything it moves. The same number and content again: 200, the same answer."""
    await organization.require_own_stores(session, actor.sight, [order.store])
    recorded = await record_order(session, order, actor)
    response.status_code = {"created": 201, "unchanged": 200, "waiting": 202}[recorded.state]
    return recorded


@router.post("/v1/orders/batch", dependencies=[allowed(ORDERS_WRITE, reach="narrowed")], responses=declares(*_REFUSALS))
async def post_orders(
    batch: OrdersIn, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> ResultsOut:
    """Record up to 1,000 orders and refunds in the order given."""
    await organization.require_own_stores(session, actor.sight, [order.store for order in batch.orders])
    results = await record_orders(session, batch.orders, actor, all_or_nothing=batch.all_or_nothing)
    return ResultsOut(
        results=[
            ResultOut(index=index, status="refused", error=Problem(**problem_body(result.error, language)))
            if isinstance(result, Refused)
            else ResultOut(index=index, status=result.state, order_id=result.order_id)
            for index, result in enumerate(results)
        ]
    )
