"""Orders over the API: the same fold as imports, for one document or a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shuke.commerce import orders
from shuke.loyalty import ledger, tiers
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from . import arriving
from .actions import Incoming, Recorded, record
from .errors import NumberTaken, RefundExceedsOrder
from .programme import load_programme
from .rules import Programme
from .schemas import OrderIn, PointsOut, RecordedOut, TierOut


@dataclass(frozen=True)
class Refused:
    """An order of a batch that was refused; nothing of it was written."""

    error: AppError


async def record_order(session: Session, order: OrderIn, actor: Actor) -> RecordedOut:
    """Record one order or refund with everything it moves. The same again gives the same answer.

    Raises NumberTaken, RefundOfUnknownOrder, RefundExceedsOrder, ProgrammeMissing and what `arriving.resolve` raises.
    """
    programme = await load_programme(session)
    (incoming,) = await arriving.resolve(session, programme, [order])
    incoming = await _with_member_of_order(session, order, incoming)
    batch = await record(session, programme, source=order.source, incoming=[incoming], actor=actor.name)
    recorded = batch.recorded[order.number]
    if recorded.state == "taken":
        raise NumberTaken(source=order.source, number=order.number)
    _require_whole_match(order, recorded)
    return await _answer(session, programme, order, recorded)


async def record_orders(
    session: Session, orders_in: Sequence[OrderIn], actor: Actor, *, all_or_nothing: bool
) -> list[RecordedOut | Refused]:
    """Record a batch in the order given, each order for itself; or all or none, where the first refusal raises."""
    results: list[RecordedOut | Refused] = []
    for order in orders_in:
        try:
            async with session.begin_nested():
                results.append(await record_order(session, order, actor))
        except AppError as error:
            if all_or_nothing:
                raise
            results.append(Refused(error))
    return results


async def _with_member_of_order(session: Session, order: OrderIn, incoming: Incoming) -> Incoming:
    """A refund that names its order and nobody else is its member's."""
    if order.kind != "refund" or order.member is not None or order.refund_of is None:
        return incoming
    source_id = await orders.ensure_source(session, order.source)
    found = await orders.find_orders(session, source_id, [order.refund_of])
    return replace(incoming, member_id=found[order.refund_of][0]) if order.refund_of in found else incoming


def _require_whole_match(order: OrderIn, recorded: Recorded) -> None:
    if order.refund_of is None:
        return
    for part in recorded.outcome.parts:
        if part.how == "unmatched":
            product = order.lines[part.line_no - 1].product
            raise RefundExceedsOrder(product=product, number=order.refund_of)


async def _answer(session: Session, programme: Programme, order: OrderIn, recorded: Recorded) -> RecordedOut:
    points, growth_earned, tier = None, 0, None
    if recorded.member_id:
        entries = await ledger.list_order_entries(session, recorded.member_id, recorded.order_id)
        accounts = {
            account.currency.code: account for account in await ledger.list_accounts(session, recorded.member_id)
        }
        of_points = [entry for entry in entries if entry.currency_id == accounts["points"].currency.currency_id]
        growth_earned = sum(entry.amount for entry in entries if entry not in of_points and entry.kind == "earn")
        points = PointsOut(
            earned=sum(entry.amount for entry in of_points if entry.kind == "earn"),
            taken_back=-sum(entry.amount for entry in of_points if entry.kind == "take_back"),
            balance=accounts["points"].available,
            debt=accounts["points"].debt,
        )
        tier = await _tier(session, programme, recorded.member_id)
    return RecordedOut(
        order_id=recorded.order_id,
        source=order.source,
        number=order.number,
        kind=order.kind,
        member_id=recorded.member_id or None,
        state="created" if recorded.state == "new" else "unchanged",
        points=points,
        growth_earned=growth_earned,
        tier=tier,
    )


async def _tier(session: Session, programme: Programme, member_id: int) -> TierOut | None:
    if programme.scheme is None:
        return None
    standing = await tiers.find_standing(session, programme.scheme.scheme_id, member_id)
    if standing is None:
        return None
    return TierOut(code=programme.scheme.levels[standing.rank - 1].code, rank=standing.rank)
