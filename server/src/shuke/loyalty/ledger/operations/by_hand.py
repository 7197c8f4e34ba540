"""What one person alone may give and take by hand within a day."""

from collections.abc import Sequence
from datetime import timedelta

from shuke.platform import clock
from shuke.platform.db import Session, raw

_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('ledger.by_hand:' || $1, $2))"
# The last 24 hours, and not the day: nobody gives it twice around midnight.
_ALONE = """
    select e.member_id, sum(abs(e.amount))::bigint as adjusted
    from ledger_entry e join ledger_operation o on o.member_id = e.member_id and o.key = e.operation_key
    where e.member_id = any($1::bigint[]) and e.currency_id = $2 and e.recorded_at > $3 and e.kind = 'adjust'
        and o.actor = $4 and o.approved_by is null
    group by e.member_id
"""


async def adjusted_alone(session: Session, actor: str, currency_id: int, member_ids: Sequence[int]) -> dict[int, int]:
    """What a person adjusted by hand in the last 24 hours without a second one, by member.

    Whatever else this person adjusts ends first: together it must stay within what one may decide. Ask before any
    account is locked.
    """
    driver = await raw(session)
    await driver.execute(_ONE_AT_A_TIME, actor, currency_id)
    since = clock.now() - timedelta(days=1)
    rows = await driver.fetch(_ALONE, sorted(member_ids), currency_id, since, actor)
    return {row["member_id"]: row["adjusted"] for row in rows}
