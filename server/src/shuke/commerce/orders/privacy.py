"""What orders hold about members: they receive a copy, and the orders stay without a person."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import refund_match, sales_order, sales_order_line

_KEPT = LocalName(
    "订单与退单（不含姓名和电话）：会计账簿和税务须保存",
    "Orders and refunds, without name or phone: the books and the tax office ask for them",
)


async def _notes(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """What somebody wrote about returns, with the refund it was written to."""
    order = sales_order.c
    found = await session.execute(
        select(order.order_id, order.number, order.refund_note)
        .where(order.member_id.in_(member_ids), order.refund_note.is_not(None))
        .order_by(order.placed_at, order.order_id)
    )
    for order_id, number, note in found:
        yield {"order_id": order_id, "number": number, "refund_note": note}


async def _forget_notes(session: Session, member_ids: Sequence[int]) -> int:
    """Empty what somebody wrote about returns: it may name people."""
    order = sales_order.c
    emptied = await session.execute(
        update(sales_order)
        .where(order.member_id.in_(member_ids), order.refund_note.is_not(None))
        .values(refund_note=None)
        .returning(order.order_id)
    )
    return len(emptied.all())


PERSONAL_DATA = (
    members.PersonalData(
        key="orders",
        label=LocalName("订单", "Orders"),
        export=members.exporting(sales_order, "refund_note", order=("placed_at", "order_id")),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="refund_notes",
        label=LocalName("退货说明", "Words on returns"),
        export=_notes,
        erase=_forget_notes,
    ),
    members.PersonalData(
        key="order_lines",
        label=LocalName("订单行", "Order lines"),
        export=members.exporting(sales_order_line),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="refund_matches",
        label=LocalName("退单核销对应", "Matches of refunds"),
        export=members.exporting(refund_match),
        kept=_KEPT,
    ),
)
