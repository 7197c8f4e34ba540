"""Load and save members' books: everything that a document can move, for one member or for thousands at once."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from shuke.commerce import orders
from shuke.loyalty import ledger, tiers
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw

from .rules import Award, Book, Counters, OpenLine, OpenOrder, Programme


async def load(
    session: Session,
    programme: Programme,
    member_ids: Sequence[int],
    *,
    since: date,
    refunded_products: Sequence[int],
) -> dict[int, Book]:
    """Lock the members' accounts and standings, in order of member, and load their books.

    `since`: the earliest business day of what will be folded. Spending is loaded from one window before it, or before
    the day on which a level is still to be judged, where that is earlier.
    `refunded_products`: products that refunds among the documents name; only their open lines are loaded.
    """
    ids = sorted(member_ids)
    accounts = await ledger.lock_accounts(session, ids, programme.zone)
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
    for book in books.values():
        counters = book.counters
        book.measures.lifetime = {"net_spend": counters.net_spend_minor, "order_count": counters.order_count}
    known = {
        one: book
        for book in books.values()
        if book.counters.order_count or book.counters.refund_count
        for one in (book.member_id, *counted[book.member_id].followers)
    }
    if known:
        await _load_spending(session, programme, known, _first_needed(programme, books, since))
        if refunded_products:
            await _load_open_lines(session, programme, known, refunded_products)
    return books


async def _lock_standings(session: Session, programme: Programme, ids: Sequence[int]) -> dict[int, tiers.Standing]:
    if programme.scheme is None:
        return {member_id: tiers.Standing(member_id) for member_id in ids}
    return await tiers.lock_standings(session, programme.scheme, ids)


def _counters(facts: members.FactsRow) -> Counters:
    return Counters(**{field.name: getattr(facts, field.name) for field in fields(Counters)})


def _first_needed(programme: Programme, books: dict[int, Book], since: date) -> date:
    scheme = programme.scheme
    if scheme is None:
        return since
    return min(
        tiers.look_back(scheme, book.standing, book.measures.joined_on, since, programme.zone)
        for book in books.values()
    )


async def _load_spending(session: Session, programme: Programme, known: dict[int, Book], since: date) -> None:
    """`known`: the book in which the orders of each member stand, whoever was merged into whom."""
    for spent in await orders.goods_spent(session, list(known), since):
        days = known[spent.member_id].measures.by_day.setdefault("net_spend", {})
        days[spent.business_day] = days.get(spent.business_day, 0) + spent.amount_minor


async def _load_open_lines(
    session: Session,
    programme: Programme,
    known: dict[int, Book],
    products: Sequence[int],
) -> None:
    lines = await orders.lines_left(session, list(known), products)
    order_ids = sorted({line.order_id for line in lines})
    for found in await orders.orders_left(session, list(known), order_ids):
        known[found.member_id].orders[found.order_id] = OpenOrder(
            member_id=found.member_id,
            order_id=found.order_id,
            number=found.number,
            placed_at=found.placed_at,
            goods_minor=found.goods_minor,
            refunded_minor=found.refunded_minor,
            goods_refunded_minor=found.goods_refunded_minor,
            business_day=found.business_day,
            quantity_left=found.quantity_left,
        )
    for line in sorted(lines, key=lambda one: known[one.member_id].orders[one.order_id].placed_at):
        book = known[line.member_id]
        book.lines.setdefault(line.product_id, []).append(
            OpenLine(
                order=book.orders[line.order_id],
                line_no=line.line_no,
                product_id=line.product_id,
                is_goods=line.is_goods,
                unit_price=line.unit_price,
                quantity=line.quantity,
                left=line.quantity - line.refunded_quantity,
                amount_minor=line.amount_minor,
            )
        )
    await _load_awards(session, programme, known, order_ids)


async def _load_awards(
    session: Session, programme: Programme, known: dict[int, Book], order_ids: Sequence[int]
) -> None:
    versions = {version.rule_version_id: version for version in programme.rule_versions}
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, order_id, rule_version_id, awarded, taken_back from order_award
        where member_id = any($1::bigint[]) and order_id = any($2::bigint[])
        order by member_id, order_id, rule_version_id
        """,
        list(known),
        list(order_ids),
    )
    for row in rows:
        version = versions[row["rule_version_id"]]
        award = Award(version, version.parameters.currency, row["awarded"], row["taken_back"])
        known[row["member_id"]].orders[row["order_id"]].awards.append(award)


async def save(session: Session, programme: Programme, books: Sequence[Book]) -> None:
    """Write what the fold decided."""
    await _note_refunds(session, books)
    await _save_awards(session, books)
    accounts = [account for book in books for account in book.accounts.values()]
    await ledger.save(session, accounts, {book.member_id: book.operations for book in books})
    if programme.scheme is not None:
        await tiers.save(session, programme.scheme, [book.standing for book in books])
    await members.write_facts(session, [_facts(book, programme) for book in books])


async def _note_refunds(session: Session, books: Sequence[Book]) -> None:
    await orders.note_refunds(
        session,
        [
            orders.RefundedOrder(
                member_id=book.orders[order_id].member_id,
                order_id=order_id,
                refunded_minor=book.orders[order_id].refunded_minor,
                goods_refunded_minor=book.orders[order_id].goods_refunded_minor,
                is_whole=book.orders[order_id].quantity_left <= 0,
            )
            for book in books
            for order_id in sorted(book.refunded_orders)
        ],
        [
            orders.RefundedLine(line.order.member_id, order_id, line_no, line.quantity - line.left)
            for book in books
            for (order_id, line_no), line in book.refunded_lines.items()
        ],
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
        insert into order_award (member_id, order_id, rule_version_id, awarded, taken_back)
        select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
        on conflict (member_id, order_id, rule_version_id) do update set taken_back = excluded.taken_back
        """,
        [member_id for member_id, _, _ in changed],
        [order_id for _, order_id, _ in changed],
        [award.version.rule_version_id for _, _, award in changed],
        [award.awarded for _, _, award in changed],
        [award.taken_back for _, _, award in changed],
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
