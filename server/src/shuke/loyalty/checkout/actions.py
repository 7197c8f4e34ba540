"""Verbs of checkout: record documents, and do what has come due. One document or thousands: the same fold."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

from shuke.commerce import orders
from shuke.loyalty import earning
from shuke.people import members
from shuke.platform import clock, events
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from . import books, coupon_work, fact_values
from .errors import OrderNotHere, RefundOfUnknownOrder
from .paid import commit_holds
from .rules import (
    NO_PAYMENTS,
    Ask,
    Book,
    Document,
    Line,
    Outcome,
    Part,
    Payments,
    Programme,
    apply,
    bring_forward,
)
from .rules.model import Kind


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as it arrives: products, store and member resolved, its natural key not yet claimed.

    `member_id` 0: a guest. Quantities and amounts of refunds are below zero. `refund_of`: the number of the order
    that a refund names, in the same source; with an `ask` the refund has no lines of its own.
    """

    kind: Kind
    number: str
    member_id: int
    placed_at: datetime
    store_id: int | None
    lines: tuple[Line, ...]
    refund_of: str | None = None
    employee_id: int | None = None
    store: str | None = None
    payments: Payments = NO_PAYMENTS
    ask: Ask | None = None
    # The codes of the shop's own coupons, and why they cannot be used: told only if the order is new.
    coupons: tuple[str, ...] = ()
    refusal: AppError | None = None
    # Refunds: why goods came back.
    why: orders.Why = orders.UNTOLD

    def content_hash(self) -> bytes:
        """What makes two documents of one number the same."""
        content: list[Any] = [self.kind, self.placed_at.astimezone(UTC), self.store_id, self.member_id, self.refund_of]
        # Only where it is said, so that what was recorded before employees were known stays the same.
        content += [] if self.employee_id is None else [self.employee_id]
        content += [self._paid()] if self._is_paid() else []
        content += [] if self.ask is None else [self._asked(self.ask)]
        content += [["coupons", *sorted(self.coupons)]] if self.coupons else []
        # Words may be put better, or be left out for privacy: they make no other refund.
        content += [["reason", self.why.reason]] if self.why.reason else []
        # As the tables hold them, so that 1 and 1.0 are the same.
        lines = [
            [one.product_id, f"{one.quantity:.3f}", f"{one.unit_price:.4f}", one.amount_minor] for one in self.lines
        ]
        return sha256(orjson.dumps([content, lines])).digest()

    def _is_paid(self) -> bool:
        paid = self.payments
        return bool(paid.points or paid.points_minor or paid.other_coupons_minor or paid.money)

    def _paid(self) -> list[Any]:
        paid = self.payments
        # What points are worth is the shop's to say, and which hold set them aside is the till's: neither is content.
        return ["paid", paid.points, paid.other_coupons_minor, [[one.method, one.amount_minor] for one in paid.money]]

    def _asked(self, ask: Ask) -> list[Any]:
        lines = [
            [one.line_no, one.product_id, None if one.quantity is None else f"{one.quantity:.3f}", one.amount_minor]
            for one in ask.lines
        ]
        return ["asked", ask.is_whole, ask.amount_minor, lines]


@dataclass(slots=True)
class Recorded:
    """What became of an incoming document. `state`: new, unchanged (already here, the same), taken (the number is
    held by another document, and nothing was written). `book`: the member's book after a new one, where it tells all.
    """

    order_id: int
    member_id: int
    state: str
    outcome: Outcome = field(default_factory=Outcome)
    book: Book | None = None


@dataclass(slots=True)
class Batch:
    """The results of a set of documents, by number, and the books after it, by member."""

    recorded: dict[str, Recorded]
    books: dict[int, Book]
    points_expired: int = 0


async def record(
    session: Session,
    programme: Programme,
    *,
    source: str,
    incoming: Sequence[Incoming],
    actor: str,
    through: datetime | None = None,
) -> Batch:
    """Record documents of one source with everything they move, in the order of business time for each member.

    Numbers already recorded are left alone. `through`: afterwards bring the members concerned forward to this
    instant (an import does; live, the due work of the night does). Raises RefundOfUnknownOrder.
    """
    if not incoming:
        return Batch({}, {})
    claims = [orders.Claim(doc.number, doc.member_id, doc.content_hash()) for doc in incoming]
    source_id, claimed = await orders.claim_numbers(session, source, claims)
    batch = Batch({}, {})
    fresh: list[tuple[Incoming, Document]] = []
    named = await _named_orders(session, source_id, incoming)
    for doc, wanted in zip(incoming, claims, strict=True):
        claim = claimed[doc.number]
        is_same = claim.is_same or await _is_of_merged(session, doc, claim)
        state = "new" if claim.is_new else "unchanged" if is_same else "taken"
        batch.recorded[doc.number] = Recorded(claim.order_id, claim.member_id, state)
        if claim.is_new:
            if doc.refusal is not None:
                raise doc.refusal
            fresh.append((doc, _document(doc, programme, source, claim.order_id, wanted.content_hash, actor, named)))
    if fresh:
        await _record_fresh(session, programme, source_id, fresh, batch, through)
    return batch


async def _is_of_merged(session: Session, doc: Incoming, claim: orders.Claimed) -> bool:
    """Whether a document that comes again differs only in its member, who is the same person by now."""
    if replace(doc, member_id=claim.member_id).content_hash() != claim.content_hash:
        return False
    return claim.member_id in await members.everybody(session, doc.member_id)


async def _named_orders(session: Session, source_id: int, incoming: Sequence[Incoming]) -> dict[str, tuple[int, int]]:
    naming = [(doc.refund_of, doc.member_id) for doc in incoming if doc.refund_of is not None]
    if not naming:
        return {}
    found = await orders.find_orders(session, source_id, sorted({number for number, _ in naming}))
    strangers = sorted({found[number][0] for number, one in naming if number in found and found[number][0] != one})
    by_now = await members.roots(session, strangers)
    for number, member_id in naming:
        if number not in found:
            raise OrderNotHere(number=number)
        if by_now.get(found[number][0], found[number][0]) != member_id:
            raise RefundOfUnknownOrder(number=number)
    return found


def _document(
    doc: Incoming,
    programme: Programme,
    source: str,
    order_id: int,
    content_hash: bytes,
    actor: str,
    named: dict[str, tuple[int, int]],
) -> Document:
    return Document(
        order_id=order_id,
        kind=doc.kind,
        source=source,
        number=doc.number,
        placed_at=doc.placed_at,
        business_day=clock.business_day(doc.placed_at, programme.zone),
        content_hash=content_hash,
        actor=actor,
        lines=doc.lines,
        refund_of=named[doc.refund_of][1] if doc.refund_of else None,
        refund_of_number=doc.refund_of,
        ask=doc.ask,
        payments=doc.payments,
        store=doc.store,
    )


async def _record_fresh(
    session: Session,
    programme: Programme,
    source_id: int,
    fresh: list[tuple[Incoming, Document]],
    batch: Batch,
    through: datetime | None,
) -> None:
    recorded_at = clock.now()
    by_member: dict[int, list[Document]] = {}
    sold_at = {document.order_id: document.placed_at for _, document in fresh if document.kind == "sale"}
    for doc, document in sorted(fresh, key=lambda pair: _fold_order(pair[1], sold_at)):
        if doc.member_id:
            by_member.setdefault(doc.member_id, []).append(document)
    if by_member:
        batch.books = await books.load(
            session,
            programme,
            list(by_member),
            since=min(document.business_day for _, document in fresh),
            documents=[document for doc, document in fresh if doc.member_id],
            of_member=by_member,
        )
        by_member = await _with_holds(session, source_id, by_member, batch.books)
    guests = [document for doc, document in fresh if not doc.member_id and document.refund_of is not None]
    guest_books = await books.load_guests(session, guests) if guests else {}
    for document in guests:
        outcome = apply(guest_books[document.refund_of or 0], programme, document, recorded_at)
        batch.recorded[document.number].outcome = outcome
    for member_id, documents in by_member.items():
        book = batch.books[member_id]
        for document in documents:
            # A till whose clock is ahead must not end anybody's day early.
            at = min(document.placed_at, recorded_at)
            batch.points_expired += bring_forward(book, programme, at, recorded_at)
            batch.recorded[document.number].outcome = apply(book, programme, document, recorded_at)
        if through is not None:
            batch.points_expired += bring_forward(book, programme, through, recorded_at)
    async with events.together(session):
        await _store(session, programme, source_id, fresh, batch)
        await books.save(session, programme, list(batch.books.values()))
        await coupon_work.carry_out(session, programme, source_id, _done(fresh, batch))
    effects = [given for doc, document in fresh for given in _effects(doc, document, batch.recorded[document.number])]
    await earning.apply_effects(session, effects)
    left = [one for recorded in batch.recorded.values() for one in recorded.outcome.still_earned]
    await earning.withdraw_effects(session, left)
    if not effects:
        # Whoever carries out an effect may move more than the books know.
        for doc, document in fresh:
            batch.recorded[document.number].book = batch.books.get(doc.member_id)
    await books.save_guests(session, list(guest_books.values()))


def _done(fresh: list[tuple[Incoming, Document]], batch: Batch) -> list[coupon_work.Done]:
    return [
        coupon_work.Done(doc.member_id, doc.store_id, document, batch.recorded[document.number].outcome)
        for doc, document in fresh
    ]


def _effects(doc: Incoming, document: Document, recorded: Recorded) -> list[earning.GivenEffect]:
    """What an order earned beside value, for the modules that carry it out."""
    decision = recorded.outcome.decision
    return earning.given_effects(
        decision.effects if decision else (),
        member_id=doc.member_id,
        origin_kind="order",
        origin_id=document.order_id,
        at=document.placed_at,
    )


async def _with_holds(
    session: Session, source_id: int, by_member: dict[int, list[Document]], loaded: dict[int, Book]
) -> dict[int, list[Document]]:
    """Sales of members who have points set aside are paid with those, where a cart was under the order's number."""
    numbers = {
        document.number: member_id
        for member_id, documents in by_member.items()
        if loaded[member_id].accounts["points"].holds
        for document in documents
        if document.kind == "sale"
    }
    if not numbers:
        return by_member
    found = await commit_holds(session, source_id, numbers)
    return {member_id: [_with_hold(one, found) for one in documents] for member_id, documents in by_member.items()}


def _with_hold(document: Document, found: dict[str, int]) -> Document:
    hold_no = found.get(document.number) if document.kind == "sale" else None
    return document if hold_no is None else replace(document, payments=replace(document.payments, hold_no=hold_no))


def _fold_order(document: Document, sold_at: dict[int, datetime]) -> tuple[datetime, bool, str]:
    # A till whose clock is behind may give back before it sold: whoever names an order comes after it.
    at = max(document.placed_at, sold_at.get(document.refund_of or 0, document.placed_at))
    return at, document.kind != "sale", document.number


async def _store(
    session: Session,
    programme: Programme,
    source_id: int,
    fresh: list[tuple[Incoming, Document]],
    batch: Batch,
) -> None:
    new_orders = [
        _new_order(programme, source_id, doc, document, batch.recorded[document.number].outcome)
        for doc, document in fresh
    ]
    matches = [
        _match(document, doc.member_id, part)
        for doc, document in fresh
        for part in batch.recorded[document.number].outcome.parts
    ]
    await orders.store(session, new_orders, matches)


def _new_order(
    programme: Programme, source_id: int, doc: Incoming, document: Document, outcome: Outcome
) -> orders.NewOrder:
    return orders.NewOrder(
        order_id=document.order_id,
        member_id=doc.member_id,
        kind=document.kind,
        source_id=source_id,
        source=document.source,
        number=document.number,
        placed_at=document.placed_at,
        business_day=document.business_day,
        store_id=doc.store_id,
        employee_id=doc.employee_id,
        currency=programme.money,
        lines=document.lines if outcome.lines is None else outcome.lines,
        points_used=document.payments.points,
        points_minor=document.payments.points_minor or outcome.points_minor,
        coupon_minor=document.payments.coupon_minor or outcome.coupon_minor,
        counts_minor=outcome.counts_minor,
        payments=document.payments.money,
        facts=fact_values.written(outcome.facts) if outcome.facts else None,
        why=doc.why,
    )


def _match(document: Document, member_id: int, part: Part) -> orders.NewMatch:
    return orders.NewMatch(
        member_id=member_id,
        refund_id=document.order_id,
        line_no=part.line_no,
        part=part.part,
        how=part.how,
        quantity=part.quantity,
        amount_minor=part.amount_minor,
        is_goods=part.is_goods,
        order_id=part.line.order.order_id if part.line else None,
        order_line_no=part.line.line_no if part.line else None,
    )


async def bring_members_forward(
    session: Session, programme: Programme, member_ids: Sequence[int], until: datetime
) -> int:
    """Do what has come due for some members by an instant. Returns the points expired."""
    recorded_at = clock.now()
    since = clock.business_day(until, programme.zone)
    loaded = await books.load(session, programme, member_ids, since=since)
    expired = sum(bring_forward(book, programme, until, recorded_at) for book in loaded.values())
    await books.save(session, programme, list(loaded.values()))
    return expired
