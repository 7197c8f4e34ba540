"""Orders that are paid with points set aside before: which hold belongs to which order."""

from collections.abc import Mapping

from shuke.platform import clock
from shuke.platform.db import Session, raw


async def commit_holds(session: Session, source_id: int, numbers: Mapping[str, int]) -> dict[str, int]:
    """Note that orders are paid, where a cart was set aside under their numbers. `numbers`: who pays each. Number →
    number of the hold; holds are numbered within an account, so a cart of somebody else has none for this order.
    """
    driver = await raw(session)
    rows = await driver.fetch(_COMMIT, source_id, list(numbers), list(numbers.values()), clock.now())
    return {row["number"]: row["hold_no"] for row in rows if row["hold_no"] is not None}


_COMMIT = """
    update checkout_hold cart set state = 'committed', ended_at = $4
    from unnest($2::text[], $3::bigint[]) as paid (number, member_id)
    where cart.source_id = $1 and cart.number = paid.number and cart.member_id = paid.member_id and cart.state = 'open'
    returning cart.number, cart.hold_no
"""
