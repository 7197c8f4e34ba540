"""Questions about orders and refund documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true, tuple_

from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.pages import COUNT_CAP, BadCursor, Page, decode_cursor, encode_cursor

from ..errors import OrderNotFound
from ..rules import OrderKind, OrderStatus, RefundReason
from ..tables import order_number, order_source, sales_order, sales_order_line

_MAX_ID = 2**63 - 1
# From so many characters on the beginning of a number is taken to single out few orders.
_SELECTIVE = 4


@dataclass(frozen=True, kw_only=True)
class Order:
    """One document: a sale, a refund (amounts below zero) or an adjustment. Amounts in minor units.

    `net_minor` is what refunds have left of it. Member 0: a guest.
    """

    order_id: int
    member_id: int
    kind: OrderKind
    source: str
    number: str
    placed_at: datetime
    business_day: date
    store_id: int | None
    currency: str
    gross_minor: int
    goods_minor: int
    net_minor: int
    refunded_minor: int
    line_count: int
    status: OrderStatus
    # What points and coupons paid of it; of a refund: what they had paid of what went back.
    points_used: int
    points_minor: int
    coupon_minor: int
    # Refunds: why, where somebody said so.
    refund_reason: RefundReason | None
    refund_note: str | None

    @property
    def money_minor(self) -> int:
        """What was paid, or given back, in money."""
        return abs(self.gross_minor) - self.points_minor - self.coupon_minor


@dataclass(frozen=True, kw_only=True)
class OrderFilter:
    """Which orders a list shows; None leaves a point open. `number` is the beginning of a number."""

    number: str | None = None
    kind: OrderKind | None = None
    store_id: int | None = None
    # The member and whoever was merged into them.
    member_ids: tuple[int, ...] | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


SORTS: dict[str, ColumnElement[Any]] = {"placed_at": sales_order.c.placed_at, "net_minor": sales_order.c.net_minor}


async def list_orders(
    session: Session, sight: Sight, *, where: OrderFilter, sort: str, limit: int, cursor: str | None
) -> Page[Order]:
    """A page of the documents that the caller sees. `sort`: a name of SORTS, `-` in front for descending.

    Raises BadCursor.
    """
    column = SORTS[sort.removeprefix("-")]
    key = tuple_(column, sales_order.c.order_id)
    wanted = _filtered(_orders(), where, sight)
    if cursor:
        last = tuple_(*_cursor_values(cursor, sort))
        wanted = wanted.where(key < last if sort.startswith("-") else key > last)
    sorted_by: ColumnElement[Any] = column
    if where.number is not None and len(where.number) >= _SELECTIVE:
        # Few match: as a sum the column has no index, or all orders would be walked by it to meet those few.
        sorted_by = column + (timedelta(0) if column is sales_order.c.placed_at else 0)
    if sort.startswith("-"):
        wanted = wanted.order_by(sorted_by.desc(), sales_order.c.order_id.desc())
    else:
        wanted = wanted.order_by(sorted_by, sales_order.c.order_id)
    found = [Order(**row._mapping) for row in await session.execute(wanted.limit(limit + 1))]
    more = _cursor_after(found[limit - 1], sort) if len(found) > limit else None
    return Page(found[:limit], more)


async def count_orders(session: Session, sight: Sight, where: OrderFilter) -> tuple[int, bool]:
    """How many documents pass, counted to COUNT_CAP at most: (count, whether there are more)."""
    capped = _filtered(select(sales_order.c.order_id), where, sight).limit(COUNT_CAP + 1).subquery()
    counted = await session.scalar(select(func.count()).select_from(capped)) or 0
    return min(counted, COUNT_CAP), counted > COUNT_CAP


def visible(sight: Sight) -> ColumnElement[bool]:
    """What holds of a document that may be seen: its store, or its member's employee, is the caller's."""
    if sight.is_whole:
        return true()
    of_units = sales_order.c.store_id.in_(sorted(sight.units or ()))
    if sight.person is None:
        return of_units
    return of_units | members.only_visible(sales_order.c.member_id, Sight(units=frozenset(), person=sight.person))


async def find_order(session: Session, reference: str, sight: Sight) -> Order | None:
    """An order that the caller sees, by its id or by its natural key `source:number`, or None."""
    wanted = _orders().where(visible(sight))
    if reference.isascii() and reference.isdigit():
        if int(reference) > _MAX_ID:
            return None
        wanted = wanted.where(sales_order.c.order_id == int(reference))
    else:
        source, _, number = reference.partition(":")
        keys = (
            select(order_number.c.member_id, order_number.c.order_id)
            .join(order_source, order_source.c.source_id == order_number.c.source_id)
            .where(order_source.c.code == source, order_number.c.number == number)
        )
        wanted = wanted.where(tuple_(sales_order.c.member_id, sales_order.c.order_id).in_(keys))
    row = (await session.execute(wanted)).one_or_none()
    return Order(**row._mapping) if row else None


async def get_order(session: Session, reference: str, sight: Sight) -> Order:
    """An order that the caller sees, by its id or by its natural key `source:number`. Raises OrderNotFound."""
    found = await find_order(session, reference, sight)
    if found is None:
        raise OrderNotFound(reference=reference)
    return found


async def get_orders(session: Session, keys: Sequence[tuple[int, int]]) -> dict[int, Order]:
    """Orders by (member id, order id), as a dict by order id; unknown ones are left out."""
    if not keys:
        return {}
    wanted = _orders().where(tuple_(sales_order.c.member_id, sales_order.c.order_id).in_(set(keys)))
    return {row.order_id: Order(**row._mapping) for row in await session.execute(wanted)}


async def source_codes(session: Session) -> list[str]:
    """The codes of the systems that orders came from."""
    return list(await session.scalars(select(order_source.c.code).order_by(order_source.c.code)))


async def total_amount(session: Session) -> int:
    """The sum of the amounts of all stored lines, of sales, refunds and adjustments, in minor units."""
    return int(await session.scalar(select(func.coalesce(func.sum(sales_order_line.c.amount_minor), 0))) or 0)


def _orders() -> Select[Any]:
    order = sales_order.c
    return select(
        order.order_id,
        order.member_id,
        order.kind,
        order_source.c.code.label("source"),
        order.number,
        order.placed_at,
        order.business_day,
        order.store_id,
        order.currency,
        order.gross_minor,
        order.goods_minor,
        order.net_minor,
        order.refunded_minor,
        order.line_count,
        order.status,
        order.points_used,
        order.points_minor,
        order.coupon_minor,
        order.refund_reason,
        order.refund_note,
    ).join(order_source, order_source.c.source_id == order.source_id)


def _filtered(wanted: Select[Any], where: OrderFilter, sight: Sight) -> Select[Any]:
    order = sales_order.c
    if not sight.is_whole:
        wanted = wanted.where(visible(sight))
    if where.number is not None:
        wanted = wanted.where(_begins_with(where.number))
    if where.kind is not None:
        wanted = wanted.where(order.kind == where.kind)
    if where.store_id is not None:
        wanted = wanted.where(order.store_id == where.store_id)
    if where.member_ids is not None:
        wanted = wanted.where(order.member_id.in_(where.member_ids))
    if where.from_at is not None:
        wanted = wanted.where(order.placed_at >= where.from_at)
    if where.until_at is not None:
        wanted = wanted.where(order.placed_at < where.until_at)
    return wanted


def _begins_with(number: str) -> ColumnElement[bool]:
    """Orders whose number begins with a text, in byte order, as the index has it."""
    column = sales_order.c.number
    return column.bool_op("~>=~")(number) & column.bool_op("~<~")(number + "\U0010ffff")


def _cursor_after(order: Order, sort: str) -> str:
    value = order.net_minor if sort.endswith("net_minor") else order.placed_at.isoformat()
    return encode_cursor(sort, [value, order.order_id])


def _cursor_values(cursor: str, sort: str) -> tuple[Any, int]:
    value, order_id = decode_cursor(cursor, sort, 2)
    try:
        if sort.endswith("net_minor"):
            return int(value), int(order_id)
        return datetime.fromisoformat(value), int(order_id)
    except (ValueError, TypeError):
        raise BadCursor from None
