"""What a refund does to the coupons that its orders used, by the terms of each coupon."""

from collections.abc import Iterable
from datetime import datetime

from shuke.loyalty import coupons

from .model import Book, Document, OpenOrder, Programme
from .outcome import Outcome


def settle_coupons(
    book: Book,
    programme: Programme,
    document: Document,
    recorded_at: datetime,
    outcome: Outcome,
    touched: Iterable[OpenOrder],
) -> None:
    """Settle the coupons of the orders that a refund has touched; one of which nothing came back stays as it is."""
    for order in touched:
        for used in book.coupon_uses.get(order.order_id, ()):
            settlement = _settled(used, order, programme, document, recorded_at)
            if settlement is not None:
                outcome.settlements.append(settlement)


def _settled(
    used: coupons.Used, order: OpenOrder, programme: Programme, document: Document, recorded_at: datetime
) -> coupons.Settlement | None:
    left_minor = 0 if order.is_whole else _left(used, order)
    returned_minor = used.discount_minor - left_minor - used.returned_minor
    if returned_minor <= 0:
        return None
    what, expires_at = "settled", None
    if not used.is_settled:
        decided = coupons.settle_refund(
            used.on_refund,
            expires_at=used.expires_at,
            at=recorded_at,
            zone=programme.zone,
            is_whole=left_minor == 0,
            was_part=used.returned_minor > 0,
        )
        what, expires_at = decided.what, decided.expires_at
    used.returned_minor += returned_minor
    used.is_settled = what != "wait"
    return coupons.Settlement(
        used=used,
        refund_id=document.order_id,
        at=document.placed_at,
        actor=document.actor,
        what=what,
        returned_minor=returned_minor,
        expires_at=expires_at,
    )


def _left(used: coupons.Used, order: OpenOrder) -> int:
    """What of its discount belongs to what is left of the lines that it reduced."""
    lines = {line.line_no: line for line in order.lines}
    return sum(lines[line_no].share(share) for line_no, share in used.shares.items() if line_no in lines)
