"""Orders over the API: the same fold as imports, for one document or a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from . import answering, arriving, waiting
from .actions import Incoming, Recorded, record
from .errors import NumberTaken, OrderNotHere, RefundAmountDiffers, RefundExceedsOrder
from .programme import load_programme, load_programme_for
from .rules import Programme
from .schemas import OrderIn, RecordedOut
from .till import refunding
from .till.schemas import RefundIn


@dataclass(frozen=True)
class BatchItem:
    """An order of a batch that was recorded, or was here already."""

    order_id: int | None
    state: Literal["created", "unchanged", "waiting"]

    @classmethod
    def of(cls, recorded: Recorded) -> "BatchItem":
        """The item that tells what became of an order."""
        return cls(recorded.order_id, "created" if recorded.state == "new" else "unchanged")


@dataclass(frozen=True)
class Refused:
    """An order of a batch that was refused; nothing of it was written."""

    error: AppError


async def record_order(session: Session, order: OrderIn, actor: Actor) -> RecordedOut:
    """Record one order or refund with everything it moves. The same again gives the same answer.

    Raises NumberTaken, RefundOfUnknownOrder, RefundExceedsOrder, RefundAmountDiffers, ProgrammeMissing, NotEnough
    points and what `arriving.resolve` raises.
    """
    programme, is_awaited = await load_programme_for(session, order.source, order.number)
    recorded = await _record_or_wait(session, programme, order, actor, is_awaited=is_awaited)
    if recorded is None:
        return answering.waits(order)
    return await answering.answer(session, programme, order, recorded)


async def _record_or_wait(
    session: Session, programme: Programme, order: OrderIn, actor: Actor, *, is_awaited: bool = True
) -> Recorded | None:
    """Record one order, with the refunds that waited for it. None: it is a refund, and waits for its own order.

    Not `is_awaited`: no refund waited for it a moment ago. One that came since is done by the sweep.
    """
    if order.kind == "refund" and order.refund_of is not None and programme.policies.refunds.before_order == "wait":
        try:
            async with session.begin_nested():
                (recorded,) = await _record(session, programme, [order], actor)
                return recorded
        except OrderNotHere:
            # Whose it is, the order says: nothing personal is kept.
            content = order.model_dump(mode="json", exclude={"member"})
            refund = waiting.Waiting(order.source, order.number, order.refund_of, content, "order")
            await waiting.keep(session, refund, actor.name)
            return None
    (recorded,) = await _record(session, programme, [order], actor)
    if is_awaited and recorded.state == "new" and order.kind == "sale":
        settled = await waiting.settle(session, programme, order.source, [order.number], redo)
        # What was settled moved more than the order's own book knows.
        recorded = replace(recorded, book=None) if settled else recorded
    return recorded


async def record_orders(
    session: Session, orders_in: Sequence[OrderIn], actor: Actor, *, all_or_nothing: bool
) -> list[BatchItem | Refused]:
    """Record a batch, each order for itself; or all or none, where the first refusal raises.

    Where nothing is to be refused, all are recorded as one set; else one after the other, in the order given.
    """
    programme = await load_programme(session)
    results: list[BatchItem | Refused] = []
    try:
        async with session.begin_nested():
            recorded = await _record_set(session, programme, orders_in, actor)
            new = {one.order_id for one in recorded if one.state == "new"}
            pairs = [pair for pair in zip(orders_in, recorded, strict=True) if pair[0].kind == "sale"]
            for source in sorted({order.source for order in orders_in}):
                sold = [order.number for order, one in pairs if order.source == source and one.order_id in new]
                await waiting.settle(session, programme, source, sold, redo)
            return [BatchItem.of(one) for one in recorded]
    except AppError:
        if all_or_nothing:
            raise
    for order in orders_in:
        try:
            async with session.begin_nested():
                one = await _record_or_wait(session, programme, order, actor)
                results.append(BatchItem.of(one) if one else BatchItem(None, "waiting"))
        except AppError as error:
            results.append(Refused(error))
    return results


async def _record_set(
    session: Session, programme: Programme, orders_in: Sequence[OrderIn], actor: Actor
) -> list[Recorded]:
    """All orders as sets, one for each source; a number that comes twice is unchanged the second time."""
    first: dict[tuple[str, str], OrderIn] = {}
    for order in orders_in:
        known = first.setdefault((order.source, order.number), order)
        if known != order:
            raise NumberTaken(source=order.source, number=order.number)
    found: dict[tuple[str, str], Recorded] = {}
    for source in sorted({order.source for order in orders_in}):
        some = [order for order in first.values() if order.source == source]
        for order, recorded in zip(some, await _record(session, programme, some, actor), strict=True):
            found[source, order.number] = recorded
    seen: set[tuple[str, str]] = set()
    results = []
    for order in orders_in:
        key = order.source, order.number
        results.append(replace(found[key], state="unchanged") if key in seen else found[key])
        seen.add(key)
    return results


async def redo(session: Session, programme: Programme, form: waiting.Form, request: dict[str, Any], actor: str) -> None:
    """Do a refund that waited for its order. Raises what `record_order` and `refunding.refund` raise."""
    if form == "order":
        await _record_as(session, programme, [OrderIn.model_validate(request)], actor)
    else:
        await refunding.record_refund(session, programme, RefundIn.model_validate(request), actor)


async def _record(session: Session, programme: Programme, orders_in: Sequence[OrderIn], actor: Actor) -> list[Recorded]:
    return await _record_as(session, programme, orders_in, actor.name)


async def _record_as(
    session: Session, programme: Programme, orders_in: Sequence[OrderIn], actor: str
) -> list[Recorded]:
    """Orders of one source as one set. Raises for the first that cannot be."""
    incoming = await arriving.resolve(session, programme, orders_in)
    incoming = [await _with_member_of_order(session, *pair) for pair in zip(orders_in, incoming, strict=True)]
    batch = await record(session, programme, source=orders_in[0].source, incoming=incoming, actor=actor)
    results = []
    for order, document in zip(orders_in, incoming, strict=True):
        recorded = batch.recorded[order.number]
        if recorded.state == "taken":
            raise NumberTaken(source=order.source, number=order.number)
        _require_whole_match(order, document, recorded)
        results.append(recorded)
    return results


async def _with_member_of_order(session: Session, order: OrderIn, incoming: Incoming) -> Incoming:
    """A refund that names its order and nobody else is its member's."""
    if order.kind != "refund" or order.member is not None or order.refund_of is None:
        return incoming
    member_id = await arriving.member_of_order(session, order.source, order.refund_of)
    return incoming if member_id is None else replace(incoming, member_id=member_id)


def _require_whole_match(order: OrderIn, document: Incoming, recorded: Recorded) -> None:
    """A refund that names its order takes what the order has, at the order's own money."""
    if order.refund_of is None:
        return
    for place, line in enumerate(document.lines):
        parts = [part for part in recorded.outcome.parts if part.line_no == line.line_no]
        product = order.lines[place].product
        if any(part.how == "unmatched" for part in parts):
            raise RefundExceedsOrder(product=product, number=order.refund_of)
        expected = sum(part.amount_minor for part in parts)
        # A minor unit for each part: shares of a line are rounded.
        if parts and abs(expected + line.amount_minor) > len(parts):
            raise RefundAmountDiffers(product=product, expected=expected, found=-line.amount_minor)
