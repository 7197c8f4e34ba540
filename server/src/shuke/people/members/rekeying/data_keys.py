"""A new data key for a member: everything that is sealed under the old one is sealed anew, in one transaction.

Which values those are, modules say in their contributions (`SealedColumn`). Whoever seals for a member holds the
member's row; this waits for them, and they wait for this.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import bindparam, select

from shuke.platform import clock, crypto, keys
from shuke.platform.db import Database, Session, is_contention, raw
from shuke.platform.keys import SealedColumn, WrappedKey
from shuke.platform.module import contributions

from ..errors import MemberNotFound
from ..rules import contexts
from ..tables import member, member_key

# Beyond this many a night's work is left to the next night.
MOST_A_NIGHT = 50_000
_LOCK = "members.renew_data_keys"
_OLD = """
    select member_id from vault.member_key where made_at < $1 and member_id > $2 order by member_id limit $3
"""
_COUNT_OLD = "select count(*) from vault.member_key where made_at < $1"
_CHUNK = 500

logger = structlog.get_logger("shuke.members")


async def renew_data_key(session: Session, member_id: int) -> int:
    """Give a member a new data key; how many values were sealed anew. Raises MemberNotFound, crypto.SealBroken."""
    held = select(member.c.member_id).where(member.c.member_id == member_id).with_for_update()
    if (await session.execute(held)).first() is None:
        raise MemberNotFound
    found = await session.execute(select(member_key).where(member_key.c.member_id == member_id).with_for_update())
    row = found.first()
    if row is None:
        # Erased: there is nothing that a new key could open.
        raise MemberNotFound
    context = contexts.key(member_id)
    (old,) = await keys.ring().open([(WrappedKey(row.wrapped, row.kek_version), context)])
    # The old one stays behind the new one until the next time, for whoever has read or sealed a moment ago.
    new = crypto.new_data_keys(1)[0] + old[: crypto.DATA_KEY_BYTES]
    (wrapped,) = await keys.ring().wrap([new], [context])
    sealed_anew = 0
    for place in contributions(SealedColumn):
        sealed_anew += await _seal_anew(session, place, member_id, old, new)
    await session.execute(
        member_key.update()
        .where(member_key.c.member_id == member_id)
        .values(wrapped=wrapped.wrapped, kek_version=wrapped.version, made_at=clock.wall())
    )
    return sealed_anew


async def renew_old_data_keys(
    database: Database, older_than: timedelta, on_progress: Callable[[int], None] | None = None
) -> int:
    """Renew the data keys that have been in use for longer than this; how many. One member, one transaction."""
    before, done, last = clock.wall() - older_than, 0, 0
    async with database.advisory_lock(_LOCK) as is_mine:
        while is_mine and done < MOST_A_NIGHT:
            async with database.transaction() as session:
                rows = await (await raw(session)).fetch(_OLD, before, last, _CHUNK)
            if not rows:
                break
            for row in rows:
                done += await _renew_one(database, row["member_id"])
            last = rows[-1]["member_id"]
            if on_progress is not None:
                on_progress(done)
    return done


async def count_old_data_keys(session: Session, older_than: timedelta) -> int:
    """How many data keys have been in use for longer than this."""
    count: int = await (await raw(session)).fetchval(_COUNT_OLD, clock.wall() - older_than)
    return count


async def _renew_one(database: Database, member_id: int) -> int:
    try:
        async with database.transaction() as session:
            await renew_data_key(session, member_id)
    except MemberNotFound:
        return 0
    except crypto.SealBroken:
        # Left as it is, for somebody to look at; the others go on.
        logger.error("a member's data key was not renewed: a value does not open", member_id=member_id)
        return 0
    except Exception as error:
        if not is_contention(error):
            raise
        return 0
    return 1


async def _seal_anew(session: Session, place: SealedColumn, member_id: int, old: bytes, new: bytes) -> int:
    table = place.table
    mine = (table.c[place.owner] == member_id, table.c[place.column].is_not(None))
    rows = (await session.execute(select(table).where(*mine))).mappings().all()
    if not rows:
        return 0
    places = [place.context(row) for row in rows]
    opened = crypto.open_many(old, [(row[place.column], where) for row, where in zip(rows, places, strict=True)])
    sealed = crypto.seal_many(new, list(zip(opened, places, strict=True)))
    key = list(table.primary_key.columns)
    statement = (
        table.update()
        .where(*(one == bindparam(f"the_{one.name}") for one in key))
        .values({place.column: bindparam("the_value")})
    )
    await session.execute(
        statement,
        [
            {**{f"the_{one.name}": row[one.name] for one in key}, "the_value": value}
            for row, value in zip(rows, sealed, strict=True)
        ],
    )
    return len(rows)
