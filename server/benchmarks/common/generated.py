"""A large shop, generated: some members with a history go through the real import; the others repeat them.

The templates' orders are imported as any history is, so their points, tiers and sums are what the program makes of
them. Every other member is a person of their own, sealed and searchable, enrolled through members' front door; what a
template bought and earned is copied to them row by row, under their own ids and numbers. Balances, lots, summaries and
sums therefore agree as they do for the templates, which is checked at the end. Chained hashes are copied as they are.
"""

import asyncio
import json
import os
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import asyncpg
from sqlalchemy import Table

from benchmarks.common.installation import open_shop, superuser, superuser_url
from shuke.insight.analytics.jobs import keep_todays_map
from shuke.loyalty import checkout
from shuke.main.installation import Installation
from shuke.people import members
from shuke.platform import consumers, embedded, keys, migrate, shop_clock
from shuke.platform.db import Database, metadata

CHUNK = 5_000
_NOTE = "made.json"
SOURCE = "online-retail"
FIRST_CUSTOMER = 1_000_000
FIRST_DAY, DAYS = datetime(2010, 12, 1, tzinfo=UTC), 374
STORES, PRODUCTS = 200, 3_000
HEADER = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")

# Tables of a member's records, each with its columns that need another value under another member.
COPIED = (
    "sales_order", "sales_order_line", "order_number", "refund_match", "order_award", "ledger_operation",
    "ledger_account", "ledger_entry", "ledger_lot", "ledger_allocation", "member_tier", "tier_change",
    "analytics_member", "analytics_purchase_day",
)  # fmt: skip
ORDER_ID = "{name} + c.copy * c.order_step"
TEXT_KEY = "{name} || '-' || c.copy"
CHANGED = {
    "member_id": "c.member_id",
    "order_id": ORDER_ID,
    "refund_id": ORDER_ID,
    "origin_id": f"case when t.origin_kind = 'order' then {ORDER_ID} else t.origin_id end",
    "number": TEXT_KEY,
    "key": TEXT_KEY,
    "operation_key": TEXT_KEY,
}
# Sums over all members: as many times as large as the templates'.
MULTIPLIED = (
    "analytics_store_day", "analytics_balance_day", "analytics_joined_day", "analytics_level", "analytics_purchase_gap",
)  # fmt: skip
# The summary's own columns of a member; all others are facts.
OWN = {"member_id", "number", "status", "joined_at", "store_id"}


@dataclass(frozen=True)
class Template:
    """What a copy has in common with the member that it repeats."""

    member_id: int
    joined_at: datetime
    store_id: int | None


@dataclass
class Clock:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step, and say that it is done."""
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 1)
        print(f"  · {name}: {self.seconds[name]} s", flush=True)


async def ensure_generated(folder: Path, *, count: int, templates: int) -> dict[str, float]:
    """Make the shop in the folder, unless it is there; seconds by step. Raises ValueError for another shop there."""
    if count % templates:
        raise ValueError(f"{count} members are no multiple of {templates} templates")
    wanted = {"members": count, "templates": templates, "schema": migrate.newest()}
    made = _find_made(folder, wanted)
    if made is not None:
        return made
    clock = Clock()
    async with open_shop(folder) as installation:
        await _make(installation, folder, clock, templates=templates, copies=count // templates)
    _note_made(folder, {**wanted, "seconds": clock.seconds})
    return clock.seconds


def _find_made(folder: Path, wanted: Mapping[str, object]) -> dict[str, float] | None:
    """How long the shop in the folder took to make; None in an empty one."""
    note = folder / _NOTE
    if not note.exists():
        if (folder / "data").exists():
            raise ValueError(f"{folder} holds a shop that was not finished; remove it, or choose another folder")
        folder.mkdir(parents=True, exist_ok=True)
        return None
    found = json.loads(note.read_text())
    if {name: found[name] for name in wanted} != wanted:
        raise ValueError(f"{folder} holds another shop ({found}); remove it, or choose another folder")
    seconds: dict[str, float] = found["seconds"]
    return seconds


def _note_made(folder: Path, made: Mapping[str, object]) -> None:
    (folder / _NOTE).write_text(json.dumps(made, indent=2) + "\n")


async def _make(installation: Installation, folder: Path, clock: Clock, *, templates: int, copies: int) -> None:
    with clock.step("history of the templates"):
        await _import_templates(installation.worker_database, folder, templates)
        await consumers.run_until_idle(installation.worker_database)
    async with superuser(installation) as server:
        # As on a restored backup: no reference is checked, and nothing waits for the disk.
        await server.execute("set session_replication_role = replica; set synchronous_commit = off")
        found = [Template(*row) for row in await server.fetch("select member_id, joined_at, store_id from member")]
        assert len(found) == templates
        indexes = await _drop_indexes(server)
        with clock.step("other members"):
            await _enrol_copies(installation, folder, server, found, copies)
        with clock.step("their records"):
            await _copy_records(installation, server, copies)
        with clock.step("summaries and sums"):
            await _write_summaries(server)
            await _multiply_sums(server, copies)
        with clock.step("indexes"):
            for statement in indexes:
                await server.execute(statement)
        with clock.step("vacuum and analyze"):
            await server.execute("vacuum (analyze)")
        with clock.step("check"):
            await _check(server, templates * copies)
        await keep_todays_map()
        await server.execute("checkpoint")


async def _import_templates(database: Database, folder: Path, count: int) -> None:
    built_in = checkout.find_built_in(SOURCE)
    assert built_in is not None
    mapping = built_in.model_copy(update={"store_is_country": False})
    path = write_history(folder / "templates.csv", count)
    async with database.transaction() as session:
        run = await checkout.start_import(session, path, mapping, file_name=path.name, asked_by="system:0")
    await checkout.run_import(database, run, path)
    path.unlink()


def write_history(path: Path, count: int) -> Path:
    """Three orders of three lines for each customer on average, some refunds; the same at every call."""
    chance = random.Random(7)
    prices = [f"{min(80, max(0.4, chance.lognormvariate(1.1, 0.9))):.2f}" for _ in range(PRODUCTS)]
    number = 500_000
    rows = [",".join(HEADER)]
    for customer in range(FIRST_CUSTOMER, FIRST_CUSTOMER + count):
        store = f"Store {int(chance.random() ** 2 * STORES) + 1:03d}"
        # Few buy much, so that every tier has members.
        size = chance.lognormvariate(0.8, 1.1)
        for _ in range(1 + int(chance.expovariate(0.4))):
            number += 1
            at = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(8 * 60, 20 * 60))
            bought = chance.sample(range(PRODUCTS), 1 + int(chance.expovariate(0.4)))
            lines = [(product, 1 + int(chance.expovariate(0.2) * size)) for product in bought]
            documents = [(str(number), at, lines)]
            if chance.random() < 0.04 and at < FIRST_DAY + timedelta(days=DAYS - 10):
                documents.append((f"C{number}", at + timedelta(days=7), [(lines[0][0], -1)]))
            rows += [
                f"{code},P{product:05d},Product {product},{quantity},{placed:%Y-%m-%d %H:%M},{prices[product]},"
                f"{customer},{store}"
                for code, placed, some in documents
                for product, quantity in some
            ]
    path.write_text("\n".join(rows) + "\n")
    return path


async def _drop_indexes(server: asyncpg.Connection) -> list[str]:
    """Drop every index that guards nothing; the statements that make them again."""
    rows = await server.fetch(
        """
        select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
        from pg_index join pg_class on pg_class.oid = indrelid
        where not indisunique and relnamespace = 'public'::regnamespace
        """
    )
    for row in rows:
        await server.execute(f"drop index {row['name']}")
    return [row["definition"] for row in rows]


async def _enrol_copies(
    installation: Installation, folder: Path, server: asyncpg.Connection, templates: Sequence[Template], copies: int
) -> None:
    """Enrol the other members in worker processes, and note whom each repeats."""
    step = await server.fetchval("select last_value from sales_order_order_id_seq")
    await server.execute(
        "create unlogged table bench_copy (copy int, member_id bigint, template_id bigint, order_step bigint)"
    )
    work = [
        (copy, templates[start : start + CHUNK])
        for copy in range(1, copies)
        for start in range(0, len(templates), CHUNK)
    ]
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        loop = asyncio.get_running_loop()
        url, key_folder = installation.database.url, folder / "data" / "keys"
        tasks = [
            loop.run_in_executor(pool, _enrol_chunks, url, key_folder, len(templates), work[worker::workers])
            for worker in range(workers)
        ]
        for ids in await asyncio.gather(*tasks):
            rows = [(copy, member_id, template_id, step) for copy, member_id, template_id in ids]
            await server.copy_records_to_table("bench_copy", records=rows)
    await server.execute("create index on bench_copy (copy); analyze bench_copy")


def _enrol_chunks(
    url: str, key_folder: Path, templates: int, work: Sequence[tuple[int, Sequence[Template]]]
) -> list[tuple[int, int, int]]:
    """In a worker process: enrol copies of templates; (copy, member id, template's id) of each."""
    return asyncio.run(_enrol_each(url, key_folder, templates, work))


async def _enrol_each(
    url: str, key_folder: Path, templates: int, work: Sequence[tuple[int, Sequence[Template]]]
) -> list[tuple[int, int, int]]:
    database = Database(url, pool_size=1, statement_timeout_s=0, lock_timeout_s=0)
    async with database.transaction() as session:
        await keys.open_keys(session, key_folder)
        await shop_clock.load(session)
    enrolled: list[tuple[int, int, int]] = []
    for copy, some in work:
        people = [_person(copy * templates + one.member_id, one) for one in some]
        async with database.transaction() as session:
            ids = await members.resolve_or_create(session, people)
        enrolled += [(copy, member_id, one.member_id) for member_id, one in zip(ids, some, strict=True)]
    await database.close()
    return enrolled


def _person(place: int, template: Template) -> members.NewMember:
    # Behind the templates' own customer numbers, of which there are as many.
    customer = str(FIRST_CUSTOMER + place)
    identity = members.NewIdentity(kind="external", source=SOURCE, value=customer)
    source = members.MemberSource(channel="import", store_id=template.store_id)
    return members.generated_member(customer, identity, joined_at=template.joined_at, source=source)


async def _copy_records(installation: Installation, server: asyncpg.Connection, copies: int) -> None:
    """Copy the templates' records to the members who repeat them, two tables at a time."""
    for name in (*COPIED, "member_summary"):
        await server.execute(f"create unlogged table bench_{name} as table {name}; analyze bench_{name}")
    waiting = list(COPIED)

    async def work() -> None:
        connection = await embedded.connect(superuser_url(installation))
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off")
        await connection.execute("set work_mem = '128MB'")
        while waiting:
            statement = _copying(metadata.tables[waiting.pop(0)])
            for copy in range(1, copies):
                await connection.execute(statement, copy)
        await connection.close()

    await asyncio.gather(work(), work())
    await server.execute(
        "select setval('sales_order_order_id_seq', (select max(order_id) from sales_order)) from sales_order limit 1"
    )


def _copying(table: Table) -> str:
    columns = [column.name for column in table.columns if column.computed is None]
    values = [CHANGED.get(name, "{name}").format(name=f"t.{name}") for name in columns]
    into = ", ".join(f'"{name}"' for name in columns)
    return (
        f"insert into {table.name} ({into}) select {', '.join(values)} "
        f"from bench_copy c join bench_{table.name} t on t.member_id = c.template_id "
        "where c.copy = $1 order by c.member_id"
    )


async def _write_summaries(server: asyncpg.Connection) -> None:
    facts = [column.name for column in metadata.tables["member_summary"].columns if column.name not in OWN]
    await server.execute(
        f"""
        truncate member_summary;
        insert into member_summary (member_id, number, status, joined_at, store_id, {", ".join(facts)})
        select m.member_id, m.number, m.status, m.joined_at, m.store_id, {", ".join(f"t.{name}" for name in facts)}
        from member m
        left join bench_copy c on c.member_id = m.member_id
        join bench_member_summary t on t.member_id = coalesce(c.template_id, m.member_id)
        order by m.member_id;
        """
    )


async def _multiply_sums(server: asyncpg.Connection, copies: int) -> None:
    for name in MULTIPLIED:
        sums = [f'"{column.name}"' for column in metadata.tables[name].columns if not column.primary_key]
        await server.execute(f"update {name} set {', '.join(f'{one} = {one} * {copies}' for one in sums)}")
    # The events of the copies' enrolment are in the sums already.
    await server.execute(
        """
        update event_cursor set (transaction_id, event_id) = (
            select transaction_id, id from event order by transaction_id desc, id desc limit 1
        )
        """
    )
    for name in (*COPIED, "member_summary", "copy"):
        await server.execute(f"drop table bench_{name}")


# Each pair must be equal in a shop whose books agree.
_AGREEMENTS = {
    "points in summaries and accounts": (
        "select sum(points_available) from member_summary",
        "select sum(available) from ledger_account where currency_id = 1",
    ),
    "accounts and open lots": (
        "select sum(available + pending - debt) from ledger_account",
        "select (select sum(remaining) from ledger_lot where state in ('open', 'pending'))"
        " - (select sum(debt) from ledger_account)",
    ),
    "accounts and entries": (
        "select sum(available + pending - debt) from ledger_account",
        "select sum(amount) from ledger_entry",
    ),
    "entries and operations": (
        "select count(*) from ledger_entry",
        "select count(*) from ledger_entry e"
        " join ledger_operation o on (o.member_id, o.key) = (e.member_id, e.operation_key)",
    ),
    "orders in summaries and orders": (
        "select sum(order_count) from member_summary",
        "select count(*) from sales_order where kind = 'sale'",
    ),
    "orders and their lines": (
        "select sum(gross_minor) from sales_order",
        "select sum(amount_minor) from sales_order_line",
    ),
    "orders and their numbers": (
        "select count(*) from sales_order",
        "select count(*) from sales_order o join order_number n on (n.source_id, n.number) = (o.source_id, o.number)"
        " where n.order_id = o.order_id and n.member_id = o.member_id",
    ),
    "orders and days of stores": (
        "select sum(gross_minor) from sales_order where kind = 'sale'",
        "select sum(paid_minor) from analytics_store_day",
    ),
    "points and days of balances": (
        "select sum(amount) from ledger_entry where currency_id = 1",
        "select sum(issued + taken_back + expired + used + other) from analytics_balance_day where currency = 'points'",
    ),
    "tiers in summaries and levels": (
        "select count(*) from member_summary where tier_code is not null",
        "select sum(members) from analytics_level",
    ),
    "members and days of joining": (
        "select count(*) from member",
        "select sum(joined) from analytics_joined_day",
    ),
}


async def _check(server: asyncpg.Connection, count: int) -> None:
    """Raises RuntimeError where the shop's books do not agree."""
    found = await server.fetchval("select count(*) from member_summary")
    if found != count:
        raise RuntimeError(f"{found} members instead of {count}")
    for name, (one, other) in _AGREEMENTS.items():
        left, right = await server.fetchval(one), await server.fetchval(other)
        if left is None or left != right:
            raise RuntimeError(f"{name} differ: {left} and {right}")
