"""Which members' levels are to be judged again, in pages of members."""

from collections.abc import Sequence
from datetime import datetime

from shuke.platform.db import Session, raw


async def members_due(session: Session, until: datetime, after: int, limit: int) -> list[int]:
    """Members, behind `after`, whose level holds no longer than an instant; ascending."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select distinct member_id from member_tier where valid_until <= $1 and member_id > $2
        order by member_id limit $3
        """,
        until,
        after,
        limit,
    )
    return [row["member_id"] for row in rows]


async def earliest_due(session: Session, member_ids: Sequence[int]) -> datetime | None:
    """The earliest end of a level's validity among the members."""
    driver = await raw(session)
    found: datetime | None = await driver.fetchval(
        "select min(valid_until) from member_tier where member_id = any($1::bigint[])", list(member_ids)
    )
    return found
