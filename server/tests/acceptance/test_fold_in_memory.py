"""The pure fold over the stored facts, without any database behind it, comes to what the import wrote."""

from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shuke.commerce import orders
from shuke.loyalty import checkout, ledger, tiers
from shuke.loyalty.checkout.rules import Book, Counters, Document, Programme, apply, bring_forward
from shuke.loyalty.checkout.testing import a_london_shop, history_file, imported, set_shop_clock
from shuke.loyalty.ledger.rules import comparison_digest
from shuke.platform import clock
from shuke.platform.db import Database, Session

from .test_live_and_import import CUSTOMERS, rows_of

pytestmark = pytest.mark.anyio
FIRST_DAY = date(2010, 12, 1)
LATER = datetime(2012, 3, 1, 9, tzinfo=UTC)


async def test_a_fold_in_memory_comes_to_the_digest_of_the_import(database: Database, tmp_path: Path) -> None:
    set_shop_clock(LATER)
    async with database.transaction() as session:
        await a_london_shop(session)
    await imported(database, history_file(tmp_path / "some.csv", rows_of(CUSTOMERS)))

    async with database.transaction() as session:
        programme = await checkout.load_programme(session)
        currencies = await ledger.currencies(session)
        documents = await stored_documents(session, programme)
        stored = await ledger.digests(session)
    books = {member: folded(member, programme, currencies, own) for member, own in documents.items()}

    assert len(books) == len(CUSTOMERS)
    assert sum(len(account.entries) for book in books.values() for account in book.accounts.values()) > 100
    assert {member: digest(book) for member, book in books.items()} == stored


def folded(
    member: int, programme: Programme, currencies: dict[str, ledger.Currency], documents: list[Document]
) -> Book:
    """One member's whole history, from nothing."""
    accounts = {code: ledger.Account(member, currency, programme.zone) for code, currency in currencies.items()}
    book = Book(member, accounts, tiers.Standing(member), Counters(), tiers.Measures(FIRST_DAY))
    for document in documents:
        bring_forward(book, programme, document.placed_at, LATER)
        apply(book, programme, document, LATER)
    bring_forward(book, programme, LATER, LATER)
    return book


def digest(book: Book) -> bytes:
    """The comparison digest of what was decided, in the order that the database gives."""
    accounts = sorted(book.accounts.values(), key=lambda account: account.currency.code)
    entries = [
        (
            *(account.currency.code, entry.operation.key, entry.kind, entry.contra, entry.amount),
            *(entry.available_after, entry.debt_after, entry.operation.occurred_at, entry.operation.business_day),
        )
        for account in accounts
        for entry in account.entries
    ]
    lots = [
        (
            *(account.currency.code, lot.lot_no, lot.amount, lot.remaining, lot.state),
            *(lot.earned_on, lot.expires_on),
        )
        for account in accounts
        for lot in account.opened_lots
    ]
    return comparison_digest(entries) + comparison_digest(lots)


async def stored_documents(session: Session, programme: Programme) -> dict[int, list[Document]]:
    """What the members bought and returned, in the order of the fold."""
    rows: Any = await session.execute(
        text("""
        select o.member_id, o.order_id, o.kind, s.code as source, o.number, o.placed_at,
            l.line_no, l.product_id, p.is_goods, l.quantity, l.unit_price, l.amount_minor
        from sales_order o join order_source s using (source_id)
        join sales_order_line l using (member_id, order_id) join product p using (product_id)
        where o.member_id <> 0 and o.kind in ('sale', 'refund')
        order by o.member_id, o.placed_at, o.kind = 'refund', o.number, l.line_no
        """)
    )
    found: dict[int, list[Document]] = {}
    for (member, order_id), lines in groupby(rows, key=lambda row: (row.member_id, row.order_id)):
        own = list(lines)
        found.setdefault(member, []).append(
            Document(
                order_id=order_id,
                kind=own[0].kind,
                source=own[0].source,
                number=own[0].number,
                placed_at=own[0].placed_at,
                business_day=clock.business_day(own[0].placed_at, programme.zone),
                content_hash=b"",
                actor="system:0",
                lines=tuple(
                    orders.NewLine(
                        line.line_no, line.product_id, line.is_goods, line.quantity, line.unit_price, line.amount_minor
                    )
                    for line in own
                ),
            )
        )
    return found
