"""Orders in, over HTTP."""

from collections.abc import Sequence

from fastapi import Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
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
    DateOutOfRange,
    EmployeeUnknown,
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
    OutOfSight,
    AmountTooLarge,
    DateOutOfRange,
    EmployeeUnknown,
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
    dependencies=[allowed(ORDERS_WRITE, reach="narrowed")],
    responses={200: {"model": RecordedOut, "description": "Recorded before: the same answer."}, **declares(*_REFUSALS)},
)
async def post_order(order: OrderIn, session: RequestSession, actor: CurrentActor, response: Response) -> RecordedOut:
    """Record an order or refund with everything it moves. The same number and content again: 200, the same answer."""
    await _require_own_store(session, actor.sight, [order])
    recorded = await record_order(session, order, actor)
    if recorded.state == "unchanged":
        response.status_code = 200
    return recorded


@router.post("/v1/orders/batch", dependencies=[allowed(ORDERS_WRITE, reach="narrowed")], responses=declares(*_REFUSALS))
async def post_orders(
    batch: OrdersIn, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> ResultsOut:
    """Record up to 1,000 orders and refunds in the order given."""
    await _require_own_store(session, actor.sight, batch.orders)
    results = await record_orders(session, batch.orders, actor, all_or_nothing=batch.all_or_nothing)
    return ResultsOut(
        results=[
            ResultOut(index=index, status="refused", error=Problem(**problem_body(result.error, language)))
            if isinstance(result, Refused)
            else ResultOut(index=index, status=result.state, order_id=result.order_id)
            for index, result in enumerate(results)
        ]
    )


async def _require_own_store(session: Session, sight: Sight, orders_in: Sequence[OrderIn]) -> None:
    """Who works for some stores records the orders of those stores; the customer may be anybody. Raises OutOfSight."""
    if sight.is_whole:
        return
    stores = await organization.find_store_ids(session, sorted({order.store for order in orders_in if order.store}))
    if not all(order.store and stores.get(order.store) in (sight.units or ()) for order in orders_in):
        raise OutOfSight
