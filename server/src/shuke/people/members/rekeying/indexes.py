"""Another key for blind indexes and search words: filled in member by member while both are live and both are asked.

1. The new key file is there; within seconds every process writes and asks by both keys.
2. `reindex` gives each identity and each member's words the new key's form. What the old key finds, it still finds.
3. `drop_older_index` forgets the old form, when nothing is left that has only that one.

Every step bears being killed and done again; it begins where something is left to do.
"""

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy import select

from shuke.platform import crypto, keys
from shuke.platform.db import Database, Session, raw
from shuke.platform.keys import RotationRunning, progress
from shuke.platform.keys.progress import Progress
from shuke.platform.keys.rotation import OnProgress

from ..actions.enrol import replace_words, words_of
from ..queries.reading import blind_key
from ..queries.vault import OpenMember, any_of, open_members
from ..tables import member

CHUNK = 500
# Longer than any process goes without looking at the key files (`keys.LOOK_EVERY_S`) with a request in its hands.
SETTLE_S = 10.0
_PLACE = "members"
_LOCK = "members.reindex"

# Whoever has an identity or words that the newest key has not made. Of the erased nothing can be made any more.
_LEFT = """
    select member_id from (
        select member_id from member_identity where index_version <> $1 and member_id > $2
        union
        select member_id from member_search where index_version <> $1 and member_id > $2
    ) waiting
    join vault.member_key using (member_id)
    order by member_id limit $3
"""
_COUNT_LEFT = """
    select count(*) from (
        select member_id from member_identity where index_version <> $1
        union
        select member_id from member_search where index_version <> $1
    ) waiting
    join vault.member_key using (member_id)
"""
_COUNT_BY = """
    select (select count(*) from member_identity where index_version = $1)
        + (select count(*) from member_search where index_version = $1)
"""
_CLAIM = """
    insert into member_identity_owner (kind, source, blind, index_version, member_id)
    select kind, source, blind, $5, member_id
    from unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[]) as w (kind, source, blind, member_id)
    order by kind, source, blind
    on conflict do nothing
"""
_REPLACE = """
    update member_identity held set blind = given.fresh, index_version = $6
    from unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::bytea[])
        as given (member_id, kind, source, blind, fresh)
    where held.member_id = given.member_id and held.kind = given.kind
        and held.source = given.source and held.blind = given.blind
"""
_DROP = """
    delete from member_identity_owner
    where ctid = any(array(select ctid from member_identity_owner where index_version < $1 limit $2))
"""

logger = structlog.get_logger("shuke.members")


async def reindex(database: Database, on_progress: OnProgress | None = None, *, settle_s: float = SETTLE_S) -> int:
    """Index everything by the newest index key; how many members were carried over. Raises RotationRunning."""
    async with database.advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            raise RotationRunning
        done, before_round = 0, -1
        # Whoever wrote in the moment before they learned of the new key is met in the next round.
        while done > before_round:
            before_round = done
            async with database.transaction() as session:
                left = await count_indexed_otherwise(session)
                if not left:
                    break
                at = await progress.take_up(session, "index", _PLACE, keys.ring().index.version, left)
            # Until everybody asks by both keys, nothing may be findable by the new one alone.
            await asyncio.sleep(settle_s)
            while at.finished_at is None:
                before = at.done
                async with database.transaction() as session:
                    at = await _carry_over(session, at)
                done += at.done - before
                if on_progress is not None:
                    on_progress(at)
        return done


async def count_indexed_otherwise(session: Session) -> int:
    """How many members have something that the newest index key has not made."""
    count: int = await (await raw(session)).fetchval(_COUNT_LEFT, keys.ring().index.version)
    return count


async def count_indexed_by(session: Session, version: int) -> int:
    """How many identities and members' words a version of the index key has made."""
    count: int = await (await raw(session)).fetchval(_COUNT_BY, version)
    return count


async def drop_older_index(database: Database) -> int:
    """Forget the blind indexes of older index keys, of which nothing has need any more; how many."""
    version, done = keys.ring().index.version, 0
    while True:
        async with database.transaction() as session:
            status = await (await raw(session)).execute(_DROP, version, CHUNK * 10)
        gone = int(status.rpartition(" ")[2])
        done += gone
        if not gone:
            return done


async def _carry_over(session: Session, at: Progress) -> Progress:
    driver = await raw(session)
    last = at.last_key[0] if at.last_key else 0
    rows = await driver.fetch(_LEFT, at.version, last, CHUNK)
    ids = [row["member_id"] for row in rows]
    # Held against changes of name, new identities, merging and erasing, as all of those hold it.
    await session.execute(
        select(member.c.member_id)
        .where(member.c.member_id == any_of(ids))
        .order_by(member.c.member_id)
        .with_for_update(key_share=True)
    )
    opened = await _open_one_by_one(session, ids)
    await _index_identities(session, opened)
    # Everybody asks by the newest key by now, so the words need not be by the older one as well.
    index = keys.ring().index.newest
    words = [(member_id, words_of(one, one.profile.name, index=index)) for member_id, one in sorted(opened.items())]
    await replace_words(session, words)
    return await progress.note(session, at, done=len(opened), last_key=ids[-1:] if len(ids) == CHUNK else None)


async def _open_one_by_one(session: Session, ids: Sequence[int]) -> dict[int, OpenMember]:
    """The members in clear; one with a value that does not open is left as it is, and the others go on."""
    try:
        return await open_members(session, ids)
    except crypto.SealBroken as broken:
        if len(ids) == 1:
            logger.error("a member was not indexed: a value does not open", place=broken.context)
            return {}
    half = len(ids) // 2
    return await _open_one_by_one(session, ids[:half]) | await _open_one_by_one(session, ids[half:])


async def _index_identities(session: Session, opened: Mapping[int, OpenMember]) -> None:
    index = keys.ring().index
    # Those of whoever was merged into a member come with their own rows.
    own = [one for member_id, found in opened.items() for one in found.identities if one.member_id == member_id]
    fresh = [blind_key(one.kind, one.source, one.value, index)[2] for one in own]
    ids, kinds, sources = [one.member_id for one in own], [one.kind for one in own], [one.source for one in own]
    driver = await raw(session)
    await driver.execute(_CLAIM, kinds, sources, fresh, ids, index.version)
    await driver.execute(_REPLACE, ids, kinds, sources, [one.blind for one in own], fresh, index.version)
