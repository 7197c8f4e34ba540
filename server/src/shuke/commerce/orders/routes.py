"""Orders over HTTP. Orders arrive through checkout; here they are read."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Query

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import OrderNotFound
from .permissions import ORDERS_READ
from .queries import OrderFilter, count_orders, get_order, list_orders
from .rules import OrderKind
from .schemas import CountOut, OrderOut, OrdersOut
from .views import show_order, show_orders

router = Router(tags=["orders"])

Sort = Literal["-placed_at", "placed_at", "-net_minor", "net_minor"]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Cursor = Annotated[str | None, Query(max_length=500)]
Kind = Annotated[OrderKind | None, Query()]
Count = Annotated[Literal["capped"] | None, Query(description="Also count, to ten thousand at most.")]
FromDay = Annotated[date | None, Query(alias="from", description="First local day.")]
ToDay = Annotated[date | None, Query(alias="to", description="Last local day.")]


@router.get(
    "/v1/orders",
    dependencies=[allowed(ORDERS_READ)],
    responses=declares(BadCursor, members.MemberNotFound, organization.ShopNotSetUp),
)
async def get_orders(
    session: RequestSession,
    q: Annotated[str | None, Query(max_length=100, description="The beginning of an order number.")] = None,
    kind: Kind = None,
    store: Annotated[int | None, Query()] = None,
    member: Annotated[str | None, Query(max_length=200, description="A member's id or natural key.")] = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    sort: Sort = "-placed_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    count: Count = None,
) -> OrdersOut:
    """Sales, refunds and adjustments, newest first."""
    from_at, until_at = await _instants(session, from_day, to_day)
    wanted = OrderFilter(
        number=q.strip() if q and q.strip() else None,
        kind=kind,
        store_id=store,
        member_id=await members.get_id(session, member) if member else None,
        from_at=from_at,
        until_at=until_at,
    )
    page = await list_orders(session, where=wanted, sort=sort, limit=limit, cursor=cursor)
    counted = await _count(session, wanted) if count else None
    return OrdersOut(items=await show_orders(session, page.items), next=page.next, count=counted)


@router.get(
    "/v1/members/{member}/orders",
    dependencies=[allowed(ORDERS_READ)],
    responses=declares(BadCursor, members.MemberNotFound, organization.ShopNotSetUp),
)
async def get_member_orders(
    session: RequestSession,
    member: str,
    kind: Kind = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    sort: Sort = "-placed_at",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    count: Count = None,
) -> OrdersOut:
    """The documents of one member."""
    from_at, until_at = await _instants(session, from_day, to_day)
    wanted = OrderFilter(kind=kind, member_id=await members.get_id(session, member), from_at=from_at, until_at=until_at)
    page = await list_orders(session, where=wanted, sort=sort, limit=limit, cursor=cursor)
    counted = await _count(session, wanted) if count else None
    return OrdersOut(items=await show_orders(session, page.items), next=page.next, count=counted)


@router.get("/v1/orders/{order}", dependencies=[allowed(ORDERS_READ)], responses=declares(OrderNotFound))
async def get_one_order(session: RequestSession, language: RequestLanguage, order: str) -> OrderOut:
    """One order or refund by its id, or by its natural key `source:number`."""
    return await show_order(session, await get_order(session, order), language)


async def _count(session: Session, wanted: OrderFilter) -> CountOut:
    value, is_capped = await count_orders(session, wanted)
    return CountOut(value=value, is_capped=is_capped)


async def _instants(
    session: Session, from_day: date | None, to_day: date | None
) -> tuple[datetime | None, datetime | None]:
    """The first instant of the first local day, and the first instant after the last one."""
    zone = (await organization.get_shop(session)).zone
    is_end_known = to_day is not None and to_day < date.max
    return (
        clock.start_of_day(from_day, zone) if from_day and from_day > date.min else None,
        clock.start_of_day(to_day + timedelta(days=1), zone) if to_day and is_end_known else None,
    )
