"""Many members at once: a batch of credits, everything due in a night, and how cost grows with members and with lots.

In the program itself, without HTTP: `perform_many` for 1,000 members a time, `do_due` for lots that all end on one
day. Accounts are made by the program (credits) on one fresh installation with durable settings. Beside it raw COPY of
the same entries, lots and operations into tables without rules.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvloop

from benchmarks.common import Bench, command_line, open_shop, superuser, temporary_folder
from shuke.loyalty import ledger
from shuke.main.installation import Installation
from shuke.platform import clock

ZONE = ZoneInfo("Europe/London")
AT_A_TIME = 1_000


def batches(members: int) -> Iterator[range]:
    """The members, a thousand at a time."""
    for first in range(1, members + 1, AT_A_TIME):
        yield range(first, min(first + AT_A_TIME, members + 1))


async def credit(installation: Installation, members: int, name: str, days: int) -> dict[str, float]:
    """One credit for each member; how many members a second."""
    ends = clock.business_day(clock.now(), ZONE) + timedelta(days=days)
    busy, started = time.process_time(), time.perf_counter()
    for batch in batches(members):
        wanted = [
            ledger.Instruction(
                member_id=member,
                currency="points",
                act=ledger.Credit(amount=10, terms=ledger.Terms(expires_on=ends)),
                key=f"{name}:{member}",
                actor="system:0",
                request_hash=sha256(name.encode()).digest(),
            )
            for member in batch
        ]
        async with installation.worker_database.transaction() as session:
            await ledger.perform_many(session, wanted, ZONE)
    return _speed(members, started, busy)


async def expire(installation: Installation, members: int, days: int) -> dict[str, float]:
    """Everything that ends by some days from now; how many lots a second. Nothing else ends, and nothing twice."""
    before = clock.offset()
    clock.set_offset(before + timedelta(days=days))
    busy, started = time.process_time(), time.perf_counter()
    done = await ledger.do_due(installation.worker_database)
    speed = _speed(members, started, busy)
    again = await ledger.do_due(installation.worker_database)
    clock.set_offset(before)
    if (done, again) != (members, 0):
        raise RuntimeError(f"{members} members had something due; {done} were done, and then {again} again")
    return speed


def _speed(count: int, started: float, busy: float) -> dict[str, float]:
    elapsed = time.perf_counter() - started
    return {
        "seconds": round(elapsed, 2),
        "per_second": round(count / elapsed),
        "own_cpu_us_each": round((time.process_time() - busy) / count * 1e6, 1),
    }


async def raw_copy(installation: Installation) -> dict[str, float]:
    """What the disk takes: the same rows by COPY into bare tables."""
    tables = ("ledger_operation", "ledger_entry", "ledger_lot")
    async with superuser(installation) as server:
        for table in tables:
            await server.execute(f"create table bare_{table} as select * from {table} limit 0")
        entries = await server.fetchval("select count(*) from ledger_entry")
        started = time.perf_counter()
        for table in tables:
            # The server reads its own export: the pipe stands for the client.
            await server.execute(f"insert into bare_{table} select * from {table}")
        elapsed = time.perf_counter() - started
        for table in tables:
            await server.execute(f"drop table bare_{table}")
    return {"rows_per_second": round(entries / elapsed), "seconds": round(elapsed, 2)}


async def one_by_one(installation: Installation, lots: int, times: int = 200) -> dict[str, float]:
    """One member with so many lots: a credit and a debit, alone, in milliseconds."""
    member = lots  # A member of its own for each count of lots.
    async with superuser(installation) as server:
        have = await server.fetchval(
            "select count(*) from ledger_lot where member_id = $1 and currency_id = 1 and state = 'open'", member
        )
    for number in range(have, lots):
        await _do(installation, member, ledger.Credit(amount=1_000), f"fill{number}")
    taken: dict[str, list[float]] = {"credit": [], "debit": []}
    for number in range(times):
        for name, act in (("credit", ledger.Credit(amount=1)), ("debit", ledger.Spend(amount=1))):
            started = time.perf_counter()
            await _do(installation, member, act, f"{name}{number}")
            taken[name].append((time.perf_counter() - started) * 1000)
    return {f"{name}_p50_ms": round(sorted(found)[len(found) // 2], 2) for name, found in taken.items()}


async def _do(installation: Installation, member: int, act: ledger.Act, key: str) -> None:
    wanted = ledger.Instruction(
        member_id=member, currency="points", act=act, key=key, actor="system:0", request_hash=b"bench"
    )
    async with installation.worker_database.transaction() as session:
        await ledger.perform(session, wanted, ZONE)


async def measure_size(folder: Path, members: int, *, with_lots: bool) -> dict[str, Any]:
    """Everything for so many members, on one fresh installation."""
    async with open_shop(folder) as installation:
        async with superuser(installation) as server:
            # Nobody is behind the accounts: what members are is measured elsewhere.
            await server.execute("alter table ledger_account drop constraint ledger_account_member_id_fkey")
        figures: dict[str, Any] = {
            "credit": await credit(installation, members, "first", 10),
            "second_credit": await credit(installation, members, "second", 400),
        }
        figures["raw_copy"] = await raw_copy(installation)
        figures["expire"] = await expire(installation, members, 11)
        if with_lots:
            figures["lots"] = {str(lots): await one_by_one(installation, lots) for lots in (10, 100, 1_000)}
        return figures


async def measure(sizes: list[int]) -> dict[str, Any]:
    """Each size by itself."""
    found: dict[str, Any] = {}
    for size in sizes:
        with temporary_folder() as folder:
            found[str(size)] = await measure_size(folder, size, with_lots=size == sizes[0])
    return found


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="members")
    options = parser.parse_args()
    bench = Bench("ledger_batch", options)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(options.sizes))
    summary: dict[str, object] = {}
    for size, found in figures.items():
        summary[f"{size} members"] = (
            f"credit {found['credit']['per_second']}/s, again {found['second_credit']['per_second']}/s, "
            f"expire {found['expire']['per_second']} lots/s in {found['expire']['seconds']} s, "
            f"bare copy {found['raw_copy']['rows_per_second']} entries/s"
        )
        for lots, each in found.get("lots", {}).items():
            summary[f"{lots} lots"] = f"credit {each['credit_p50_ms']} ms, debit {each['debit_p50_ms']} ms"
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
