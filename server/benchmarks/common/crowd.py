"""Very many members with nothing but a name and a phone, enrolled through members' front door by all cores."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.common.installation import superuser
from shuke.main.installation import Installation
from shuke.main.modules import MODULES
from shuke.people import members
from shuke.platform import keys, module, shop_clock
from shuke.platform.db import Database

CHUNK = 5_000
_SEARCH_INDEX = "create index member_search_tokens_idx on member_search using gin (tokens)"


def phone_of(place: int) -> str:
    """The phone of one of the crowd; 154 is a range that the Chinese numbering plan leaves unallocated."""
    return f"154{place:08d}"


async def enrol_crowd(installation: Installation, folder: Path, count: int) -> None:
    """Enrol so many members; their search index is built in one go behind them."""
    async with superuser(installation) as server:
        await server.execute("drop index member_search_tokens_idx")
        starts = list(range(0, count, CHUNK))
        workers = os.cpu_count() or 1
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            loop = asyncio.get_running_loop()
            url, key_folder = installation.database.url, folder / "data" / "keys"
            await asyncio.gather(
                *(
                    loop.run_in_executor(pool, _enrol, url, key_folder, starts[worker::workers], count)
                    for worker in range(workers)
                )
            )
        await server.execute("set maintenance_work_mem = '512MB'")
        await server.execute(_SEARCH_INDEX)
        await server.execute("vacuum (analyze)")
        await server.execute("checkpoint")


def _enrol(url: str, key_folder: Path, starts: Sequence[int], count: int) -> None:
    asyncio.run(_enrol_each(url, key_folder, starts, count))


async def _enrol_each(url: str, key_folder: Path, starts: Sequence[int], count: int) -> None:
    module.install(MODULES)
    database = Database(url, pool_size=1, statement_timeout_s=0, lock_timeout_s=0)
    async with database.transaction() as session:
        await keys.open_keys(session, key_folder)
        await shop_clock.load(session)
    for start in starts:
        people = [_person(place) for place in range(start, min(start + CHUNK, count))]
        async with database.transaction() as session:
            await members.resolve_or_create(session, people)
    await database.close()


def _person(place: int) -> members.NewMember:
    identity = members.NewIdentity(kind="phone", value=phone_of(place))
    return members.generated_member(f"crowd-{place}", identity)
