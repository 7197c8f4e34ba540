"""The search for duplicates: everybody read and compared, at a quarter of the members and at all of them.

Members are made up; one in a hundred of them joined twice, with the same name and birthday and another phone. What is
measured is the search that runs every night, once when nobody's blocks are written yet and once when nothing has
changed: seconds, members a second, pairs that were looked at closely. The two sizes side by side show how the work
grows.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from benchmarks.common import Bench, command_line, open_shop, superuser, temporary_folder
from shuke.people import members
from shuke.people.duplicates import searching
from shuke.people.duplicates.handlers import on_changes
from shuke.platform import consumers
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session
from shuke.platform.events import StoredEvent
from shuke.platform.module import Consumer

CHUNK = 5_000
TWICE_EVERY = 100


def people(first: int, count: int) -> Iterator[members.NewMember]:
    """Made-up people by number; one in a hundred repeats the one before with a phone of their own."""
    for number in range(first, first + count):
        identity = members.NewIdentity(kind="external", source="bench", value=str(number))
        made = members.generated_member(str(number), identity)
        if number % TWICE_EVERY == 0:
            before = members.generated_member(str(number - 1), identity)
            made = replace(made, profile=before.profile)
        yield made


async def enrol(database: Database, first: int, count: int) -> None:
    """New members, and the finder's knowledge of them."""
    for start in range(first, first + count, CHUNK):
        some = list(people(start, min(CHUNK, first + count - start)))
        async with database.transaction() as session:
            await members.resolve_or_create(session, some)
    finder = Consumer(name="duplicates.changes", events=(members.MemberJoined.name,), handle=_mark)
    await consumers.run_until_idle(database, [finder])


async def _mark(session: Session, events: list[StoredEvent]) -> None:
    await on_changes(session, events)


async def search(database: Database) -> dict[str, Any]:
    """One search of everybody, as the worker does it."""
    async with database.transaction() as session:
        started = await searching.start_search(session, SYSTEM)
    began = time.perf_counter()
    await searching.search_when_asked({"search_id": started.id})
    seconds = time.perf_counter() - began
    async with database.transaction() as session:
        done = await searching.queries.get_search(session, started.id)
    return {
        "members": done.members,
        "seconds": round(seconds, 1),
        "members_per_second": round(done.members / seconds),
        "pairs_compared": done.pairs_compared,
        "blocks_skipped": done.blocks_skipped,
        "members_skipped": done.members_skipped,
    }


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both sizes on one installation."""
    quarter = options.members // 4
    figures: dict[str, Any] = {}
    with temporary_folder() as folder:
        async with open_shop(folder) as installation, superuser(installation) as server:
            database = installation.worker_database
            for name, first, count in (("quarter", 1, quarter), ("all", quarter + 1, options.members - quarter)):
                await enrol(database, first, count)
                await server.execute("vacuum (analyze)")
                figures[name] = {"first": await search(database), "again": await search(database)}
                figures[name]["pairs_waiting"] = await server.fetchval("select count(*) from duplicate_pair")
                print(f"  · {name}: {figures[name]}", flush=True)
            figures["blocks"] = await server.fetchval("select count(*) from duplicate_block")
            size = "select pg_total_relation_size('duplicate_block')"
            figures["blocks_bytes"] = await server.fetchval(size)
    return figures


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=100_000, help="how many members")
    options = parser.parse_args()
    bench = Bench("duplicates", options)
    figures = asyncio.run(run(options))
    whole, part = figures["all"], figures["quarter"]
    summary = {
        "first search of all": f"{whole['first']['seconds']} s ({whole['first']['members_per_second']} members/s)",
        "search with nothing changed": f"{whole['again']['seconds']} s",
        "four times the members take": f"{whole['first']['seconds'] / part['first']['seconds']:.1f} times as long",
        "pairs compared, pairs kept": f"{whole['first']['pairs_compared']}, {whole['pairs_waiting']}",
        "planted": options.members // TWICE_EVERY,
    }
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
