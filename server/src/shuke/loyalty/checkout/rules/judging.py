"""An order as earning rules see it: what of it still counts, and the facts that they ask about."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from shuke.loyalty import earning
from shuke.platform.conditions import FactKey

from .model import HISTORY, Book, Document, OpenLine, OpenOrder, Product, Programme

_UNKNOWN = Product("", None, None)


def subject(book: Book, programme: Programme, order: OpenOrder, *, left_out_minor: int = 0) -> earning.Subject:
    """An order as far as it still counts, with the facts of the time when it came."""
    items = _lines(book, order) if programme.judges_lines else (_sum(order),)
    return earning.Subject(
        activity="order_paid",
        member_id=book.member_id,
        at=order.placed_at,
        day=order.business_day,
        zone=programme.zone,
        money=programme.money,
        items=items,
        facts=order.facts,
        left_out_minor=left_out_minor,
    )


def _sum(order: OpenOrder) -> earning.Item:
    return earning.Item(
        line_no=0,
        product="",
        category=None,
        brand=None,
        quantity=Decimal(1),
        amount_minor=order.goods_left_minor,
        points_minor=order.points_left_minor,
        coupon_minor=order.goods_coupon_left_minor,
    )


def _lines(book: Book, order: OpenOrder) -> tuple[earning.Item, ...]:
    lines = [line for line in order.lines if line.is_goods]
    items = [_item(line, book.products.get(line.product_id, _UNKNOWN)) for line in lines]
    rest = order.goods_left_minor - sum(item.amount_minor for item in items)
    if rest:
        # Lines below zero, such as a discount of the whole order: they belong to no product.
        items.append(earning.Item(0, "", None, None, Decimal(0), rest))
    return tuple(items)


def _item(line: OpenLine, product: Product) -> earning.Item:
    return earning.Item(
        line_no=line.line_no,
        product=product.code,
        category=product.category,
        brand=product.brand,
        quantity=line.left,
        amount_minor=line.value_left,
        points_minor=line.points_left_minor,
        coupon_minor=line.coupon_left_minor,
    )


def note_bought(book: Book, line: OpenLine, quantity: Decimal, amount_minor: int) -> None:
    """Let a line count in the history of what was bought; below zero: it went back."""
    if book.purchases is not None and line.is_goods:
        product = book.products.get(line.product_id, _UNKNOWN)
        order = line.order
        book.purchases.add(order.business_day, order.order_id, product.code, product.category, quantity, amount_minor)


def is_in_book(name: str) -> bool:
    """Whether a fact's value comes from the book or the order itself, and not from elsewhere."""
    return name.startswith(HISTORY) or name == "member.tier" or name in _OF_ORDER or name in _OF_BOOK


def facts(book: Book, programme: Programme, document: Document) -> Mapping[FactKey, Any]:
    """The facts that rules ask about, as they are before the order counts."""
    if not programme.needs:
        return {}
    return {key: _fact(book, programme, document, key) for key in programme.needs}


def _fact(book: Book, programme: Programme, document: Document, key: FactKey) -> Any:
    name, _ = key
    if name.startswith(HISTORY):
        return book.purchases.value(key, document.business_day) if book.purchases is not None else None
    if name in _OF_ORDER:
        return _OF_ORDER[name](book, document)
    if name == "member.tier":
        scheme, rank = programme.scheme, book.standing.rank
        return scheme.levels[rank - 1].code if scheme is not None and rank else None
    if name in _OF_BOOK:
        return _OF_BOOK[name](book, document)
    of_day = book.facts_by_day.get(document.business_day, {})
    return of_day[key] if key in of_day else book.facts.get(key)


_Get = Callable[[Book, Document], Any]
_OF_ORDER: dict[str, _Get] = {
    "order.source": lambda book, document: document.source,
    "order.store": lambda book, document: document.store,
    "order.payment_methods": lambda book, document: sorted({one.method for one in document.payments.money}),
    "order.order_no": lambda book, document: book.counters.order_count + 1,
    "order.is_first": lambda book, document: book.counters.order_count == 0,
}
_OF_BOOK: dict[str, _Get] = {
    "member.points": lambda book, document: book.accounts["points"].available,
    "member.growth": lambda book, document: book.accounts["growth"].balance,
    "member.order_count": lambda book, document: book.counters.order_count,
    "member.net_spend": lambda book, document: book.counters.net_spend_minor,
    "member.days_since_last_order": lambda book, document: (
        None if book.counters.last_order_at is None else max(0, (document.placed_at - book.counters.last_order_at).days)
    ),
}
