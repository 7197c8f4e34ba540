"""What acts on many members hold about one: that they were among them, and what was there before."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import bulk_act, bulk_member


async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """The acts that these members were among."""
    rows = await session.execute(
        select(bulk_act.c.bulk_id, bulk_act.c.action, bulk_act.c.asked_at, bulk_member.c.state, bulk_member.c.why)
        .join(bulk_member, bulk_member.c.bulk_id == bulk_act.c.bulk_id)
        .where(bulk_member.c.member_id.in_(member_ids))
        .order_by(bulk_act.c.bulk_id)
    )
    for row in rows:
        yield {
            "act": row.bulk_id,
            "action": row.action,
            "at": row.asked_at.isoformat(),
            "state": row.state,
            "why": row.why,
        }


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Forget what stood there before."""
    emptied = await session.execute(
        update(bulk_member)
        .where(bulk_member.c.member_id.in_(member_ids), bulk_member.c.before.is_not(None))
        .values(before=None)
    )
    return emptied.rowcount


PERSONAL_DATA = members.PersonalData(
    key="bulk_acts",
    label=LocalName("批量操作记录", "Acts on many members"),
    export=export,
    erase=erase,
    kept=LocalName(
        "90 天内保留“某次批量操作涉及该会员编号”的记录，不含个人信息。",
        "For 90 days it stays that an act concerned the member's id, with nothing personal.",
    ),
)
