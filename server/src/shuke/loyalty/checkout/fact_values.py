"""The facts that rules ask about: loaded for a sitting, written down with each order, read back to judge it again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuke.commerce import catalog, orders
from shuke.platform import conditions
from shuke.platform.conditions import FactKey
from shuke.platform.db import Session

from .rules import Book, Document, Product, Programme
from .rules.judging import is_in_book

# What the day alone changes about a member.
_OF_DAYS = frozenset({"member.age", "member.is_birthday", "member.is_birthday_month", "member.joined_days"})


async def load(
    session: Session,
    programme: Programme,
    books: Mapping[int, Book],
    known: Mapping[int, Book],
    documents: Sequence[Document],
    of_member: Mapping[int, Sequence[Document]] | None = None,
) -> None:
    """Give the books what rules ask about. `known`: the book in which the orders of each member stand; `of_member`:
    whose the documents are, where they are of many."""
    if programme.judges_lines:
        await _load_products(session, books, documents)
    sales = [document for document in documents if document.kind == "sale"]
    if not programme.needs or not sales:
        return
    if programme.asks_history:
        until = max(document.business_day for document in sales)
        found = await orders.load_purchases(session, programme.needs, sorted(books), until)
        for book in books.values():
            book.purchases = found[book.member_id]
    elsewhere = [key for key in programme.needs if not is_in_book(key[0])]
    if elsewhere:
        # As the member is now.
        moment = conditions.Moment(max(document.placed_at for document in sales), programme.zone)
        lasting = [key for key in elsewhere if key[0] not in _OF_DAYS]
        answers = await conditions.load(session, lasting, sorted(books), moment)
        for book in books.values():
            book.facts = answers[book.member_id]
        passing = [key for key in elsewhere if key[0] in _OF_DAYS]
        if passing:
            await _load_of_days(session, programme, books, passing, of_member or dict.fromkeys(books, sales))


async def _load_of_days(
    session: Session,
    programme: Programme,
    books: Mapping[int, Book],
    needs: Sequence[FactKey],
    of_member: Mapping[int, Sequence[Document]],
) -> None:
    """What the day changes about a member, for the day of each sale: an import brings many at once."""
    by_day: dict[date, dict[int, datetime]] = {}
    for member_id, documents in of_member.items():
        for document in documents:
            if document.kind == "sale":
                by_day.setdefault(document.business_day, {})[member_id] = document.placed_at
    moments = {conditions.Moment(max(sold.values()), programme.zone): (day, sold) for day, sold in by_day.items()}
    asked = {moment: sorted(sold) for moment, (_, sold) in moments.items()}
    for moment, answers in (await conditions.load_each(session, needs, asked)).items():
        for member_id, of_day in answers.items():
            books[member_id].facts_by_day[moments[moment][0]] = of_day


async def _load_products(session: Session, books: Mapping[int, Book], documents: Sequence[Document]) -> None:
    ids = {line.product_id for document in documents for line in document.lines}
    ids |= {product_id for book in books.values() for product_id in book.lines}
    found = await catalog.get_products(session, sorted(ids))
    products = {one.product_id: Product(one.code, one.category, one.brand) for one in found.values()}
    for book in books.values():
        book.products = products


def written(facts: Mapping[FactKey, Any]) -> list[Any]:
    """Facts as JSON: [name, [[argument, value], …], value] each, days, decimals and sets marked as such."""
    return [
        [name, [list(one) for one in arguments], _mark(value)] for (name, arguments), value in sorted(facts.items())
    ]


def read(stored: list[Any] | None) -> dict[FactKey, Any]:
    """Facts as they were written down."""
    return {
        (name, tuple((key, value) for key, value in arguments)): _unmark(value)
        for name, arguments, value in stored or ()
    }


def _mark(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, frozenset):
        return {"several": sorted(value)}
    return value


def _unmark(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "several" in value:
        return frozenset(value["several"])
    return Decimal(value["decimal"]) if "decimal" in value else date.fromisoformat(value["day"])
