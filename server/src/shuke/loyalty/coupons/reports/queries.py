"""What the moves, batches and uses of coupons add up to, in three statements however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Select, and_, case, cast, false, func, literal, null, select
from sqlalchemy.types import Text

from shuke.commerce import orders
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session

from ..tables import coupon, coupon_batch, coupon_move, coupon_use
from .rules import By, Days, Figures, Place

# How codes are issued that are nobody's.
CODES = "code"
_move = coupon_move.c
_COUNTED = ("issued", "redeemed", "returned", "expired", "voided")
_PLACES: dict[By, ColumnElement[Any]] = {
    "day": _move.day,
    "template": _move.template_id,
    "store": _move.store_id,
    "channel": _move.channel,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a report is about. None leaves a point open."""

    days: Days
    zone: ZoneInfo
    currency: str
    sight: Sight
    template_id: int | None = None
    store_id: int | None = None
    channel: str | None = None


async def list_figures(session: Session, asked: Asked, by: By) -> dict[Place, Figures]:
    """The figures of each day, template, store (None: none named) or channel that has some."""
    found: defaultdict[Place, Figures] = defaultdict(Figures)
    await _count_moves(session, asked, by, found)
    await _count_codes(session, asked, by, found)
    await _add_refunds(session, asked, by, found)
    for place, sums in (await orders.sum_orders(session, _orders(asked, _PLACES[by]), asked.currency)).items():
        _set_orders(found[place], sums)
    return dict(found)


async def total_figures(session: Session, asked: Asked, places: dict[Place, Figures]) -> Figures:
    """The figures of all places together; an order with coupons of two of them is one order."""
    total = Figures()
    for figures in places.values():
        total.add(figures)
    sums = await orders.sum_orders(session, _orders(asked, literal(0)), asked.currency)
    _set_orders(total, sums.get(0, orders.OrderSums()))
    return total


def _set_orders(figures: Figures, sums: orders.OrderSums) -> None:
    figures.orders = sums.orders
    figures.sales_minor = sums.gross_minor
    figures.net_sales_minor = sums.net_minor


async def _count_moves(session: Session, asked: Asked, by: By, found: defaultdict[Place, Figures]) -> None:
    for row in await session.execute(count_moves(asked, by)):
        found[row.place].count_moves(row.kind, row.how, row.moves, int(row.discount_minor), int(row.alone_minor))


def count_moves(asked: Asked, by: By) -> Select[Any]:
    """Asks how many moves of each kind there were."""
    place = _PLACES[by].label("place")
    how = case((_move.kind == "issued", coupon.c.how), else_=null()).label("how")
    is_new = (
        (_move.kind == "issued") & (coupon.c.member_id == _move.member_id) & (coupon.c.coupon_id == _move.coupon_id)
    )
    return (
        select(
            place,
            _move.kind,
            how,
            func.count().label("moves"),
            func.sum(_move.discount_minor).label("discount_minor"),
            func.coalesce(func.sum(_move.discount_minor).filter(_move.order_id.is_(None)), 0).label("alone_minor"),
        )
        .outerjoin(coupon, is_new)
        .where(_wanted(asked), _move.kind.in_(_COUNTED))
        .group_by(place, _move.kind, how)
    )


def _wanted(asked: Asked) -> ColumnElement[bool]:
    """Which moves a report is about."""
    parts: list[ColumnElement[bool]] = [_move.day.between(asked.days.first, asked.days.last)]
    if asked.template_id is not None:
        parts.append(_move.template_id == asked.template_id)
    if asked.store_id is not None:
        parts.append(_move.store_id == asked.store_id)
    if asked.channel is not None:
        parts.append(_move.channel == asked.channel)
    if not asked.sight.is_whole:
        units = asked.sight.units
        parts.append(_move.store_id.in_(sorted(units)) if units else false())
    return and_(*parts)


async def _count_codes(session: Session, asked: Asked, by: By, found: defaultdict[Place, Figures]) -> None:
    """Add the codes that batches made or brought: of those that are nobody's no move tells, and of none a store."""
    if not asked.sight.is_whole or asked.store_id is not None or asked.channel not in {None, CODES}:
        return
    batch = coupon_batch.c
    places: dict[By, ColumnElement[Any]] = {
        "day": cast(func.timezone(asked.zone.key, batch.added_at), Date),
        "template": batch.template_id,
        "store": cast(null(), coupon_move.c.store_id.type),
        "channel": literal(CODES, Text),
    }
    place = places[by].label("place")
    first, after = _ends(asked)
    wanted = (
        select(place, func.sum(batch.made).label("made"))
        .where(
            batch.kind.in_(("codes", "external")),
            batch.made > 0,
            batch.added_at >= first,
            batch.added_at < after,
            # Of a file that is only looked at, nothing was made.
            func.coalesce(batch.details["is_trial"].as_boolean(), false()).is_(False),
        )
        .group_by(place)
    )
    if asked.template_id is not None:
        wanted = wanted.where(batch.template_id == asked.template_id)
    for row in await session.execute(wanted):
        found[row.place].issued += int(row.made)


def _ends(asked: Asked) -> tuple[datetime, datetime]:
    """The first instant of the days, and the first after them."""
    return (
        clock.start_of_day(asked.days.first, asked.zone),
        clock.start_of_day(asked.days.last + timedelta(days=1), asked.zone),
    )


def _uses(asked: Asked, *columns: ColumnElement[Any]) -> Select[Any]:
    """Asks about the orders on which coupons were redeemed."""
    used = (coupon_use.c.coupon_id == _move.coupon_id) & (coupon_use.c.order_id == _move.order_id)
    return (
        select(*columns)
        .select_from(coupon_move)
        .join(coupon_use, used)
        .where(_wanted(asked), _move.kind == "redeemed", _move.order_id.is_not(None))
    )


def _orders(asked: Asked, place: ColumnElement[Any]) -> Select[Any]:
    """Asks which orders had a coupon, each once in a place."""
    return _uses(asked, place.label("place"), coupon_use.c.member_id, coupon_use.c.order_id).distinct()


async def _add_refunds(session: Session, asked: Asked, by: By, found: defaultdict[Place, Figures]) -> None:
    """Add what refunds, whenever they came, took back of the discounts of these days."""
    place = _PLACES[by].label("place")
    sums = _uses(asked, place, func.sum(coupon_use.c.returned_minor).label("returned_minor")).group_by(place)
    for row in await session.execute(sums):
        found[row.place].taken_back_minor += int(row.returned_minor)
