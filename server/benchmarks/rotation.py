"""Keys exchanged under load: how fast members are carried over, and what readers notice of it.

Readers open members and find them by phone all the while, each time somebody else; every answer is looked at.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop

from benchmarks.common import Bench, command_line, open_shop, percentiles, temporary_folder
from benchmarks.common.crowd import enrol_crowd, phone_of
from shuke.main.installation import Installation
from shuke.people import members
from shuke.people.members import rekeying
from shuke.platform import keys
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Database
from shuke.platform.keys import rotation
from shuke.platform.keys.files import KeyKind

READERS = 2


async def beside_readers(database: Database, count: int, work: Callable[[], Awaitable[int]]) -> dict[str, Any]:
    """Do the work while readers read: rows a second, reads, their errors and their milliseconds."""
    taken: list[float] = []
    wrong: list[str] = []
    is_done = asyncio.Event()

    async def read(reader: int) -> None:
        chance = random.Random(reader)
        while not is_done.is_set():
            phone = phone_of(chance.randrange(count))
            started = time.perf_counter()
            try:
                async with database.transaction() as session:
                    member_id = await members.get_id(session, f"phone:{phone}", EVERYTHING)
                    one = await members.get_member(session, member_id, EVERYTHING)
                    assert any(identity.kind == "phone" for identity in one.identities)
            except Exception as error:  # noqa: BLE001 — whatever it is, a reader has noticed
                wrong.append(type(error).__name__)
            taken.append((time.perf_counter() - started) * 1000)

    readers = [asyncio.create_task(read(reader)) for reader in range(READERS)]
    started = time.perf_counter()
    done = await work()
    seconds = time.perf_counter() - started
    is_done.set()
    await asyncio.gather(*readers)
    return {
        "rows": done,
        "seconds": round(seconds, 1),
        "rows_per_second": round(done / seconds),
        "reads": len(taken),
        "errors": len(wrong),
        "kinds_of_errors": sorted(set(wrong)),
        **percentiles(taken),
    }


async def exchange(installation: Installation, folder: Any, count: int) -> dict[str, Any]:
    """Both kinds of rotation, one after the other."""
    database, worker = installation.database, installation.worker_database

    async def add(kind: KeyKind) -> None:
        async with worker.transaction() as session:
            await rotation.add_key(session, folder / "data" / "keys", kind)
        await asyncio.sleep(keys.LOOK_EVERY_S + 0.1)

    await add("kek")
    figures = {"kek": await beside_readers(database, count, lambda: rotation.rewrap(worker))}
    await add("index")
    # Without the pause in which other processes learn of the key: there are none.
    figures["index"] = await beside_readers(database, count, lambda: rekeying.reindex(worker, settle_s=0))
    return figures


async def run(options: Any, bench: Bench) -> None:
    """Fill, measure, write."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            await enrol_crowd(installation, folder, options.members)
            figures = await exchange(installation, folder, options.members)
    summary = {
        f"{options.members:,} members, {kind}": f"{one['rows_per_second']:,} a second, "
        f"{one['reads']:,} reads beside it, {one['errors']} errors, p95 {one['p95_ms']} ms"
        for kind, one in figures.items()
    }
    bench.write({"members": options.members, "readers": READERS, **figures}, summary)


def main() -> None:
    """Measure with the options given."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(options, Bench("rotation", options)))


if __name__ == "__main__":
    main()
