"""Members at scale: how fast they are taken in, listed, searched and read.

Starts a database of its own in a folder that is removed afterwards. The rate of taking in is measured on the first
members, with every index in place; the rest is taken in without the indexes, which are made again before anything is
asked. Prints one JSON object: members per second, and
for each question the median and the 95th percentile in milliseconds over several runs.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from shuke.foundation import organization
from shuke.people import members
from shuke.people.members.rules.generated import generated_phone
from shuke.platform import embedded, keys, migrate
from shuke.platform.db import Database, Session
from shuke.platform.i18n import LocalName

CHUNK = 5_000
RUNS = 20
WITH_INDEXES = 50_000
FIRST_CUSTOMER = 10_000
START = datetime(2010, 1, 1, tzinfo=UTC)
TIERS = ((0.005, "diamond", 4), (0.05, "gold", 3), (0.2, "silver", 2), (0.7, "regular", 1))
SORTS = (
    "number",
    "joined_at",
    "last_order_at",
    "order_count",
    "net_spend_minor",
    "points_available",
    "growth",
    "tier_rank",
)
FILTERS: dict[str, dict[str, Any]] = {
    "none": {},
    "tier rare": {"tiers": ("diamond",)},
    "tier common": {"tiers": ("regular", "silver")},
    "status frozen": {"status": "frozen"},
    "store": {"store_id": 7},
    "spend high": {"spend_min": 4_900_000},
    "spend middle": {"spend_min": 100_000, "spend_max": 110_000},
    "points": {"points_min": 4_000, "points_max": 4_010},
    "orders": {"orders_min": 99},
    "last order in a week": {"last_order_from": date(2011, 3, 1), "last_order_to": date(2011, 3, 7)},
    "tier and spend and orders": {"tiers": ("gold",), "spend_min": 4_000_000, "orders_min": 90},
}
SEARCHES = (
    "王",
    "王伟",
    "欧阳",
    "建国",
    "wang",
    "wangwei",
    "ww",
    "wa",
    "5678",
    "12345",
    generated_phone(FIRST_CUSTOMER + 1),
    "member12346@example.com",
)


def facts_of(member_id: int, number: int) -> members.FactsRow:
    """Made-up facts, spread over wide ranges by multiplicative hashing; recency says nothing about the rest."""
    spread = number * 2_654_435_761 % 2**32 / 2**32
    other = number * 40_503 % 65_536 / 65_536
    tier = next(((code, rank) for share, code, rank in TIERS if spread < share), (None, None))
    recency = number * 2_246_822_519 % 2**32 / 2**32
    ordered = START + timedelta(seconds=int(recency * 60_000_000)) if other > 0.1 else None
    return members.FactsRow(
        member_id=member_id,
        order_count=int(other * 100),
        refund_count=int(other * 5),
        gross_spend_minor=int(spread * 6_000_000),
        net_spend_minor=int((1 - spread) ** 3 * 5_000_000),
        first_order_at=ordered,
        last_order_at=ordered,
        points_available=int(other * 50_000),
        points_debt=0,
        growth=int(spread * 100_000),
        tier_code=tier[0],
        tier_rank=tier[1],
        tier_valid_until=date(2012, 1, 1) if tier[0] else None,
        store_id=number % 200 + 1,
    )


async def take_in(database: Database, first: int, count: int) -> dict[str, float]:
    """Generate members and their facts; seconds of each part."""
    numbers: Iterator[int] = iter(range(FIRST_CUSTOMER + first, FIRST_CUSTOMER + first + count))
    spent = {"people": 0.0, "members": 0.0, "facts": 0.0}
    while chunk := list(islice(numbers, CHUNK)):
        started = time.perf_counter()
        people = [
            members.generated_member(
                str(number),
                members.NewIdentity(kind="external", source="till", value=str(number)),
                joined_at=START + timedelta(minutes=number % 500_000),
            )
            for number in chunk
        ]
        made = time.perf_counter()
        async with database.transaction() as session:
            ids = await members.resolve_or_create(session, people)
            written = time.perf_counter()
            await members.write_facts(session, [facts_of(*pair) for pair in zip(ids, chunk, strict=True)])
            if chunk[0] % 100_000 < CHUNK:
                await members.set_status(session, ids[::100], "frozen")
        spent["people"] += made - started
        spent["members"] += written - made
        spent["facts"] += time.perf_counter() - written
    return spent


async def measure(database: Database, question: Callable[[Session, int], Awaitable[Any]]) -> dict[str, float]:
    """Median and 95th percentile of a question, each run in a transaction of its own."""
    taken = []
    for run in range(RUNS + 2):
        async with database.transaction() as session:
            started = time.perf_counter()
            await question(session, run)
            taken.append((time.perf_counter() - started) * 1000)
    taken = sorted(taken[2:])
    return {"median_ms": round(statistics.median(taken), 1), "p95_ms": round(taken[int(len(taken) * 0.95) - 1], 1)}


async def run(database: Database, count: int, owner_url: str) -> dict[str, Any]:
    """Everything, in order."""
    async with database.transaction() as session:
        names = LocalName("测量", "Measurement")
        await organization.set_up_shop(
            session, organization.NewShop(name=names, programme=names, time_zone="Asia/Shanghai", currency="CNY")
        )
    measured = min(count, WITH_INDEXES)
    spent = await take_in(database, 0, measured)
    indexes = await drop_indexes(owner_url)
    await take_in(database, measured, count - measured)
    await make_indexes(owner_url, indexes)
    report: dict[str, Any] = {
        "members": count,
        "seconds": {part: round(seconds, 1) for part, seconds in spent.items()},
        "members_per_second": round(measured / (spent["people"] + spent["members"])),
        "facts_per_second": round(measured / spent["facts"]),
        "mb": await sizes_mb(owner_url),
    }
    for sort in (sign + field for field in SORTS for sign in ("", "-")):
        report[f"sort {sort}"] = await measure(database, page_of({}, sort))
    for name, wanted in FILTERS.items():
        report[f"filter {name}"] = await measure(database, page_of(wanted))
        report[f"count {name}"] = await measure(database, count_of(wanted))
    for words in SEARCHES:
        report[f"search {words}"] = await measure(database, page_of({"q": words}))
    report["read one"] = await measure(database, lambda s, at: members.get_member(s, 1 + at * 7919 % count))
    report["by phone"] = await measure(
        database, lambda s, _: members.get_id(s, f"phone:{generated_phone(FIRST_CUSTOMER + 1)}")
    )
    report["one fact written"] = await measure(
        database, lambda s, at: members.write_facts(s, [facts_of(1 + at * 104_729 % count, at)])
    )
    return report


Question = Callable[[Session, int], Awaitable[Any]]


def page_of(wanted: dict[str, Any], sort: str = "-last_order_at") -> Question:
    """The first page of fifty."""
    filters = members.MemberFilters(**wanted)

    async def ask(session: Session, _: int) -> None:
        await members.list_members(session, filters, sort=sort, limit=50)

    return ask


def count_of(wanted: dict[str, Any]) -> Question:
    """How many there are, counted to the cap."""
    filters = members.MemberFilters(**wanted)

    async def ask(session: Session, _: int) -> None:
        await members.count_members(session, filters)

    return ask


async def drop_indexes(owner_url: str) -> list[str]:
    """Drop the indexes for sorting, filtering and searching; the statements that make them again."""
    connection = await embedded.connect(owner_url)
    try:
        rows = await connection.fetch(
            "select indexname, indexdef from pg_indexes "
            "where tablename in ('member_summary', 'member_search') and indexname like '%_idx'"
        )
        for row in rows:
            await connection.execute(f"drop index {row['indexname']}")
        return [row["indexdef"] for row in rows]
    finally:
        await connection.close()


async def make_indexes(owner_url: str, statements: list[str]) -> None:
    """Make indexes again."""
    connection = await embedded.connect(owner_url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def sizes_mb(owner_url: str) -> dict[str, int]:
    """Megabytes of each table with its indexes. Tidies up first, as the server does by itself in time."""
    connection = await embedded.connect(owner_url)
    try:
        await connection.execute("vacuum (analyze)")
        rows = await connection.fetch(
            "select relname, pg_total_relation_size(oid) / 1048576 as mb from pg_class "
            "where relkind = 'r' and relname like 'member%' order by relname"
        )
        return {row["relname"]: row["mb"] for row in rows}
    finally:
        await connection.close()


async def bench(server: embedded.EmbeddedServer, count: int) -> dict[str, Any]:
    """Everything on one server."""
    urls = await embedded.ensure_database(server)
    await migrate.upgrade(urls.owner, embedded.APP_ROLE)
    database = Database(urls.app, pool_size=2, statement_timeout_s=0)
    keys.use(keys.KeyRing.throwaway())
    report = await run(database, count, urls.owner)
    await database.close()
    return report


def main() -> None:
    """Start a database, measure, print, remove."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=1_000_000, help="how many members to take in")
    count = parser.parse_args().members
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = embedded.EmbeddedServer(Path(folder) / "postgres", memory_mb=1024)
        server.start()
        try:
            print(json.dumps(asyncio.run(bench(server, count)), indent=2, ensure_ascii=False))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
