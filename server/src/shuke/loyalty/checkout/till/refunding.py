"""Refunds of named orders: by lines, by quantity, by amount, or whole."""

from shuke.commerce import catalog, orders
from shuke.loyalty import coupons
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from .. import answering, arriving, waiting
from ..actions import Incoming, Recorded, record
from ..errors import NothingToRefund, NumberTaken, OrderNotHere, ProductUnknown
from ..programme import load_programme
from ..rules import Ask, Asked, Programme
from ..schemas import PointsOut
from .schemas import RefundedLineOut, RefundedOut, RefundIn


class _Undone(Exception):
    """Takes a refund back that was only done to see what it does."""

    def __init__(self, told: RefundedOut) -> None:
        self.told = told


async def preview(session: Session, wanted: RefundIn, actor: Actor) -> RefundedOut:
    """What a refund would do: it is done, told and taken back. Nothing is written.

    Raises what `refund` raises.
    """
    try:
        async with session.begin_nested():
            raise _Undone(await refund(session, wanted, actor))
    except _Undone as undone:
        is_new = undone.told.state == "created"
        return undone.told.model_copy(update={"order_id": None}) if is_new else undone.told


async def refund(session: Session, wanted: RefundIn, actor: Actor) -> RefundedOut:
    """Refund an order. Where its order has not come yet, it waits, unless the shop refuses such refunds.

    Raises NothingToRefund, DateOutOfRange, EmployeeUnknown, ProductUnknown, NumberTaken, RefundOfUnknownOrder,
    RefundExceedsOrder, RefundAmountDiffers and ProgrammeMissing.
    """
    programme = await load_programme(session)
    _check(wanted)
    try:
        async with session.begin_nested():
            recorded = await record_refund(session, programme, wanted, actor.name)
    except OrderNotHere:
        if programme.policies.refunds.before_order == "refuse":
            raise
        # What somebody wrote may be personal, and nobody knows yet of whom: it is not kept.
        untold = {"note"} if wanted.reason else {"note", "reason"}
        content = wanted.model_dump(mode="json", exclude=untold)
        kept = waiting.Waiting(wanted.source, wanted.number, wanted.refund_of, content, "refund")
        await waiting.keep(session, kept, actor.name)
        return _waiting(wanted)
    return await _answer(session, programme, wanted, recorded)


async def record_refund(session: Session, programme: Programme, wanted: RefundIn, actor: str) -> Recorded:
    """Record a refund with everything it moves. Raises what `refund` raises."""
    member_id = await arriving.member_of_order(session, wanted.source, wanted.refund_of)
    if member_id is None:
        raise OrderNotHere(number=wanted.refund_of)
    stores = await arriving.stores_by_code(session, [wanted.store])
    employees = await arriving.employees_by_code(session, [wanted.employee])
    incoming = Incoming(
        kind="refund",
        number=wanted.number,
        member_id=member_id,
        placed_at=wanted.placed_at,
        store_id=stores.get(wanted.store or ""),
        employee_id=employees.get(wanted.employee or ""),
        lines=(),
        refund_of=wanted.refund_of,
        ask=await _ask(session, wanted),
        store=wanted.store,
        why=orders.Why(wanted.reason, wanted.note),
    )
    batch = await record(session, programme, source=wanted.source, incoming=[incoming], actor=actor)
    recorded = batch.recorded[wanted.number]
    if recorded.state == "taken":
        raise NumberTaken(source=wanted.source, number=wanted.number)
    return recorded


def _check(wanted: RefundIn) -> None:
    arriving.check_time(wanted.placed_at)
    given = [wanted.is_whole, wanted.amount_minor is not None, bool(wanted.lines)]
    if given.count(True) != 1:
        raise NothingToRefund
    for line in wanted.lines:
        is_named = (line.line_no is None) != (line.product is None)
        if not is_named or (line.quantity is None and not line.amount_minor):
            raise NothingToRefund


async def _ask(session: Session, wanted: RefundIn) -> Ask:
    codes = sorted({line.product for line in wanted.lines if line.product is not None})
    products = await catalog.get_by_code(session, codes) if codes else {}
    for code in codes:
        if code not in products:
            raise ProductUnknown(product=code)
    lines = tuple(
        Asked(
            line_no=line.line_no,
            product_id=products[line.product].product_id if line.product is not None else None,
            quantity=line.quantity,
            amount_minor=line.amount_minor,
        )
        for line in wanted.lines
    )
    return Ask(lines=lines, amount_minor=wanted.amount_minor, is_whole=wanted.is_whole)


def _waiting(wanted: RefundIn) -> RefundedOut:
    return RefundedOut(
        order_id=None,
        refund_of=wanted.refund_of,
        number=wanted.number,
        member_id=None,
        state="waiting",
        amount_minor=0,
        money_minor=0,
        lines=[],
        points=None,
        growth_taken_back=0,
        tier=None,
        coupons_returned=[],
    )


async def _answer(session: Session, programme: Programme, wanted: RefundIn, recorded: Recorded) -> RefundedOut:
    """Read back from what is stored, so that the same refund again gives the same answer."""
    key = (recorded.member_id, recorded.order_id)
    document = (await orders.get_orders(session, [key]))[recorded.order_id]
    lines = await orders.list_order_lines(session, [key])
    after = await answering.stored(session, programme, recorded) if recorded.member_id else None
    return RefundedOut(
        order_id=recorded.order_id,
        refund_of=wanted.refund_of,
        number=wanted.number,
        member_id=recorded.member_id or None,
        state="created" if recorded.state == "new" else "unchanged",
        amount_minor=-document.gross_minor,
        money_minor=document.money_minor,
        lines=[
            RefundedLineOut(
                product=line.product.code,
                quantity=f"{-line.quantity.normalize():f}",
                amount_minor=-line.amount_minor,
            )
            for line in lines
        ],
        points=_points(after) if after else None,
        growth_taken_back=-after.sum("growth", "take_back") if after else 0,
        tier=answering.tier_of(programme, after.rank) if after else None,
        coupons_returned=await _returned(session, wanted, recorded) if document.coupon_minor else [],
    )


async def _returned(session: Session, wanted: RefundIn, recorded: Recorded) -> list[str]:
    """The coupons that the refund gave back."""
    source_id = await orders.ensure_source(session, wanted.source)
    found = (await orders.find_orders(session, source_id, [wanted.refund_of])).get(wanted.refund_of)
    return await coupons.find_returned(session, *found, recorded.order_id) if found else []


def _points(after: answering.After) -> PointsOut:
    """A refund earns nothing: what it gave otherwise went back for a member who was merged since the order."""
    points = after.points()
    return points.model_copy(update={"earned": 0, "returned": points.returned + points.earned})
