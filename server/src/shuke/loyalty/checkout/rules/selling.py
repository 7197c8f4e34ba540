"""A sale: what it is paid with, what it earns, what it counts for."""

from bisect import insort
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from shuke.loyalty import coupons, earning, ledger

from . import judging, operations
from .giving import count_value, credit, judge_level
from .model import Award, Book, Document, OpenLine, OpenOrder, Programme
from .outcome import Outcome


def apply_sale(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    """Apply a sale to the member's book. Raises NotEnough when the points it is to be paid with are not there."""
    outcome = Outcome()
    facts = judging.facts(book, programme, document)
    order = _open_order(book, document, recorded_at)
    order.facts = facts
    gross_minor = order.gross_minor
    _pay(book, document, recorded_at, order)
    if document.payments.coupons.uses:
        book.coupon_uses[order.order_id] = coupons.Used.now(
            order.member_id, order.order_id, order.business_day, document.payments.coupons
        )
    operation = operations.of_value(document, recorded_at)
    versions = earning.in_force(programme.rule_versions, document.placed_at)
    subject = judging.subject(book, programme, order, left_out_minor=gross_minor - order.goods_minor)
    decision = earning.decide(versions, subject, book.room)
    for grant in decision.grants:
        _credit(book, programme, operation, order, grant, outcome)
    order.awards += [
        Award(version, currency, 0, 0, entitled, is_changed=True)
        for version, currency, entitled in _cut_to_nothing(book, versions, decision)
    ]
    outcome.decision = decision
    outcome.facts = facts
    outcome.counts_minor = order.counts_minor
    book.operations.append(operation)
    _count(book, document, order)
    judge_level(book, programme, document.placed_at, "order")
    return outcome


def _open_order(book: Book, document: Document, recorded_at: datetime) -> OpenOrder:
    payments = document.payments
    order = OpenOrder(
        member_id=book.member_id,
        order_id=document.order_id,
        source=document.source,
        number=document.number,
        placed_at=document.placed_at,
        received_at=recorded_at,
        gross_minor=sum(line.amount_minor for line in document.lines),
        goods_minor=sum(line.amount_minor for line in document.lines if line.is_goods),
        refunded_minor=0,
        goods_refunded_minor=0,
        business_day=document.business_day,
        quantity_left=sum((line.quantity for line in document.lines if line.quantity > 0), start=Decimal(0)),
        points_used=payments.points,
        points_minor=payments.points_minor,
        coupon_minor=payments.coupon_minor,
    )
    book.orders[document.order_id] = order
    for line in document.lines:
        if line.quantity > 0:
            keep_open(
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
                    points_minor=line.points_minor,
                    coupon_minor=line.coupon_minor,
                ),
            )
    order.count_again()
    return order


def keep_open(book: Book, line: OpenLine) -> None:
    """Put a line among the member's open lines of its product, the oldest first, also when its order arrives late."""
    line.order.lines.append(line)
    lines = book.lines.setdefault(line.product_id, [])
    if lines and lines[-1].place > line.place:
        insort(lines, line, key=lambda one: one.place)
    else:
        lines.append(line)


def _pay(book: Book, document: Document, recorded_at: datetime, order: OpenOrder) -> None:
    """Use the points that the member chose: those set aside for this cart, or others."""
    payments = document.payments
    account = book.accounts["points"]
    held = account.holds.get(payments.hold_no or 0)
    is_held = held is not None and held.state == "open"
    if not payments.points and not is_held:
        return
    operation = operations.of_payment(document, recorded_at)
    explanation = {"order": document.number, "amount_minor": payments.points_minor}
    if held is not None and is_held and held.remaining >= payments.points > 0:
        entry = ledger.capture(
            account, operation, held.hold_no, payments.points, release_rest=True, explanation=explanation
        )
        book.payments[order.order_id] = ledger.posted_of(account, entry)
    else:
        if held is not None and is_held:
            ledger.release(account, operation, held.hold_no, explanation=explanation)
        if payments.points:
            entry = ledger.spend(account, operation, payments.points, explanation=explanation)
            book.payments[order.order_id] = ledger.posted_of(account, entry)
    book.operations.append(operation)


def _credit(
    book: Book,
    programme: Programme,
    operation: ledger.Operation,
    order: OpenOrder,
    grant: earning.Grant,
    outcome: Outcome,
) -> None:
    given = credit(book, operation, grant)
    order.awards.append(Award(grant.version, grant.currency, given, 0, grant.entitled, is_changed=True))
    outcome.earned[grant.currency] = outcome.earned.get(grant.currency, 0) + given
    count_value(book, programme, grant.currency, order.business_day, given)


def _cut_to_nothing(
    book: Book, versions: Sequence[earning.RuleVersion], decision: earning.Decision
) -> list[tuple[earning.RuleVersion, str, int]]:
    """Rules of which caps and budgets left nothing: a refund must not find that they would have given something."""
    by_name = {(version.rule_code, version.version): version for version in versions}
    return [
        (by_name[one["rule"], one["version"]], one["currency"], one["entitled"])
        for one in decision.passed_over
        if one.get("cuts") and one["currency"] in book.accounts
    ]


def _count(book: Book, document: Document, order: OpenOrder) -> None:
    at = document.placed_at
    for line in order.lines:
        judging.note_bought(book, line, line.quantity, line.amount_minor)
    book.spend(order.business_day, order.counts_minor)
    book.measures.add("order_count", order.business_day, 1)
    counters = book.counters
    counters.order_count += 1
    counters.gross_spend_minor += order.gross_minor
    counters.net_spend_minor += order.counts_minor
    counters.first_order_at = at if counters.first_order_at is None else min(counters.first_order_at, at)
    # The level is judged at the newest order known, this one included.
    counters.last_order_at = at if counters.last_order_at is None else max(counters.last_order_at, at)
