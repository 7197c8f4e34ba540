"""A batch of unguessable codes, made as the console asks for it; and a part of them taken back.

In the program itself, without HTTP: the worker's own function makes the batch chunk by chunk, each in a durable
transaction, on a fresh installation with its embedded database. Beside it raw COPY of the same rows into bare tables.
"""

import asyncio
import time
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.common import Bench, command_line, embedded_memory_mb, open_shop, superuser, temporary_folder
from shuke.loyalty.coupons import codes
from shuke.loyalty.coupons.batches import actions
from shuke.loyalty.coupons.batches.working import work_on
from shuke.loyalty.coupons.testing import a_template
from shuke.main.installation import Installation
from shuke.platform.db import Database, raw


async def asked(database: Database, count: int) -> int:
    """A batch that is asked for; its id."""
    wanted = actions.Wanted(
        template="ten-off",
        name=f"{count} codes",
        kind="codes",
        count=count,
        use_by=None,
        asked_by="system:0",
        details={"prefix": ""},
    )
    async with database.transaction() as session:
        return (await actions.add_batch(session, wanted)).batch_id


async def made(database: Database, count: int) -> tuple[int, float, float]:
    """A batch made; its id, the seconds it took, and those of this process alone."""
    batch_id = await asked(database, count)
    busy, started = time.process_time(), time.perf_counter()
    batch = await work_on(database, batch_id)
    elapsed = time.perf_counter() - started
    if (batch.state, batch.made) != ("done", count):
        raise RuntimeError(f"The batch is {batch.state} with {batch.made} codes.")
    return batch_id, elapsed, time.process_time() - busy


async def checked(database: Database, batch_id: int, count: int) -> None:
    """Every code is there once, as a coupon and as a code."""
    async with database.transaction() as session:
        found = await (await raw(session)).fetchrow(
            "select count(*) as rows, count(distinct code) as codes from coupon "
            "join coupon_code using (member_id, coupon_id, code) where batch_id = $1",
            batch_id,
        )
    if found is None or tuple(found) != (count, count):
        raise RuntimeError(f"{count} codes were asked for, and there are {found}")


async def voided(database: Database, count: int) -> float:
    """A batch of so many taken back; codes a second."""
    batch_id, _, _ = await made(database, count)
    async with database.transaction() as session:
        await actions.void_batch(session, batch_id, "bench")
    started = time.perf_counter()
    batch = await work_on(database, batch_id)
    if batch.state != "voided":
        raise RuntimeError(f"The batch is {batch.state}.")
    return count / (time.perf_counter() - started)


async def raw_copy(installation: Installation) -> float:
    """What the disk takes: the same rows into tables without indexes, rows of coupons a second."""
    async with superuser(installation) as server:
        for table in ("coupon", "coupon_code"):
            await server.execute(f"create table bare_{table} as select * from {table} limit 0")
        rows = await server.fetchval("select count(*) from coupon")
        started = time.perf_counter()
        for table in ("coupon", "coupon_code"):
            await server.execute(f"insert into bare_{table} select * from {table}")
        elapsed = time.perf_counter() - started
        for table in ("coupon", "coupon_code"):
            await server.execute(f"drop table bare_{table}")
    return float(rows / elapsed)


async def measure(folder: Path, count: int) -> dict[str, Any]:
    """Make, look whether all are there, take some back."""
    started = time.perf_counter()
    codes.new_codes(count)
    generating = time.perf_counter() - started
    async with open_shop(folder / "shop") as installation:
        database = installation.worker_database
        async with database.transaction() as session:
            await a_template(session)
        batch_id, seconds, own = await made(database, count)
        await checked(database, batch_id, count)
        limit = await raw_copy(installation)
        return {
            "codes": count,
            "seconds": seconds,
            "codes_per_second": count / seconds,
            "own_cpu_seconds": own,
            "generating_seconds": generating,
            "raw_rows_per_second": limit,
            "voided_per_second": await voided(database, min(count, 50_000)),
        }


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--codes", type=int, default=1_000_000, help="how many codes")
    options = parser.parse_args()
    bench = Bench("coupon_codes", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(folder, options.codes))
    summary = {
        "codes": figures["codes"],
        "seconds": round(figures["seconds"], 1),
        "codes a second": round(figures["codes_per_second"]),
        "of these in this process, seconds": round(figures["own_cpu_seconds"], 1),
        "only thinking them up, seconds": round(figures["generating_seconds"], 1),
        "the same rows without indexes, a second": round(figures["raw_rows_per_second"]),
        "taken back, a second": round(figures["voided_per_second"]),
    }
    bench.write({"database_memory_mb": embedded_memory_mb(), **figures}, summary)


if __name__ == "__main__":
    main()
