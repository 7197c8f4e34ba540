"""How fast a whole ledger is verified: every hash, balance, lot and hold of a generated one, on two connections.

The accounts are filled by the program's own rules and written by its own statement, so their chains are real. Nobody
else works on the server meanwhile. Entries a second, the best and the median of several runs, and the machine's share:
how fast the same server hashes alone, and how fast one statement reads the same entries.
"""

import asyncio
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import uvloop
from sqlalchemy import text

from benchmarks.common import Bench, command_line, open_shop, superuser, temporary_folder
from benchmarks.common.installation import superuser_url
from shuke.loyalty import ledger
from shuke.loyalty.ledger.verify import verify_ledger
from shuke.main.installation import Installation
from shuke.platform.db import Database

ZONE = ZoneInfo("Europe/London")
FIRST = datetime(2011, 1, 3, 10, tzinfo=UTC)
CHUNK = 500
CURRENCY = "points"


async def fill(installation: Installation, members: int, entries_each: int) -> int:
    """Fill accounts with credits, uses, holds and captures; how many entries there are."""
    chance = random.Random(11)
    # As on a restored backup: the members themselves are not needed.
    database = Database(superuser_url(installation), statement_timeout_s=0)
    for first in range(1, members + 1, CHUNK):
        ids = list(range(first, min(first + CHUNK, members + 1)))
        async with database.transaction() as session:
            await session.execute(text("set local session_replication_role = replica"))
            accounts = await ledger.lock_accounts(session, ids, ZONE, codes=[CURRENCY])
            done = {one: live(accounts[one][CURRENCY], entries_each, chance) for one in ids}
            await ledger.save(session, [accounts[one][CURRENCY] for one in ids], done)
    await database.close()
    async with superuser(installation) as server:
        await server.execute("vacuum (analyze)")
        await server.execute("checkpoint")
        count: int = await server.fetchval("select count(*) from ledger_entry")
    return count


def live(account: ledger.Account, entries: int, chance: random.Random) -> list[ledger.Operation]:
    """A member's history of some entries: four credits, a use, and now and then a hold that is captured."""
    done = []
    while account.version < entries:
        number = account.version + 1
        act: ledger.Act = ledger.Credit(amount=chance.randrange(20, 200), reason="测试 measurement")
        if account.holds:
            act = ledger.Capture(hold_no=min(account.holds), release_rest=True)
        elif number % 5 == 0 and account.available:
            act = ledger.Spend(amount=chance.randrange(account.available) + 1)
        elif number % 7 == 0 and account.available:
            act = ledger.SetAside(amount=chance.randrange(account.available) + 1, minutes=60)
        operation = operate(account, number, act.kind)
        act.decide(account, operation)
        done.append(operation)
    return done


def operate(account: ledger.Account, number: int, kind: str) -> ledger.Operation:
    """The business act of one entry."""
    at = FIRST + timedelta(hours=7 * number)
    key = f"api_key:1:{account.member_id}-{number}"
    return ledger.Operation(
        key=key,
        kind=kind,
        occurred_at=at,
        business_day=at.astimezone(ZONE).date(),
        recorded_at=at + timedelta(milliseconds=3),
        actor="api_key:1",
        request_hash=sha256(key.encode()).digest(),
        origin_kind="order",
        origin_id=number,
    )


async def measure(installation: Installation, times: int) -> list[dict[str, float]]:
    """Seconds and entries a second of each run. Raises RuntimeError when something was wrong."""
    runs = []
    for _ in range(times):
        report = await verify_ledger(installation.worker_database)
        if not report.ok:
            raise RuntimeError(f"the generated ledger is wrong: {report.wrong}")
        runs.append({"seconds": round(report.seconds, 2), "entries_per_second": round(report.entries / report.seconds)})
        print(f"  {report.entries:,} entries in {report.seconds:.1f} s", flush=True)
    return runs


async def measure_beside(installation: Installation, entries: int) -> dict[str, float]:
    """What one connection of the same server does with as many entries: only hash, only read."""
    figures = {}
    async with superuser(installation) as server:
        for name, statement in (
            (
                "hash_only",
                "select count(sha256(decode(repeat('ab', 250 + i % 2), 'hex'))) from generate_series(1, $1) i",
            ),
            ("read_only", "select count(e), sum(length(e.explanation::text)) from ledger_entry e where version < $1"),
        ):
            started = time.perf_counter()
            await server.fetchrow(statement, entries)
            figures[name] = round(entries / (time.perf_counter() - started))
    return figures


async def run(options: Any, bench: Bench) -> None:
    """Fill, measure, write."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            started = time.perf_counter()
            entries = await fill(installation, options.members, options.entries)
            print(f"  filled {entries:,} entries in {time.perf_counter() - started:.0f} s", flush=True)
            runs = await measure(installation, options.times)
            beside = await measure_beside(installation, entries)
    rates = [one["entries_per_second"] for one in runs]
    bench.write(
        {"entries": entries, "runs": runs, "beside_per_second": beside},
        {"entries": entries, "entries a second": round(statistics.median(rates)), "best": max(rates)},
    )


def main() -> None:
    """Measure with the options given."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=50, help="of each member")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(options, Bench("verify", options)))


if __name__ == "__main__":
    main()
