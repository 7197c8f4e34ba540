"""Load and save members' books: everything that a document can move, for one member or for thousands at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date

from shuke.commerce import orders
from shuke.loyalty import coupons, earning, ledger, tiers
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw

from . import fact_values
from .rules import Award, Book, Counters, Document, OpenLine, OpenOrder, Product, Programme
from .rules.operations import payment_key
from .rules.selling import keep_open

# What schemes go by that only orders move.
_OF_ORDERS = frozenset({"net_spend", "order_count"})


async def load(
    session: Session,
    programme: Programme,
    member_ids: Sequence[int],
    *,
    since: date,
    documents: Sequence[Document] = (),
    of_member: Mapping[int, Sequence[Document]] | None = None,
) -> dict[int, Book]:
    """Lock the members' accounts and standings, in order of member, and load their books.

    `since`: the earliest business day of what will be folded. Spending is loaded from one window before it, or before
    the day on which a level is still to be judged, where that is earlier. `documents`: what will be folded; of earlier
    orders only those lines are loaded that refunds among them can reach.
    """
    ids = sorted(member_ids)
    accounts = await ledger.lock_accounts(session, ids, programme.zone, known=programme.currencies)
    standings = await _lock_standings(session, programme, ids)
    counted = await members.get_counts(session, ids)
    books = {
        member_id: Book(
            member_id=member_id,
            accounts=accounts[member_id],
            standing=standings[member_id],
            counters=_counters(counted[member_id].facts),
            measures=tiers.Measures(clock.business_day(counted[member_id].joined_at, programme.zone)),
        )
        for member_id in ids
    }
    await _fill(session, programme, books, counted, since=since, documents=documents, of_member=of_member)
    # Last of all, for everybody waits for budgets.
    room = await earning.lock_room_of(session, programme.rule_versions, _days(books, documents))
    for book in books.values():
        book.room = room
    return books


def _days(books: Mapping[int, Book], documents: Sequence[Document]) -> dict[int, list[date]]:
    """The days on which rules may give something, or get room back."""
    days = {document.business_day for document in documents if document.kind == "sale"}
    return {
        member_id: sorted(days | {order.business_day for order in book.orders.values() if order.awards})
        for member_id, book in books.items()
    }


async def look(
    session: Session, programme: Programme, member_id: int, document: Document, products: Mapping[int, Product]
) -> Book:
    """A member's book as it is now, for a quotation: nothing is locked, and it must not be saved."""
    accounts = await ledger.read_accounts(session, [member_id], programme.zone, known=programme.currencies)
    counted = await members.get_counts(session, [member_id])
    book = Book(
        member_id=member_id,
        accounts=accounts[member_id],
        standing=await _look_at_standing(session, programme, member_id),
        counters=_counters(counted[member_id].facts),
        measures=tiers.Measures(clock.business_day(counted[member_id].joined_at, programme.zone)),
    )
    day = document.business_day
    await _fill(session, programme, {member_id: book}, counted, since=day, documents=[document])
    book.products = products
    book.room = await earning.look_at_room(session, programme.rule_versions, [member_id], [day])
    return book


async def _look_at_standing(session: Session, programme: Programme, member_id: int) -> tiers.Standing:
    if programme.scheme is None:
        return tiers.Standing(member_id)
    found = await tiers.find_standing(session, programme.scheme.scheme_id, member_id)
    if found is None:
        return tiers.Standing(member_id)
    return tiers.Standing(member_id, rank=found.rank, since=found.since, valid_until=found.valid_until)


async def _fill(
    session: Session,
    programme: Programme,
    books: Mapping[int, Book],
    counted: Mapping[int, members.Counted],
    *,
    since: date,
    documents: Sequence[Document],
    of_member: Mapping[int, Sequence[Document]] | None = None,
) -> None:
    for book in books.values():
        book.measures.lifetime["net_spend"] = book.counters.net_spend_minor
    known = {
        one: book
        for book in books.values()
        if book.counters.order_count or book.counters.refund_count
        for one in (book.member_id, *counted[book.member_id].followers)
    }
    if programme.scheme is not None:
        await _load_measures(session, programme, books, counted, known, since)
    if known and any(document.kind == "refund" for document in documents):
        await _load_open_lines(session, programme, known, documents)
    await fact_values.load(session, programme, books, known, documents, of_member)


async def _lock_standings(session: Session, programme: Programme, ids: Sequence[int]) -> dict[int, tiers.Standing]:
    if programme.scheme is None:
        return {member_id: tiers.Standing(member_id) for member_id in ids}
    return await tiers.lock_standings(session, programme.scheme, ids)


def _counters(facts: members.FactsRow) -> Counters:
    return Counters(**{field.name: getattr(facts, field.name) for field in fields(Counters)})


async def _load_measures(
    session: Session,
    programme: Programme,
    books: Mapping[int, Book],
    counted: Mapping[int, members.Counted],
    known: Mapping[int, Book],
    since: date,
) -> None:
    """What the scheme goes by, as far back as it looks. Of members who never ordered, orders tell nothing."""
    scheme = programme.scheme
    if scheme is None:
        return
    measured = {one: book.measures for one, book in known.items()}
    if not scheme.metrics <= _OF_ORDERS:
        measured = {
            one: book.measures
            for book in books.values()
            for one in (book.member_id, *counted[book.member_id].followers)
        }
    if not measured:
        return
    first = min(
        tiers.look_back(scheme, book.standing, book.measures.joined_on, since, programme.zone)
        for book in books.values()
    )
    await tiers.load_measures(session, scheme, measured, first)


async def load_guests(session: Session, documents: Sequence[Document]) -> dict[int, Book]:
    """Books of nobody, by order, for refunds of guests' orders: what was bought bounds what is given back."""
    wanted = sorted({document.refund_of for document in documents if document.refund_of is not None})
    await orders.lock_orders(session, 0, wanted)
    books = {order_id: Book(0, {}, tiers.Standing(0), Counters(), tiers.Measures(date.min)) for order_id in wanted}
    lines = await orders.lines_left(session, [0], [], wanted)
    for found in await orders.orders_left(session, [0], wanted):
        books[found.order_id].orders[found.order_id] = _open_order(found)
    for line in lines:
        _keep(books[line.order_id], line)
    for book in books.values():
        for order in book.orders.values():
            order.count_again()
    await _load_coupons(session, books.values())
    return books


async def _load_coupons(session: Session, books: Iterable[Book]) -> None:
    """The coupons that orders used, where they did."""
    wanted = {
        order.order_id: (order.member_id, book)
        for book in books
        for order in book.orders.values()
        if order.coupon_minor
    }
    if not wanted:
        return
    found = await coupons.find_uses(session, [(member_id, order_id) for order_id, (member_id, _) in wanted.items()])
    for order_id, uses in found.items():
        wanted[order_id][1].coupon_uses[order_id] = uses


async def save_guests(session: Session, books: Sequence[Book]) -> None:
    """Write what refunds took from guests' orders."""
    await _note_refunds(session, books)


async def _load_open_lines(
    session: Session, programme: Programme, known: Mapping[int, Book], documents: Sequence[Document]
) -> None:
    """The lines that refunds can reach: of their products in any order, and all of the orders that they name."""
    refunds = [document for document in documents if document.kind == "refund"]
    # One that names its order takes from nothing else, however much the member bought of the product.
    products = sorted({line.product_id for one in refunds if one.refund_of is None for line in one.lines})
    named = sorted({document.refund_of for document in refunds if document.refund_of is not None})
    lines = await orders.lines_left(session, list(known), products, named)
    order_ids = sorted({line.order_id for line in lines})
    found_orders = await orders.orders_left(session, list(known), order_ids)
    # What points and coupons paid lies on all lines of an order.
    is_paid = any(found.points_minor or found.coupon_minor for found in found_orders)
    if programme.judges_lines or is_paid:
        lines = await orders.lines_left(session, list(known), [], order_ids)
    for found in found_orders:
        known[found.member_id].orders[found.order_id] = _open_order(found)
    for line in sorted(lines, key=lambda one: known[one.member_id].orders[one.order_id].placed_at):
        _keep(known[line.member_id], line)
    for found in found_orders:
        known[found.member_id].orders[found.order_id].count_again()
    await _load_awards(session, programme, known, order_ids)
    await _load_payments(session, known)
    await _load_coupons(session, known.values())


def _open_order(found: orders.OrderLeft) -> OpenOrder:
    return OpenOrder(
        member_id=found.member_id,
        order_id=found.order_id,
        source=found.source,
        number=found.number,
        placed_at=found.placed_at,
        received_at=found.received_at,
        gross_minor=found.gross_minor,
        goods_minor=found.goods_minor,
        refunded_minor=found.refunded_minor,
        goods_refunded_minor=found.goods_refunded_minor,
        business_day=found.business_day,
        quantity_left=found.quantity_left,
        points_used=found.points_used,
        points_minor=found.points_minor,
        points_returned=found.points_returned,
        coupon_minor=found.coupon_minor,
        facts=fact_values.read(found.facts),
    )


def _keep(book: Book, line: orders.LineLeft) -> None:
    keep_open(
        book,
        OpenLine(
            order=book.orders[line.order_id],
            line_no=line.line_no,
            product_id=line.product_id,
            is_goods=line.is_goods,
            unit_price=line.unit_price,
            quantity=line.quantity,
            left=line.quantity - line.refunded_quantity,
            amount_minor=line.amount_minor,
            points_minor=line.points_minor,
            coupon_minor=line.coupon_minor,
            reduced_minor=line.reduced_minor,
        ),
    )


async def _load_awards(
    session: Session, programme: Programme, known: Mapping[int, Book], order_ids: Sequence[int]
) -> None:
    versions = {version.rule_version_id: version for version in programme.rule_versions}
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, order_id, rule_version_id, currency, awarded, taken_back, entitled from order_award
        where member_id = any($1::bigint[]) and order_id = any($2::bigint[])
        order by member_id, order_id, rule_version_id, currency
        """,
        list(known),
        list(order_ids),
    )
    for row in rows:
        version = versions[row["rule_version_id"]]
        award = Award(version, row["currency"], row["awarded"], row["taken_back"], row["entitled"])
        known[row["member_id"]].orders[row["order_id"]].awards.append(award)


async def _load_payments(session: Session, known: Mapping[int, Book]) -> None:
    """How points paid the orders that can be refunded, where they did."""
    wanted: dict[str, tuple[Book, OpenOrder]] = {}
    for book in {id(one): one for one in known.values()}.values():
        for order in book.orders.values():
            # What paid an order before its member was merged lies in another account.
            if order.points_used > order.points_returned and order.member_id == book.member_id:
                wanted[payment_key(order.source, order.number)] = (book, order)
    if not wanted:
        return
    accounts = {key: book.accounts["points"] for key, (book, _) in wanted.items()}
    for key, posted in (await ledger.load_all_posted(session, accounts)).items():
        book, order = wanted[key]
        book.payments[order.order_id] = posted


async def save(session: Session, programme: Programme, books: Sequence[Book]) -> None:
    """Write what the fold decided."""
    await _note_refunds(session, books)
    await _save_awards(session, books)
    accounts = [account for book in books for account in book.accounts.values()]
    await ledger.save(session, accounts, {book.member_id: book.operations for book in books})
    if programme.scheme is not None:
        await tiers.save(session, programme.scheme, [book.standing for book in books])
    if books:
        await earning.save_room(session, books[0].room)
    await members.write_facts(session, [_facts(book, programme) for book in books])


async def _note_refunds(session: Session, books: Sequence[Book]) -> None:
    await orders.note_refunds(
        session,
        [_refunded(book.orders[order_id]) for book in books for order_id in sorted(book.refunded_orders)],
        [
            orders.RefundedLine(line.order.member_id, order_id, line_no, line.quantity - line.left, line.reduced_minor)
            for book in books
            for (order_id, line_no), line in book.refunded_lines.items()
        ],
    )


def _refunded(order: OpenOrder) -> orders.RefundedOrder:
    return orders.RefundedOrder(
        member_id=order.member_id,
        order_id=order.order_id,
        refunded_minor=order.refunded_minor,
        goods_refunded_minor=order.goods_refunded_minor,
        counts_minor=order.counts_minor,
        points_returned=order.points_returned,
        is_whole=order.is_whole,
    )


async def _save_awards(session: Session, books: Sequence[Book]) -> None:
    changed = [
        (order.member_id, order.order_id, award)
        for book in books
        for order in book.orders.values()
        for award in order.awards
        if award.is_changed
    ]
    if not changed:
        return
    driver = await raw(session)
    await driver.execute(
        """
        insert into order_award (member_id, order_id, rule_version_id, currency, awarded, taken_back, entitled)
        select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[],
            $7::bigint[])
        on conflict (member_id, order_id, rule_version_id, currency) do update set taken_back = excluded.taken_back
        """,
        [member_id for member_id, _, _ in changed],
        [order_id for _, order_id, _ in changed],
        [award.version.rule_version_id for _, _, award in changed],
        [award.currency for _, _, award in changed],
        [award.awarded for _, _, award in changed],
        [award.taken_back for _, _, award in changed],
        [award.entitled for _, _, award in changed],
    )


def _facts(book: Book, programme: Programme) -> members.FactsRow:
    points = book.accounts["points"]
    growth = book.accounts["growth"]
    scheme, standing = programme.scheme, book.standing
    tier_code = scheme.levels[standing.rank - 1].code if scheme and standing.rank else None
    return members.FactsRow(
        member_id=book.member_id,
        order_count=book.counters.order_count,
        refund_count=book.counters.refund_count,
        gross_spend_minor=book.counters.gross_spend_minor,
        net_spend_minor=book.counters.net_spend_minor,
        first_order_at=book.counters.first_order_at,
        last_order_at=book.counters.last_order_at,
        points_available=points.available,
        points_debt=points.debt,
        growth=growth.balance,
        points_expiring_on=points.next_expiry,
        tier_code=tier_code,
        tier_rank=standing.rank if tier_code else None,
        tier_valid_until=clock.last_day(standing.valid_until, programme.zone) if standing.valid_until else None,
    )
