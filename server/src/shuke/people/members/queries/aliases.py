"""Members who were merged: records keep their member, and are read through everybody who is that person by now."""

from collections.abc import Sequence

from shuke.platform.db import Session, raw

_ROOTS = "select member_id, coalesce(merged_into, member_id) as root from member where member_id = any($1::bigint[])"
_ROOTS_HELD = _ROOTS + " order by member_id for key share"
_ALIASES = """
    select member_id from member where merged_into = any($1::bigint[])
    order by member_id
"""

_RECORDS = """
    select merged_into, member_id from member where merged_into = any($1::bigint[])
    order by member_id
"""


async def roots(session: Session, member_ids: Sequence[int], *, hold: bool = False) -> dict[int, int]:
    """Who each of these members is by now: themselves, or the member they were merged into. Unknown ones are left out.

    `hold`: nobody merges them, or undoes a merge, before this transaction ends.
    """
    if not member_ids:
        return {}
    driver = await raw(session)
    rows = await driver.fetch(_ROOTS_HELD if hold else _ROOTS, sorted(set(member_ids)))
    return {row["member_id"]: row["root"] for row in rows}


async def everybody(session: Session, member_id: int) -> list[int]:
    """Everybody who is the same person as this member by now, whoever was merged into whom."""
    by_now = await roots(session, [member_id])
    return await aliases(session, by_now[member_id]) if member_id in by_now else [member_id]


async def aliases(session: Session, member_id: int) -> list[int]:
    """Everybody who is this member by now: the member first, then those who were merged into it."""
    driver = await raw(session)
    rows = await driver.fetch(_ALIASES, [member_id])
    return [member_id, *(row["member_id"] for row in rows)]


async def records_of(session: Session, member_ids: Sequence[int]) -> dict[int, list[int]]:
    """The same for many: by member, the member first, then those who were merged into it."""
    driver = await raw(session)
    records = {member_id: [member_id] for member_id in member_ids}
    for row in await driver.fetch(_RECORDS, sorted(records)):
        records[row["merged_into"]].append(row["member_id"])
    return records
