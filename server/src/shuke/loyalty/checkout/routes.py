"""Orders in, over HTTP."""

from fastapi import Response

from shuke.people import members
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.problems import Problem, problem_body

from .errors import (
    AmountTooLarge,
    DateOutOfRange,
    MemberNeeded,
    MoneyUnknown,
    NumberTaken,
    PriceNeeded,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
)
from .live import Refused, record_order, record_orders
from .permissions import ORDERS_WRITE
from .schemas import OrderIn, OrdersIn, RecordedOut, ResultOut, ResultsOut

router = Router(tags=["orders"])
_REFUSALS = (
    AmountTooLarge,
    DateOutOfRange,
    MemberNeeded,
    MoneyUnknown,
    NumberTaken,
    PriceNeeded,
    ProgrammeMissing,
    RefundAmountDiffers,
    RefundExceedsOrder,
    RefundOfUnknownOrder,
    members.MemberNotFound,
    members.BadPhone,
    members.BadEmail,
    members.BadIdentity,
)


@router.post(
    "/v1/orders",
    status_code=201,
    dependencies=[allowed(ORDERS_WRITE)],
    responses={200: {"model": RecordedOut, "description": "Recorded before: the same answer."}, **declares(*_REFUSALS)},
)
async def post_order(order: OrderIn, session: RequestSession, actor: CurrentActor, response: Response) -> RecordedOut:
    """Record an order or refund with everything it moves. The same number and content again: 200, the same answer."""
    recorded = await record_order(session, order, actor)
    if recorded.state == "unchanged":
        response.status_code = 200
    return recorded


@router.post("/v1/orders/batch", dependencies=[allowed(ORDERS_WRITE)], responses=declares(*_REFUSALS))
async def post_orders(
    batch: OrdersIn, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> ResultsOut:
    """Record up to 1,000 orders and refunds in the order given."""
    results = await record_orders(session, batch.orders, actor, all_or_nothing=batch.all_or_nothing)
    return ResultsOut(
        results=[
            ResultOut(index=index, status="refused", error=Problem(**problem_body(result.error, language)))
            if isinstance(result, Refused)
            else ResultOut(index=index, status=result.state, order_id=result.order_id)
            for index, result in enumerate(results)
        ]
    )
