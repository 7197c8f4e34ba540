"""What persons bought before, out of the stored orders: as columns for sets, and folded for a few of them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Numeric,
    Select,
    Subquery,
    and_,
    any_,
    bindparam,
    cast,
    distinct,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.commerce import catalog
from shuke.people import members
from shuke.platform.conditions import FactKey, Moment
from shuke.platform.conditions.model import Arguments
from shuke.platform.db import Session

from .purchases import Purchases
from .tables import sales_order, sales_order_line

_order = sales_order.c
_line = sales_order_line.c
_KEPT = _line.quantity - _line.refunded_quantity


def orders_in(moment: Moment, arguments: Arguments) -> Subquery:
    """How many orders with something left each person has, of all goods, a product or a category."""
    return _sums(moment, arguments, func.count(distinct(_order.order_id)))


def quantity_in(moment: Moment, arguments: Arguments) -> Subquery:
    """How much each person has of a product or a category."""
    return _sums(moment, arguments, cast(func.sum(_KEPT), Numeric))


def spend_in(moment: Moment, arguments: Arguments) -> Subquery:
    """What each person spent on goods, net of what went back."""
    left = _lines(moment, arguments).with_only_columns(_order.member_id, _order.order_id).distinct().subquery()
    person = members.persons()
    amount = cast(func.sum(_order.goods_minor - _order.goods_refunded_minor), BigInteger)
    return (
        select(person.c.person_id.label("id"), amount.label("value"))
        .select_from(sales_order)
        .join(left, and_(left.c.member_id == _order.member_id, left.c.order_id == _order.order_id))
        .join(person, person.c.member_id == _order.member_id)
        .group_by(person.c.person_id)
        .subquery()
    )


async def load_purchases(
    session: Session, needs: Iterable[FactKey], member_ids: Sequence[int], until: date
) -> dict[int, Purchases]:
    """What each of these persons bought until a day, that day included, as far as the facts ask about it."""
    keys = list(needs)
    found = {member_id: Purchases(keys) for member_id in member_ids}
    if not found or not keys:
        return found
    person, product = members.persons(), catalog.product_names()
    rows = await session.execute(
        select(
            person.c.person_id,
            _order.order_id,
            _order.business_day,
            product.c.code,
            product.c.category,
            _KEPT.label("quantity"),
            (_order.goods_minor - _order.goods_refunded_minor).label("amount"),
        )
        .select_from(_bought())
        .join(person, person.c.member_id == _order.member_id)
        .join(product, product.c.product_id == _line.product_id)
        .where(
            person.c.person_id == any_(bindparam(None, list(found), ARRAY(BigInteger))),
            _order.business_day <= literal(until, Date()),
            *_COUNTS,
        )
        .order_by(_order.order_id, _line.line_no)
    )
    worth: set[int] = set()
    for row in rows:
        # What an order is worth by now stands with the order, whatever its lines were reduced by.
        amount = 0 if row.order_id in worth else row.amount
        worth.add(row.order_id)
        found[row.person_id].add(row.business_day, row.order_id, row.code, row.category, row.quantity, amount)
    return found


async def load_history(
    session: Session, moment: Moment, keys: Sequence[FactKey], ids: Sequence[int]
) -> dict[int, dict[FactKey, Any]]:
    """The values of facts of history, by person."""
    found = await load_purchases(session, keys, ids, moment.day)
    return {person: {key: bought.value(key, moment.day) for key in keys} for person, bought in found.items()}


_COUNTS: tuple[ColumnElement[bool], ...] = (_order.kind == "sale", _line.is_goods, _line.quantity > 0, _KEPT > 0)


def _bought() -> Any:
    return sales_order.join(
        sales_order_line, and_(_line.member_id == _order.member_id, _line.order_id == _order.order_id)
    )


def _lines(moment: Moment, arguments: Arguments) -> Select[Any]:
    """The lines that count: of goods, with something left, of the product or category and the days asked about."""
    lines = select().select_from(_bought()).where(_order.business_day <= literal(moment.day, Date()), *_COUNTS)
    if (days := arguments.get("days")) is not None:
        lines = lines.where(_order.business_day > literal(moment.day - timedelta(days=days), Date()))
    product = catalog.product_names()
    if (code := arguments.get("product")) is not None:
        lines = lines.where(_line.product_id.in_(select(product.c.product_id).where(product.c.code == code)))
    if (category := arguments.get("category")) is not None:
        lines = lines.where(_line.product_id.in_(select(product.c.product_id).where(product.c.category == category)))
    return lines


def _sums(moment: Moment, arguments: Arguments, value: ColumnElement[Any]) -> Subquery:
    person = members.persons()
    return (
        _lines(moment, arguments)
        .join(person, person.c.member_id == _order.member_id)
        .add_columns(person.c.person_id.label("id"), value.label("value"))
        .group_by(person.c.person_id)
        .subquery()
    )
