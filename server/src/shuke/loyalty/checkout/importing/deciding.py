"""Somebody says what an unmatched return was: of which order, or of none that matters."""

from shuke.commerce import catalog, orders
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from ..till import refunding
from ..till.schemas import RefundIn, RefundLineIn
from .errors import NotACandidate, ReturnDecided
from .returned import UnmatchedReturn, decide, get_return

_EVERY = 1_000_000


async def match_return(session: Session, return_id: int, order_id: int, actor: Actor) -> UnmatchedReturn:
    """The return was of this order: an ordinary refund of the order's own product and quantity, once.

    Raises ReturnNotFound, ReturnDecided, NotACandidate, and what refunds refuse.
    """
    found = await _waiting(session, return_id)
    candidates = await orders.list_sold(session, [found.wanted], _EVERY)
    sold = next((one for one in candidates if one.order_id == order_id), None)
    if sold is None:
        raise NotACandidate
    (product,) = (await catalog.get_products(session, [found.product_id])).values()
    refunded = await refunding.refund(
        session,
        RefundIn(
            source=sold.source,
            number=f"return-{return_id}",
            refund_of=sold.number,
            # A return of today has no time, and lasts to the end of the day.
            placed_at=min(found.returned_at, clock.now()),
            lines=[RefundLineIn(product=product.code, quantity=found.quantity)],
        ),
        actor,
    )
    await decide(session, return_id, "matched", actor.name, order_id=order_id, refund_id=refunded.order_id)
    audit.describe(
        object_id=return_id,
        member_id=refunded.member_id,
        changes={"state": ("waiting", "matched")},
        details={"order": sold.number, "refund": refunded.number},
    )
    return await get_return(session, return_id)


async def dismiss_return(session: Session, return_id: int, reason: str, actor: Actor) -> UnmatchedReturn:
    """Nobody will look for the order of this return. Raises ReturnNotFound and ReturnDecided."""
    await _waiting(session, return_id)
    await decide(session, return_id, "dismissed", actor.name, reason=reason)
    audit.describe(object_id=return_id, changes={"state": ("waiting", "dismissed")})
    return await get_return(session, return_id)


async def reopen_return(session: Session, return_id: int, actor: Actor) -> UnmatchedReturn:
    """A return that was dismissed waits again. Raises ReturnNotFound and ReturnDecided."""
    found = await get_return(session, return_id, hold=True)
    if found.state != "dismissed":
        raise ReturnDecided
    await decide(session, return_id, "waiting", actor.name, reason=None)
    audit.describe(object_id=return_id, changes={"state": ("dismissed", "waiting")})
    return await get_return(session, return_id)


async def _waiting(session: Session, return_id: int) -> UnmatchedReturn:
    found = await get_return(session, return_id, hold=True)
    if found.state != "waiting":
        raise ReturnDecided
    return found
