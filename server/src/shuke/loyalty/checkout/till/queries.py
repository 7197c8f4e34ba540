"""Questions about what tills have sent."""

from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language

from .schemas import WaitingRefundOut


async def waiting_refunds(session: Session, language: Language) -> list[WaitingRefundOut]:
    """Refunds whose orders have not come yet, the oldest first."""
    driver = await raw(session)
    rows = await driver.fetch(_WAITING)
    return [
        WaitingRefundOut(
            source=row["code"],
            number=row["number"],
            refund_of=row["refund_of"],
            received_at=row["received_at"],
            problem=row["problem"][language] if row["problem"] else None,
        )
        for row in rows
    ]


_WAITING = """
    select s.code, w.number, w.refund_of, w.received_at, w.problem
    from waiting_refund w join order_source s using (source_id)
    order by w.received_at, w.number limit 200
"""
