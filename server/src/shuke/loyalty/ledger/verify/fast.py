"""Looking at all accounts fast: sets of members, two of them at a time, each as of one moment.

The ledger may be at work meanwhile: every set is looked at in one statement, and what has been written stays.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import text

from shuke.platform.db import Database, Session, raw

from .findings import Progress
from .statement import CLOSED_STATES, CLOSING_KINDS, OF_MEMBERS, OF_RANGE

_AT_ONCE = 2
# Rows of one table in one set; a member's are never parted.
_ROWS_AT_A_TIME = 20_000
_MEMBERS_AT_A_TIME = 500
FIRST, LAST = -(2**63), 2**63 - 1


@dataclass(frozen=True, order=True)
class Suspect:
    """An account where something is wrong, and with which of its tables."""

    member_id: int
    currency_id: int
    place: str


@dataclass(slots=True)
class Looked:
    """How many accounts and entries have been looked at, and the first account that is wrong."""

    accounts: int = 0
    entries: int = 0
    suspects: list[Suspect] = field(default_factory=list)


async def look_at_all(database: Database, zone: ZoneInfo, progress: Progress | None = None) -> Looked:
    """Look at every account; sets behind the first one with something wrong are left out."""
    return await _Walk(database, zone, progress).run()


async def look_at_members(
    database: Database, zone: ZoneInfo, member_ids: Iterable[int], progress: Progress | None = None
) -> Looked:
    """Look at the accounts of some members."""
    ids = sorted(member_ids)
    sets = [ids[start : start + _MEMBERS_AT_A_TIME] for start in range(0, len(ids), _MEMBERS_AT_A_TIME)]
    return await _Walk(database, zone, progress, sets).run()


async def look(driver: asyncpg.Connection, zone: ZoneInfo, members: tuple[int, int] | list[int]) -> Looked:
    """Look at some members, listed or from one to another, in one statement; names the first account that is wrong."""
    known = (str(zone), CLOSING_KINDS, CLOSED_STATES)
    if isinstance(members, list):
        row = await driver.fetchrow(OF_MEMBERS, *known, members)
    else:
        row = await driver.fetchrow(OF_RANGE, *known, *members)
    assert row is not None
    first = [] if row["member_id"] is None else [Suspect(row["member_id"], row["currency_id"], row["place"])]
    return Looked(row["accounts"], row["entries"], first)


async def prepare(session: Session) -> asyncpg.Connection:
    """A transaction for heavy reading: as of one moment, without a bound on time, and planned for sets."""
    await session.execute(_SNAPSHOT)
    driver = await raw(session)
    await driver.execute(_SETTINGS)
    return driver


_SNAPSHOT = text("set transaction isolation level repeatable read")
_SETTINGS = """
    set local statement_timeout = 0;
    set local jit = off;
    set local enable_nestloop = off;
    set local work_mem = '64MB';
    set local max_parallel_workers_per_gather = 0;
    set local timezone = 'UTC';
    set local datestyle = 'ISO';
"""
_TOTAL = (
    "select coalesce(sum(version), 0)::bigint from ledger_account where $1::bigint[] is null or member_id = any($1)"
)
# Where the first table reaches its share of rows; NULL: all that is left is less.
_END = """
    select min(member_id) from (
        (select member_id from ledger_entry where member_id >= $1 order by member_id offset $2 limit 1)
        union all (select member_id from ledger_account where member_id >= $1 order by member_id offset $2 limit 1)
        union all (select member_id from ledger_lot where member_id >= $1 order by member_id offset $2 limit 1)
    ) ends
"""


class _Walk:
    """One walk over all members, or over given sets of them; several workers take turns."""

    def __init__(
        self, database: Database, zone: ZoneInfo, progress: Progress | None, sets: list[list[int]] | None = None
    ) -> None:
        self._database = database
        self._zone = zone
        self._progress = progress
        self._sets = sets
        self._next: int | None = FIRST
        self._turn = asyncio.Lock()
        self._total = 0
        self._looked = Looked()

    async def run(self) -> Looked:
        """Look at all of it."""
        if self._progress:
            self._total = await self._count()
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_AT_ONCE):
                    group.create_task(self._work())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return self._looked

    async def _count(self) -> int:
        ids = None if self._sets is None else [one for some in self._sets for one in some]
        async with self._database.transaction() as session:
            total: int = await (await prepare(session)).fetchval(_TOTAL, ids)
        return total

    async def _work(self) -> None:
        while not self._looked.suspects:
            async with self._database.transaction() as session:
                driver = await prepare(session)
                async with self._turn:
                    members = await self._take(driver)
                if members is None:
                    return
                await self._look(driver, members)

    async def _take(self, driver: asyncpg.Connection) -> tuple[int, int] | list[int] | None:
        """The next set, in order: a list of members, or from one to another."""
        if self._sets is not None:
            return self._sets.pop(0) if self._sets else None
        if self._next is None:
            return None
        first = self._next
        end = await driver.fetchval(_END, first, _ROWS_AT_A_TIME)
        self._next = None if end is None or end == LAST else end + 1
        return first, LAST if end is None else end

    async def _look(self, driver: asyncpg.Connection, members: tuple[int, int] | list[int]) -> None:
        seen = await look(driver, self._zone, members)
        self._looked.accounts += seen.accounts
        self._looked.entries += seen.entries
        self._looked.suspects += seen.suspects
        if self._progress:
            self._progress(self._looked.entries, self._total)
