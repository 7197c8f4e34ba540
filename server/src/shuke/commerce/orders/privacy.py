"""What orders hold about members: they receive a copy, and the orders stay without a person."""

from collections.abc import Sequence

from sqlalchemy import update

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import refund_match, sales_order, sales_order_line

_KEPT = LocalName(
    "订单与退单（不含姓名和电话）：会计账簿和税务须保存",
    "Orders and refunds, without name or phone: the books and the tax office ask for them",
)


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
        export=members.exporting(sales_order, order=("placed_at", "order_id")),
        erase=_forget_notes,
        kept=_KEPT,
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
