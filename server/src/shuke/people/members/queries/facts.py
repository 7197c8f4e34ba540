"""The counts that modules above keep in the summary, for those who carry them on."""

from collections.abc import Sequence

from sqlalchemy import select

from shuke.platform.db import Session

from ..rules.values import FactsRow
from ..tables import member_summary
from .vault import any_of

_COUNTS = (
    member_summary.c.order_count,
    member_summary.c.refund_count,
    member_summary.c.gross_spend_minor,
    member_summary.c.net_spend_minor,
    member_summary.c.first_order_at,
    member_summary.c.last_order_at,
)


async def get_counts(session: Session, member_ids: Sequence[int]) -> dict[int, FactsRow]:
    """Orders, refunds and spending as counted so far, by member; the other facts are left out."""
    rows = await session.execute(
        select(member_summary.c.member_id, *_COUNTS).where(member_summary.c.member_id == any_of(member_ids))
    )
    return {row["member_id"]: FactsRow(**dict(row)) for row in rows.mappings()}
