"""Searches: of everybody, at night or when asked for, step by step; and of those who changed, as they change.

A step is one transaction and moves the search on, so one that died half-way goes on where it was. One search works at
a time; what could not be done meanwhile stays marked, and is done afterwards.
"""

from datetime import timedelta
from typing import Any

import structlog

from shuke.people import members
from shuke.platform import clock, jobs
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session, raw
from shuke.platform.errors import AppError

from . import finding, queries
from .errors import SearchRunning
from .queries import Search
from .rules.policy import survivor_of

SEARCH, LOOK = "duplicates.search", "duplicates.look"
_LOCK = "duplicates.finder"
# A search that has not moved for so long has lost its process for good.
_SILENT = timedelta(minutes=30)
_LATER = timedelta(seconds=20)
CHUNK = 250

logger = structlog.get_logger("shuke.duplicates")

_BREAK = "update duplicate_search set state = 'broken', finished_at = $1 where state = 'running' and moved_at < $2"
_RUNNING = "select 1 from duplicate_search where state = 'running'"
_START = """
    insert into duplicate_search (state, step, started_by, started_at, moved_at, members)
    values ('running', 'reading', $1, $2, $2, (select count(*) from duplicate_member))
    returning search_id
"""
_HELD = "select state, step, place from duplicate_search where search_id = $1 for update"
_NEXT = "select member_id from duplicate_member where member_id > $1 order by member_id limit $2"
_STALE = "select member_id from duplicate_member where is_stale order by member_id limit $1"
_READ = """
    update duplicate_search set place = $2, members_read = members_read + $3, moved_at = $4 where search_id = $1
"""
_COMPARED = """
    update duplicate_search
    set place = $2, members_compared = members_compared + $3, moved_at = $4, pairs_compared = pairs_compared + $5
    where search_id = $1
"""
_STEP = "update duplicate_search set step = $2, place = 0, moved_at = $3 where search_id = $1"
_SKIPPED = "update duplicate_search set blocks_skipped = $2, members_skipped = $3 where search_id = $1"
_END = """
    update duplicate_search set state = 'done', step = 'done', finished_at = $2, moved_at = $2, pairs_merged = $3
    where search_id = $1
"""


async def start_search(session: Session, actor: Actor) -> Search:
    """Ask for a search of everybody; the worker does it. Raises SearchRunning."""
    driver = await raw(session)
    # Two who ask at once must not both get one.
    await driver.execute("lock table duplicate_search in share row exclusive mode")
    now = clock.wall()
    await driver.execute(_BREAK, now, now - _SILENT)
    if await driver.fetchval(_RUNNING):
        raise SearchRunning
    search_id = await driver.fetchval(_START, actor.name, now)
    await jobs.enqueue(session, SEARCH, {"search_id": search_id})
    return await queries.get_search(session, search_id)


async def search_at_night() -> None:
    """The schedule of the night: a search of everybody, unless one runs."""
    try:
        async with jobs.transaction() as session:
            await start_search(session, SYSTEM)
    except SearchRunning:
        return


async def search_when_asked(payload: dict[str, Any]) -> None:
    """The job of a search. Raises SearchRunning where the finder is at work: the job is tried again then."""
    search_id = payload["search_id"]
    async with jobs.database().advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            raise SearchRunning
        while await _one_step(search_id):
            pass


async def look_at_changed(_: dict[str, Any]) -> None:
    """The job of those who changed: read them anew, and compare them with everybody."""
    async with jobs.database().advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            async with jobs.transaction() as session:
                await jobs.enqueue(session, LOOK, {}, after=_LATER)
            return
        while await _look_once():
            pass
        await merge_by_policy()


async def _look_once() -> bool:
    async with jobs.transaction() as session:
        rows = await (await raw(session)).fetch(_STALE, CHUNK)
        ids = [row["member_id"] for row in rows]
        if ids:
            await finding.read(session, ids)
            await finding.compare_members(session, ids, is_sweep=False)
    return bool(ids)


async def _one_step(search_id: int) -> bool:
    """One transaction of a search; whether it goes on."""
    async with jobs.transaction() as session:
        driver = await raw(session)
        search = await driver.fetchrow(_HELD, search_id)
        if search is None or search["state"] != "running":
            return False
        if search["step"] != "merging":
            await _some(session, search_id, search["step"], search["place"])
            return True
    merged = await merge_by_policy()
    async with jobs.transaction() as session:
        await (await raw(session)).execute(_END, search_id, clock.wall(), merged)
    return False


async def _some(session: Session, search_id: int, step: str, place: int) -> None:
    """The step for the next members, or the next step after the last of them."""
    driver = await raw(session)
    ids = [row["member_id"] for row in await driver.fetch(_NEXT, place, CHUNK)]
    now = clock.wall()
    if not ids:
        if step == "reading":
            await driver.execute(_SKIPPED, search_id, *await finding.count_large_blocks(session))
        await driver.execute(_STEP, search_id, "comparing" if step == "reading" else "merging", now)
    elif step == "reading":
        await finding.read(session, ids)
        await driver.execute(_READ, search_id, ids[-1], len(ids), now)
    else:
        pairs = await finding.compare_members(session, ids, is_sweep=True)
        await driver.execute(_COMPARED, search_id, ids[-1], len(ids), now, pairs)


async def merge_by_policy() -> int:
    """Merge what the shop's policy lets be merged without anybody looking; how many pairs that were."""
    async with jobs.transaction() as session:
        pairs = await queries.list_mergeable(session, await queries.get_settings(session))
    merged = 0
    for pair in pairs:
        try:
            async with jobs.transaction() as session:
                merged += await _merge(session, pair)
        except AppError as refusal:
            # A person has to look: frozen balances, too many identities.
            logger.info("pair not merged", members=pair, code=refusal.code)
    return merged


async def _merge(session: Session, pair: tuple[int, int]) -> bool:
    found = await members.get_members(session, pair, SYSTEM.sight)
    # It may have been decided, or have changed, since it was listed.
    if pair not in await queries.list_mergeable(session, await queries.get_settings(session), among=pair):
        return False
    absorbed, survivor = survivor_of(*[(one.id, one.joined_at) for one in found])
    wanted = members.MergeWanted(absorbed_id=absorbed, survivor_id=survivor, reason=_BECAUSE, policy="policy")
    await members.merge(session, SYSTEM, wanted)
    return True


_BECAUSE = "按自动合并规则 / by the policy of merging automatically"
