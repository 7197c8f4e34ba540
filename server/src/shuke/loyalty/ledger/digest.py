"""Two runs over the same facts are equal when their digests are: keys, amounts and business times, nothing else."""

from itertools import groupby
from typing import Any

from shuke.platform.db import Session, raw

from .rules import comparison_digest

_ENTRIES = """
    select e.member_id, c.code, e.operation_key, e.kind, e.contra, e.amount, e.available_after, e.debt_after,
           e.occurred_at, e.business_day
    from ledger_entry e join ledger_currency c using (currency_id)
    order by e.member_id, c.code, e.version
"""
_LOTS = """
    select l.member_id, c.code, l.lot_no, l.amount, l.remaining, l.state, l.earned_on, l.expires_on
    from ledger_lot l join ledger_currency c using (currency_id)
    order by l.member_id, c.code, l.lot_no
"""


async def digests(session: Session) -> dict[int, bytes]:
    """The comparison digest of each member's entries and lots, by member id."""
    found: dict[int, bytes] = {}
    for statement in (_ENTRIES, _LOTS):
        for member_id, rows in groupby(await _rows(session, statement), key=lambda row: row["member_id"]):
            found[member_id] = found.get(member_id, b"") + comparison_digest(tuple(row)[1:] for row in rows)
    return found


async def _rows(session: Session, statement: str) -> list[Any]:
    driver = await raw(session)
    rows: list[Any] = await driver.fetch(statement)
    return rows
