"""Orders that are paid with points set aside before: which hold belongs to which order."""

from collections.abc import Sequence

from shuke.platform import clock
from shuke.platform.db import Session, raw


async def commit_holds(session: Session, source_id: int, numbers: Sequence[str]) -> dict[str, int]:
    """Note that orders are paid, where a cart was set aside under their numbers. Number → number of the hold."""
    driver = await raw(session)
    rows = await driver.fetch(_COMMIT, source_id, list(numbers), clock.now())
    return {row["number"]: row["hold_no"] for row in rows if row["hold_no"] is not None}


_COMMIT = """
    update checkout_hold set state = 'committed', ended_at = $3
    where source_id = $1 and number = any($2::text[]) and state = 'open' returning number, hold_no
"""
