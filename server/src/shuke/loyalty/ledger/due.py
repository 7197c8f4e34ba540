"""Which members have something due, in pages of members, so that the night's work can stop and go on anywhere."""

from datetime import datetime

from shuke.platform.db import Session, raw


async def members_due(session: Session, until: datetime, after: int, limit: int) -> list[int]:
    """Members, behind `after`, with an account in which something is due at or before an instant; ascending."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select distinct member_id from ledger_account where due_at <= $1 and member_id > $2
        order by member_id limit $3
        """,
        until,
        after,
        limit,
    )
    return [row["member_id"] for row in rows]
