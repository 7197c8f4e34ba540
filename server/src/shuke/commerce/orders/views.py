"""Orders as they are shown: with the names of their stores and members, and what modules above add."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.module import contributions

from .extensions import OrderFacts
from .queries import Line, Match, Order, get_orders, list_lines, list_matches, list_payments, list_refunds
from .schemas import (
    LineOut,
    MatchOut,
    MemberRefOut,
    OrderOut,
    OrderPaymentOut,
    OrderRefOut,
    OrderRowOut,
    ProductRefOut,
    RefundOut,
    StoreRefOut,
)

Facts = Mapping[int, dict[str, Any]]


async def show_orders(session: Session, found: Sequence[Order], sight: Sight) -> list[OrderRowOut]:
    """Rows of a list: stores, members and facts are fetched for the whole page at once."""
    sources = contributions(OrderFacts)
    facts: dict[int, dict[str, Any]] = {
        order.order_id: dict.fromkeys(source.key for source in sources) for order in found
    }
    keys = [(order.member_id, order.order_id) for order in found]
    for source in sources:
        for order_id, value in (await source.load(session, keys)).items():
            facts[order_id][source.key] = value
    return [OrderRowOut(**{**row, **facts[row["id"]]}) for row in await _rows(session, found, sight)]


async def show_order(session: Session, order: Order, sight: Sight, language: Language) -> OrderOut:
    """One order or refund in full."""
    (row,) = await _rows(session, [order], sight)
    lines = [_line(line) for line in await list_lines(session, order)]
    payments = [
        OrderPaymentOut(method=method, amount_minor=amount) for method, amount in await list_payments(session, order)
    ]
    refunds = [RefundOut(**vars(refund)) for refund in await list_refunds(session, order)]
    facts = {
        source.key: await source.load_one(session, order.member_id, order.order_id, language)
        for source in contributions(OrderFacts)
    }
    matches = await _matches(session, order) if order.kind == "refund" else None
    return OrderOut(**{**row, **facts}, lines=lines, payments=payments, refunds=refunds, matches=matches)


async def _rows(session: Session, found: Sequence[Order], sight: Sight) -> list[dict[str, Any]]:
    stores = await organization.get_stores(session, sorted({o.store_id for o in found if o.store_id is not None}))
    names = await members.names(session, sorted({order.member_id for order in found if order.member_id}), sight)
    return [_row(order, stores, names) for order in found]


def _row(
    order: Order, stores: Mapping[int, organization.Store], names: Mapping[int, members.MemberName]
) -> dict[str, Any]:
    store = stores.get(order.store_id) if order.store_id is not None else None
    member = names.get(order.member_id)
    return {
        "id": order.order_id,
        "kind": order.kind,
        "number": order.number,
        "source": order.source,
        "placed_at": order.placed_at,
        "store": StoreRefOut(id=store.id, name=store.name) if store else None,
        "member": MemberRefOut(id=member.id, number=member.number, name=member.name) if member else None,
        "currency": order.currency,
        "gross_minor": order.gross_minor,
        "net_minor": order.net_minor,
        "refunded_minor": order.refunded_minor,
        "line_count": order.line_count,
        "status": order.status,
        "points_used": order.points_used,
        "points_minor": order.points_minor,
        "coupon_minor": order.coupon_minor,
        "refund_reason": order.refund_reason,
        "refund_note": order.refund_note,
    }


async def _matches(session: Session, refund: Order) -> list[MatchOut]:
    found = await list_matches(session, refund)
    people = await members.everybody(session, refund.member_id)
    keys = sorted({(one, match.order_id) for match in found if match.order_id is not None for one in people})
    known = await get_orders(session, keys)
    return [_match(match, known) for match in found]


def _match(match: Match, known: Mapping[int, Order]) -> MatchOut:
    order = known.get(match.order_id) if match.order_id is not None else None
    return MatchOut(
        line_no=match.line_no,
        product=_product(match.product),
        quantity=_plain(match.quantity),
        amount_minor=match.amount_minor,
        how=match.how,
        order=OrderRefOut(id=order.order_id, number=order.number) if order else None,
    )


def _line(line: Line) -> LineOut:
    return LineOut(
        line_no=line.line_no,
        product=_product(line.product),
        quantity=_plain(line.quantity),
        unit_price=_plain(line.unit_price),
        amount_minor=line.amount_minor,
        refunded_quantity=_plain(line.refunded_quantity),
        is_goods=line.is_goods,
    )


def _product(product: catalog.Product) -> ProductRefOut:
    return ProductRefOut(code=product.code, name=product.name)


def _plain(value: Decimal) -> str:
    """A decimal without trailing zeros and without an exponent."""
    return f"{value.normalize():f}"
