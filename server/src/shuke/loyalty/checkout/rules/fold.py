"""The fold: one document after the other, in the order of business time."""

from bisect import insort
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuke.loyalty import earning, ledger, tiers

from .matching import match
from .model import Award, Book, Document, OpenLine, OpenOrder, Part, Programme


@dataclass(slots=True)
class Outcome:
    """What a document did: points and growth earned or taken back by currency, and how a refund was matched."""

    earned: dict[str, int] = field(default_factory=dict)
    taken_back: dict[str, int] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


def bring_forward(book: Book, programme: Programme, until: datetime, recorded_at: datetime) -> int:
    """Do what has come due by an instant: lots expire, levels are judged again. Returns the points expired."""
    expired = 0
    for account in book.accounts.values():
        before = account.balance
        book.operations += ledger.bring_forward(account, until, recorded_at)
        if account.currency.code == "points":
            expired += before - account.balance
    if programme.scheme is not None:
        tiers.judge_due(book.standing, programme.scheme, book.measures, until, programme.zone)
    return expired


def apply(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    """Apply a document to the member's book. Bring the book forward to the document's instant before."""
    if document.kind == "sale":
        return _apply_sale(book, programme, document, recorded_at)
    if document.kind == "refund":
        return _apply_refund(book, programme, document, recorded_at)
    return Outcome()


def _operation(document: Document, recorded_at: datetime) -> ledger.Operation:
    name = "order" if document.kind == "sale" else "refund"
    return ledger.Operation(
        key=f"{name}:{document.source}:{document.number}",
        kind=name,
        occurred_at=document.placed_at,
        business_day=document.business_day,
        recorded_at=recorded_at,
        actor=document.actor,
        request_hash=document.content_hash,
        origin_kind=name,
        origin_id=document.order_id,
    )


def _apply_sale(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    outcome = Outcome()
    order = _open_order(book, document)
    gross_minor = sum(line.amount_minor for line in document.lines)
    operation = _operation(document, recorded_at)
    versions = earning.in_force(programme.rule_versions, document.placed_at)
    subject = _subject(book, programme, order, left_out_minor=gross_minor - order.goods_minor)
    for grant in earning.decide(versions, subject, book.room).grants:
        entry = ledger.credit(
            book.accounts[grant.currency],
            operation,
            grant.amount,
            terms=ledger.Terms(rule_version_id=grant.version.rule_version_id),
            may_refuse=False,
            explanation=grant.explanation,
        )
        # A cap on balances may cut it: a refund takes back no more than was given.
        given = entry.amount if entry else 0
        order.awards.append(Award(grant.version, grant.currency, given, 0, is_changed=True))
        outcome.earned[grant.currency] = outcome.earned.get(grant.currency, 0) + given
    book.operations.append(operation)
    if programme.scheme is not None:
        # An order that arrives late counts in its own days, but levels are judged at the latest order known: a late
        # one neither hides newer spending nor pulls a level's validity into the past.
        at = max(document.placed_at, book.counters.last_order_at or document.placed_at)
        tiers.judge_change(book.standing, programme.scheme, book.measures, at, programme.zone, "order")
    _count_sale(book, document.placed_at, gross_minor, order.goods_minor)
    return outcome


def _subject(book: Book, programme: Programme, order: OpenOrder, *, left_out_minor: int = 0) -> earning.Subject:
    """An order as far as it still counts, to be judged."""
    item = earning.Item(0, "", None, None, Decimal(1), order.goods_left_minor)
    return earning.Subject(
        activity="order_paid",
        member_id=book.member_id,
        at=order.placed_at,
        day=order.business_day,
        zone=programme.zone,
        money=programme.money,
        items=(item,),
        left_out_minor=left_out_minor,
    )


def _open_order(book: Book, document: Document) -> OpenOrder:
    goods_minor = sum(line.amount_minor for line in document.lines if line.is_goods)
    book.spend(document.business_day, goods_minor)
    order = OpenOrder(
        member_id=book.member_id,
        order_id=document.order_id,
        number=document.number,
        placed_at=document.placed_at,
        goods_minor=goods_minor,
        refunded_minor=0,
        goods_refunded_minor=0,
        business_day=document.business_day,
        quantity_left=sum((line.quantity for line in document.lines if line.quantity > 0), start=Decimal(0)),
    )
    book.orders[document.order_id] = order
    for line in document.lines:
        if line.quantity > 0:
            _keep_open(
                book,
                OpenLine(
                    order=order,
                    line_no=line.line_no,
                    product_id=line.product_id,
                    is_goods=line.is_goods,
                    unit_price=line.unit_price,
                    quantity=line.quantity,
                    left=line.quantity,
                    amount_minor=line.amount_minor,
                ),
            )
    return order


def _keep_open(book: Book, line: OpenLine) -> None:
    """Put a line among the member's open lines of its product, the oldest first, also when its order arrives late."""
    lines = book.lines.setdefault(line.product_id, [])
    if lines and lines[-1].place > line.place:
        insort(lines, line, key=lambda one: one.place)
    else:
        lines.append(line)


def _count_sale(book: Book, at: datetime, gross_minor: int, goods_minor: int) -> None:
    counters = book.counters
    counters.order_count += 1
    counters.gross_spend_minor += gross_minor
    counters.net_spend_minor += goods_minor
    counters.first_order_at = at if counters.first_order_at is None else min(counters.first_order_at, at)
    counters.last_order_at = at if counters.last_order_at is None else max(counters.last_order_at, at)


def _apply_refund(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    parts = match(book, document)
    touched: dict[int, OpenOrder] = {part.line.order.order_id: part.line.order for part in parts if part.line}
    goods_parts = [part for part in parts if part.is_goods]
    unmatched_minor = sum(part.amount_minor for part in goods_parts if part.line is None)
    amounts, facts = _settle(book, programme, touched, goods_parts)
    versions = earning.in_force(programme.rule_versions, document.placed_at)
    unmatched = earning.unmatched(versions, unmatched_minor)
    operation = _operation(document, recorded_at)
    outcome = Outcome(parts=parts)
    for currency in sorted(amounts.keys() | unmatched.keys()):
        amount = amounts.get(currency, 0) + unmatched.get(currency, 0)
        if amount == 0:
            continue
        entry = ledger.take_back(
            book.accounts[currency],
            operation,
            amount,
            origin_ids=touched,
            explanation={
                "money": programme.money,
                "orders": facts.get(currency, []),
                "unmatched_minor": unmatched_minor,
                "unmatched_taken": unmatched.get(currency, 0),
            },
        )
        outcome.taken_back[currency] = -entry.amount if entry else 0
    book.operations.append(operation)
    if unmatched_minor:
        book.spend(document.business_day, -unmatched_minor)
    book.counters.refund_count += 1
    book.counters.net_spend_minor -= sum(part.amount_minor for part in goods_parts)
    return outcome


def _settle(
    book: Book, programme: Programme, touched: dict[int, OpenOrder], goods_parts: list[Part]
) -> tuple[dict[str, int], dict[str, list[dict[str, Any]]]]:
    """Recompute what remains of each order under its own rule versions; what was given beyond that is to be taken."""
    amounts: dict[str, int] = {}
    facts: dict[str, list[dict[str, Any]]] = {}
    for order in touched.values():
        lost_minor = sum(part.amount_minor for part in goods_parts if part.line and part.line.order is order)
        versions = [award.version for award in order.awards]
        decision = earning.decide(versions, _subject(book, programme, order))
        deserved = {(grant.version.rule_version_id, grant.currency): grant.entitled for grant in decision.grants}
        for award in order.awards:
            due = deserved.get((award.version.rule_version_id, award.currency), 0)
            taken = award.awarded - award.taken_back - due
            currency = award.currency
            facts.setdefault(currency, []).append(
                {
                    "order_id": order.order_id,
                    "number": order.number,
                    "eligible_before_minor": order.goods_left_minor + lost_minor,
                    "eligible_after_minor": order.goods_left_minor,
                    "awarded": award.awarded,
                    "due": due,
                    "taken": taken,
                }
            )
            if taken > 0:
                award.taken_back += taken
                award.is_changed = True
                amounts[currency] = amounts.get(currency, 0) + taken
    return amounts, facts
