"""Orders over HTTP. Orders arrive through checkout; here they are read."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Query

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import OrderNotFound
from .permissions import ORDERS_READ
from .queries import OrderFilter, count_orders, get_order, list_orders, sum_takings
from .rules import OrderKind
from .schemas import CountOut, DayTotalOut, OrderOut, OrdersOut, TakenOut, TakingsOut
from .views import show_order, show_orders

router = Router(tags=["orders"])

# Days beyond these have no instants in every zone, and no orders.
_FIRST_DAY = date(1970, 1, 1)
_LAST_DAY = date(9999, 12, 30)

Sort = Literal["-placed_at", "placed_at", "-net_minor", "net_minor"]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Cursor = Annotated[str | None, Query(max_length=500)]
Kind = Annotated[OrderKind | None, Query()]
Count = Annotated[Literal["capped"] | None, Query(description="Also count, to ten thousand at most.")]
FromDay = Annotated[date | None, Query(alias="from", description="First local day.")]
ToDay = Annotated[date | None, Query(alias="to", description="Last local day.")]


@router.get(
    "/v1/orders",
    dependencies=[allowed(ORDERS_READ, reach="narrowed")],
    responses=declares(BadCursor, members.MemberNotFound, organization.ShopNotSetUp),
)
async def get_orders(
    session: RequestSession,
    sight: CurrentSight,
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
        member_ids=await _everybody(session, member, sight) if member else None,
        from_at=from_at,
        until_at=until_at,
    )
    return await _page(session, sight, wanted, sort, limit, cursor, is_counted=count is not None)


@router.get(
    "/v1/members/{member}/orders",
    dependencies=[allowed(ORDERS_READ, reach="narrowed")],
    responses=declares(BadCursor, members.MemberNotFound, organization.ShopNotSetUp),
)
async def get_member_orders(
    session: RequestSession,
    sight: CurrentSight,
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
    everybody = await _everybody(session, member, sight)
    wanted = OrderFilter(kind=kind, member_ids=everybody, from_at=from_at, until_at=until_at)
    return await _page(session, sight, wanted, sort, limit, cursor, is_counted=count is not None)


@router.get(
    "/v1/orders/{order}", dependencies=[allowed(ORDERS_READ, reach="narrowed")], responses=declares(OrderNotFound)
)
async def get_one_order(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, order: str
) -> OrderOut:
    """One order or refund by its id, or by its natural key `source:number`."""
    return await show_order(session, await get_order(session, order, sight), sight, language)


@router.get(
    "/v1/takings", dependencies=[allowed(ORDERS_READ, reach="narrowed")], responses=declares(organization.ShopNotSetUp)
)
async def get_takings(
    session: RequestSession,
    sight: CurrentSight,
    store: Annotated[int | None, Query()] = None,
    day: Annotated[date | None, Query(description="A local day; today, where it is left out.")] = None,
) -> TakingsOut:
    """What came in on a day, at one store or at all that the caller sees: sales, refunds, and ways of payment."""
    shop = await organization.get_shop(session)
    wanted = min(max(day or clock.business_day(clock.now(), shop.zone), _FIRST_DAY), _LAST_DAY)
    found = await sum_takings(
        session,
        sight,
        store_id=store,
        from_at=clock.start_of_day(wanted, shop.zone),
        until_at=clock.start_of_day(wanted + timedelta(days=1), shop.zone),
    )
    return TakingsOut(
        day=wanted,
        currency=shop.currency,
        sales=DayTotalOut.model_validate(found.sales, from_attributes=True),
        refunds=DayTotalOut.model_validate(found.refunds, from_attributes=True),
        taken=[TakenOut(**vars(one)) for one in found.taken],
        untold_minor=found.untold_minor,
    )


async def _everybody(session: Session, reference: str, sight: Sight) -> tuple[int, ...]:
    """The member, and whoever was merged into them: orders stay with whom they were made for."""
    return tuple(await members.aliases(session, await members.get_id(session, reference, sight)))


async def _page(
    session: Session, sight: Sight, wanted: OrderFilter, sort: str, limit: int, cursor: str | None, *, is_counted: bool
) -> OrdersOut:
    page = await list_orders(session, sight, where=wanted, sort=sort, limit=limit, cursor=cursor)
    count = None
    if is_counted:
        value, is_capped = await count_orders(session, sight, wanted)
        count = CountOut(value=value, is_capped=is_capped)
    return OrdersOut(items=await show_orders(session, page.items, sight), next=page.next, count=count)


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
