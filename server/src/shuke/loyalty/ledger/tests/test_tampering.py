"""Whoever owns the database can change anything in it. Every change of the ledger is found, and the row is named.

Each change is made by a superuser with triggers and references switched off, looked for fast and exactly in the same
transaction, and taken back; so all start from the same ledger.
"""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import orjson
import pytest

from shuke.platform import embedded
from shuke.platform.db import Database
from shuke.platform.testing import TestServer

from ..testing import ZONE
from ..verify.fast import FIRST, LAST, Suspect, look
from ..verify.findings import Wrong
from ..verify.ledger import look_exactly
from ..verify.testing import BusyLedger, a_busy_ledger

pytestmark = pytest.mark.timeout(600)

KEYS = {
    "ledger_entry": ("member_id", "currency_id", "version"),
    "ledger_lot": ("member_id", "currency_id", "lot_no"),
    "ledger_allocation": ("member_id", "currency_id", "version", "lot_no"),
    "ledger_hold": ("member_id", "currency_id", "hold_no"),
    "ledger_account": ("member_id", "currency_id"),
    "ledger_operation": ("member_id", "key"),
}
# An account with nothing, and an operation that moved nothing, are nobody's loss; see the guide.
WHERE = {
    "ledger_account": "version > 0",
    "ledger_operation": "(member_id, key) in (select member_id, operation_key from ledger_entry)",
}
# What the rows of an entry say of each other names these for certain; of the others, the entry that covers them.
NAMED = {
    "ledger_entry": {
        "previous_hash", "hash", "amount", "moved", "available_after", "pending_after", "held_after", "debt_after",
        "kind", "contra", "rule_version_id", "active_after", "reverses_version", "explanation", "occurred_at",
        "business_day", "recorded_at", "origin_kind", "origin_id", "version",
    },
    "ledger_lot": {"amount", "remaining", "held", "state"},
    "ledger_allocation": {"amount", "held"},
    "ledger_hold": {"remaining", "state", "parts"},
    "ledger_account": {
        "version", "lot_count", "hold_count", "due_at", "head_hash", "active_on", "available", "pending", "held",
        "debt",
    },
    "ledger_operation": {"occurred_at", "business_day", "recorded_at", "origin_kind", "origin_id"},
}  # fmt: skip


@dataclass
class Bench:
    """The superuser's connection, the ledger, and chance."""

    server: asyncpg.Connection
    ledger: BusyLedger
    chance: random.Random

    async def rows(self, table: str) -> list[asyncpg.Record]:
        where = WHERE.get(table, "true")
        return await self.server.fetch(f"select * from {table} t where {where} order by {', '.join(KEYS[table])}")

    async def update(self, table: str, row: asyncpg.Record, column: str, value: Any) -> None:
        keys = " and ".join(f"{name} = ${place}" for place, name in enumerate(KEYS[table], 2))
        kind = (await columns_of(self, table))[column]
        done = await self.server.execute(
            f"update {table} set {column} = $1::{kind} where {keys}", value, *(row[name] for name in KEYS[table])
        )
        assert done == "UPDATE 1"

    async def find(self, change: Callable[[], Awaitable[None]]) -> tuple[Suspect | None, Wrong | None]:
        """What the two looks find after a change, which is then taken back."""
        transaction = self.server.transaction()
        await transaction.start()
        try:
            await change()
            seen = await look(self.server, ZONE, (FIRST, LAST))
            first = min(seen.suspects, default=None)
            return first, None if first is None else await look_exactly(self.server, ZONE, first)
        finally:
            await transaction.rollback()

    async def exact_wrongs(self) -> set[tuple[int, int]]:
        """The accounts where the exact look finds something."""
        places = await self.server.fetch(
            """
            select member_id, currency_id from ledger_account union select member_id, currency_id from ledger_entry
            union select member_id, currency_id from ledger_lot union select member_id, currency_id from ledger_hold
            union select member_id, currency_id from ledger_allocation
            """
        )
        found = set()
        for row in places:
            if await look_exactly(self.server, ZONE, Suspect(row["member_id"], row["currency_id"], "")):
                found.add(tuple(row))
        return found


@pytest.fixture
async def bench(database: Database, test_server: TestServer) -> AsyncIterator[Bench]:
    ledger = await a_busy_ledger(database)
    server = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    await server.execute("set session_replication_role = replica; set timezone = 'UTC'; set jit = off")
    for kind in ("json", "jsonb"):
        # Read as the program's own connections do; written as the very text.
        await server.set_type_codec(kind, schema="pg_catalog", encoder=str, decoder=orjson.loads)
    await server.execute("analyze")
    yield Bench(server, ledger, random.Random(20260302))
    await server.close()


def changed(value: Any, kind: str, chance: random.Random) -> Any:
    """Another value of a column's type."""
    if kind in {"bigint", "integer", "smallint"}:
        return (value or 0) + chance.choice([1, 2, 100])
    if kind == "bytea":
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]
    if kind == "date":
        return value + timedelta(days=chance.choice([-1, 1, 30])) if value else date(2026, 3, 9)
    if kind == "timestamp with time zone":
        return (
            value + timedelta(microseconds=chance.choice([-1, 1, 10**9])) if value else datetime(2026, 3, 9, tzinfo=UTC)
        )
    return f"{value or ''}x"


async def columns_of(bench: Bench, table: str) -> dict[str, str]:
    rows = await bench.server.fetch(
        "select attname, format_type(atttypid, atttypmod) as kind from pg_attribute "
        "where attrelid = $1::text::regclass and attnum > 0 and not attisdropped",
        table,
    )
    return {row["attname"]: row["kind"] for row in rows}


def value_for(row: asyncpg.Record, table: str, column: str, kind: str, chance: random.Random) -> Any:
    if column in KEYS[table] and kind != "text":
        # Where no other row stands; a currency that does not exist, too.
        return row[column] + (10 if column == "currency_id" else 1_000)
    if column == "due_at":
        return row[column] + timedelta(days=4_000)
    if column == "explanation":
        return chance.choice(['{"reason": "forged"}', "[]", "{}  ", '{"a":"\\ud800"}', "1"])
    if column == "parts":
        return chance.choice(['{"1": 3}', '{"77": 1}'])
    if column == "state":
        states = ["open", "pending", "spent", "expired", "captured", "released", "timed_out"]
        return chance.choice([state for state in states if state != row[column]])
    return changed(row[column], kind, chance)


async def test_every_column_of_every_row_counts(bench: Bench):
    assert (await look(bench.server, ZONE, (FIRST, LAST))).suspects == []
    tried = 0
    for table, keys in KEYS.items():
        columns = await columns_of(bench, table)
        rows = await bench.rows(table)
        for column, kind in columns.items():
            usable = [row for row in rows if column != "due_at" or row["due_at"] is not None]
            for row in some(bench, usable, 2):
                value = value_for(row, table, column, kind, bench.chance)

                suspect, wrong = await bench.find(lambda: bench.update(table, row, column, value))  # noqa: B023 — awaited at once

                where = f"{table}.{column} of {[row[name] for name in keys]}: {row[column]!r} → {value!r}"
                assert suspect is not None, where
                assert wrong is not None, where
                assert wrong.member_id == row["member_id"], f"{where}: {wrong}"
                if column in NAMED[table]:
                    assert_named(wrong, table, row, where)
                tried += 1
    assert tried > 150


def assert_named(wrong: Wrong, table: str, row: asyncpg.Record, where: str) -> None:
    assert wrong.table == table, f"{where}: {wrong}"
    for name in set(KEYS[table]) - {"member_id", "currency_id"}:
        assert wrong.row.get(name) == row[name], f"{where}: {wrong}"


async def test_values_of_two_rows_cannot_be_swapped(bench: Bench):
    tables = {table: (await columns_of(bench, table), await bench.rows(table)) for table in KEYS}
    tried = 0
    while tried < 100:
        table = bench.chance.choice(
            ["ledger_entry", "ledger_lot", "ledger_allocation", "ledger_hold", "ledger_operation"]
        )
        columns, rows = tables[table]
        column = bench.chance.choice([name for name in columns if name not in KEYS[table]])
        one, other = bench.chance.sample(rows, 2)
        if one[column] == other[column] or columns[column] in {"json", "jsonb"}:
            continue

        async def swap() -> None:
            await bench.update(table, one, column, other[column])  # noqa: B023 — awaited at once
            await bench.update(table, other, column, one[column])  # noqa: B023 — awaited at once

        suspect, wrong = await bench.find(swap)

        where = f"{table}.{column} of {list(one)[:4]} and {list(other)[:4]}"
        assert suspect is not None, where
        assert wrong is not None, where
        assert wrong.member_id in {one["member_id"], other["member_id"]}, f"{where}: {wrong}"
        tried += 1


@pytest.mark.parametrize("table", list(KEYS))
async def test_rows_cannot_be_taken_away(bench: Bench, table: str):
    for row in some(bench, await bench.rows(table), 8):
        keys = " and ".join(f"{name} = ${place}" for place, name in enumerate(KEYS[table], 1))
        statement = f"delete from {table} where {keys}"

        async def delete() -> None:
            await bench.server.execute(statement, *(row[name] for name in KEYS[table]))  # noqa: B023 — awaited at once

        suspect, wrong = await bench.find(delete)

        where = f"{table} {[row[name] for name in KEYS[table]]}"
        assert suspect is not None, where
        assert wrong is not None, where
        assert wrong.member_id == row["member_id"], f"{where}: {wrong}"


@pytest.mark.parametrize("table", [table for table in KEYS if table != "ledger_operation"])
async def test_rows_cannot_be_added(bench: Bench, table: str):
    moved = {"ledger_account": "currency_id"}.get(table, KEYS[table][-1])
    columns = await columns_of(bench, table)
    for row in some(bench, await bench.rows(table), 5):
        values = ", ".join(f"{name} + 50" if name == moved else name for name in columns)
        keys = " and ".join(f"{name} = ${place}" for place, name in enumerate(KEYS[table], 1))
        statement = f"insert into {table} ({', '.join(columns)}) select {values} from {table} where {keys}"

        async def insert() -> None:
            await bench.server.execute(statement, *(row[name] for name in KEYS[table]))  # noqa: B023 — awaited at once

        suspect, wrong = await bench.find(insert)

        assert suspect is not None, f"{table} {[row[name] for name in KEYS[table]]}"
        assert wrong is not None
        assert wrong.member_id == row["member_id"]


async def test_the_fast_and_the_exact_look_agree(bench: Bench):
    tables = {table: (await columns_of(bench, table), await bench.rows(table)) for table in KEYS}
    assert await bench.exact_wrongs() == set()
    for _ in range(25):
        table = bench.chance.choice(list(KEYS))
        columns, rows = tables[table]
        column = bench.chance.choice([name for name in columns if name != "due_at"])
        row = bench.chance.choice(rows)
        value = value_for(row, table, column, columns[column], bench.chance)
        transaction = bench.server.transaction()
        await transaction.start()
        await bench.update(table, row, column, value)
        fast = set()
        for place in await bench.server.fetch("select distinct member_id from ledger_account"):
            seen = await look(bench.server, ZONE, [place["member_id"]])
            fast |= {suspect.member_id for suspect in seen.suspects}
        exact = {member_id for member_id, _ in await bench.exact_wrongs()}
        known = {place["member_id"] for place in await bench.server.fetch("select member_id from ledger_account")}
        await transaction.rollback()
        assert fast == exact & known, f"{table}.{column}"


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set recorded_at = 'infinity' where member_id = $1 and version = 1",
        "update ledger_entry set business_day = '5874897-12-31' where member_id = $1 and version = 1",
        "update ledger_operation set occurred_at = '-infinity' where member_id = $1",
        "update ledger_operation set occurred_at = '294276-12-31' where member_id = $1",
        "update ledger_lot set expires_on = '5874897-12-31' where member_id = $1",
        "update ledger_entry set available_after = 9223372036854775807 where member_id = $1 and version = 1",
        "update ledger_entry set amount = -9223372036854775808 where member_id = $1 and version = 1",
        "update ledger_lot set amount = 9223372036854775807, remaining = 9223372036854775807 where member_id = $1",
        "update ledger_allocation set amount = 9223372036854775807 where member_id = $1",
        "update ledger_account set available = 9223372036854775807 where member_id = $1",
    ],
)
async def test_absurd_values_are_found_and_stop_nothing(bench: Bench, statement: str):
    member = bench.ledger.members[0]

    async def change() -> None:
        assert await bench.server.execute(statement, member) != "UPDATE 0"

    suspect, wrong = await bench.find(change)

    assert suspect is not None
    assert wrong is not None
    assert (suspect.member_id, wrong.member_id) == (member, member)


def some(bench: Bench, rows: list[asyncpg.Record], count: int) -> list[asyncpg.Record]:
    return bench.chance.sample(rows, min(count, len(rows)))
