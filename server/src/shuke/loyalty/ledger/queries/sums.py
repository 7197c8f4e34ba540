"""What accounts gained: sums of what was given and taken back, without what was spent, moved or expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuke.platform.db import Session, raw

# Given, taken back or cancelled again, and corrected by hand.
_GAINING = ("earn", "take_back", "cancel", "adjust")


@dataclass(frozen=True, slots=True)
class DailySum:
    """What a member's account gained on a business day; below zero: more was taken back than given."""

    member_id: int
    business_day: date
    amount: int


async def daily_sums(session: Session, member_ids: Sequence[int], currency: str, since: date) -> list[DailySum]:
    """What the members' accounts of a currency gained on each day from a day on."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select e.member_id, e.business_day, sum(e.amount)::bigint
        from ledger_entry e join ledger_currency c using (currency_id)
        where e.member_id = any($1::bigint[]) and c.code = $2 and e.business_day >= $3 and e.kind = any($4::text[])
        group by e.member_id, e.business_day
        """,
        list(member_ids),
        currency,
        since,
        _GAINING,
    )
    return [DailySum(*row) for row in rows]


async def total_sums(session: Session, member_ids: Sequence[int], currency: str) -> dict[int, int]:
    """What the members' accounts of a currency have gained altogether, by member."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select e.member_id, sum(e.amount)::bigint
        from ledger_entry e join ledger_currency c using (currency_id)
        where e.member_id = any($1::bigint[]) and c.code = $2 and e.kind = any($3::text[])
        group by e.member_id
        """,
        list(member_ids),
        currency,
        _GAINING,
    )
    return {row[0]: row[1] for row in rows}
