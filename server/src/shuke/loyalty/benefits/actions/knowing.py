"""Keeping what benefits know of members up to date: keyed hashes of birthdays, days of joining, levels."""

from collections.abc import Mapping, Sequence

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, keys
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw

from ..rules.calendar import Calendar, lunar_key, solar_key

# For reading in memory; nothing of it leaves this module but as a keyed hash.
_IN_CLEAR = Sight(fields={"birthday": "readable"})

_KNOW = """
    insert into benefit_member (member_id, joined_on, solar, lunar, index_version)
    select * from unnest($1::bigint[], $2::date[], $3::bigint[], $4::bigint[], $5::smallint[])
        as known (member_id, joined_on, solar, lunar, index_version)
    order by member_id
    on conflict (member_id) do update
    set joined_on = excluded.joined_on, solar = excluded.solar, lunar = excluded.lunar,
        index_version = excluded.index_version
"""
_LEVELS = """
    insert into benefit_member (member_id, level, index_version)
    select member_id, level, 0 from unnest($1::bigint[], $2::text[]) as now (member_id, level)
    order by member_id
    on conflict (member_id) do update set level = excluded.level
"""
_FORGET = "delete from benefit_member where member_id = any($1::bigint[])"
_HASHED_OTHERWISE = """
    select member_id from benefit_member where index_version <> $1 and member_id > $2 order by member_id limit $3
"""


async def read_members(session: Session, member_ids: Sequence[int]) -> list[int]:
    """Read these members anew; those who are somebody else by now, or erased, are forgotten. Answers who is left."""
    wanted = sorted(set(member_ids))
    # Held: whoever merges or erases them waits, or has been before.
    by_now = await members.roots(session, wanted, hold=True)
    own = [member_id for member_id in wanted if by_now.get(member_id) == member_id]
    found = [one for one in await members.get_members(session, own, _IN_CLEAR) if one.status != "erased"]
    zone = (await organization.get_shop(session)).zone
    index = keys.ring().index
    # Whoever cancelled keeps level and day, and gets nothing; their birthday is not looked at.
    birthdays = {one.id: one.birthday if one.status != "cancelled" else None for one in found}
    driver = await raw(session)
    await driver.execute(
        _KNOW,
        [one.id for one in found],
        [clock.business_day(one.joined_at, zone) for one in found],
        [_hashed(index, "solar", solar_key(day)) if (day := birthdays[one.id]) else None for one in found],
        [_hashed(index, "lunar", lunar_key(day)) if (day := birthdays[one.id]) else None for one in found],
        [index.version] * len(found),
    )
    left = [one.id for one in found]
    gone = sorted(set(wanted) - set(left))
    if gone:
        await driver.execute(_FORGET, gone)
    return left


async def know_levels(session: Session, levels: Mapping[int, str | None]) -> None:
    """Note which level members have by now."""
    if levels:
        ids = sorted(levels)
        await (await raw(session)).execute(_LEVELS, ids, [levels[member_id] for member_id in ids])


async def forget(session: Session, member_ids: Sequence[int]) -> int:
    """Know nothing of these members any more; how many were known."""
    done = await (await raw(session)).execute(_FORGET, list(member_ids))
    return int(done.rpartition(" ")[2])


async def hash_anew(session: Session, after: int, limit: int) -> int | None:
    """Read some members whose birthdays the newest index key has not hashed; the last of them, None when done."""
    driver = await raw(session)
    rows = await driver.fetch(_HASHED_OTHERWISE, keys.ring().index.version, after, limit)
    ids = [row["member_id"] for row in rows]
    await read_members(session, ids)
    return max(ids, default=None)


def _hashed(index: keys.IndexKeys, calendar: Calendar, key: str | None) -> int | None:
    return index.token(f"benefit:{calendar}", key) if key is not None else None
