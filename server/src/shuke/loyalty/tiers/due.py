"""Which members' levels are to be judged again, in pages of members."""

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
