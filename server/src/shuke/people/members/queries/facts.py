"""The counts that modules above keep in the summary, for those who carry them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select

from shuke.platform.db import Session

from ..rules.values import FactsRow
from ..tables import member, member_summary
from .vault import any_of

_COUNTS = (
    member_summary.c.order_count,
    member_summary.c.refund_count,
    member_summary.c.gross_spend_minor,
    member_summary.c.net_spend_minor,
    member_summary.c.first_order_at,
    member_summary.c.last_order_at,
)


_OTHERS = {"followers", "joined_at"}
# Who was merged into each of them, in the same statement: nearly always nobody.
_FOLLOWERS = (
    select(func.coalesce(func.array_agg(member.c.member_id), literal_column("'{}'::bigint[]")))
    .where(member.c.merged_into == member_summary.c.member_id)
    .scalar_subquery()
)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted of a member so far, and who was merged into them: their orders count as the member's."""

    facts: FactsRow
    followers: tuple[int, ...]
    joined_at: datetime


async def get_counts(session: Session, member_ids: Sequence[int]) -> dict[int, Counted]:
    """Orders, refunds and spending as counted so far, by member; the other facts are left out."""
    rows = await session.execute(
        select(member_summary.c.member_id, member_summary.c.joined_at, *_COUNTS, _FOLLOWERS.label("followers")).where(
            member_summary.c.member_id == any_of(member_ids)
        )
    )
    return {
        row.member_id: Counted(
            facts=FactsRow(**{name: value for name, value in row._mapping.items() if name not in _OTHERS}),
            followers=tuple(row.followers),
            joined_at=row.joined_at,
        )
        for row in rows
    }
