"""What orders and refunds do to coupons, in the transaction that records them."""

from collections.abc import Sequence
from dataclasses import dataclass

from shuke.loyalty import coupons
from shuke.platform.db import Session

from .rules import Document, Outcome, Programme


@dataclass(frozen=True)
class Done:
    """A document and what it did. `member_id` 0: a guest's."""

    member_id: int
    store_id: int | None
    document: Document
    outcome: Outcome


async def carry_out(session: Session, programme: Programme, source_id: int, done: Sequence[Done]) -> None:
    """Use up the coupons of orders, let go what else their carts kept, and settle the coupons of refunds.

    Raises CouponChanged and BudgetUsedUp. Without coupons nothing is asked.
    """
    uses = [_uses(one, source_id) for one in done if one.document.payments.coupons.uses]
    if uses:
        await coupons.redeem(session, uses, programme.zone)
        carts = [(source_id, one.number) for one in uses]
        await coupons.release(session, carts, actor=uses[0].actor, zone=programme.zone)
    settlements = [settlement for one in done for settlement in one.outcome.settlements]
    gives_room_back = programme.policies.refunds.limits == "give_back"
    await coupons.settle(session, settlements, programme.zone, gives_room_back=gives_room_back)


def _uses(one: Done, source_id: int) -> coupons.OrderUses:
    document = one.document
    return coupons.OrderUses(
        member_id=one.member_id,
        order_id=document.order_id,
        source_id=source_id,
        source=document.source,
        number=document.number,
        at=document.placed_at,
        day=document.business_day,
        store_id=one.store_id,
        actor=document.actor,
        plan=document.payments.coupons,
    )
