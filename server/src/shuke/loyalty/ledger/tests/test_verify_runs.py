"""Verifications that are written down: what could not run never passes, and a wrong ledger is told to everybody."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from shuke.platform import clock, embedded, jobs
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Database, raw
from shuke.platform.pages import BadCursor
from shuke.platform.testing import TestServer

from ..acts import Credit
from ..verify import runs
from ..verify.errors import VerificationRunning
from ..verify.jobs import make_nightly_root, verify_at_night
from ..verify.roots import find_newest
from ..verify.runs import Verification
from ..verify.testing import BusyLedger, a_busy_ledger
from ..verify.trial_balance import CurrencyBalance, trial_balance

STAFF = Actor(kind="staff", id=7)


@pytest.fixture
async def ledger(database: Database) -> AsyncIterator[BusyLedger]:
    jobs.use(database)
    yield await a_busy_ledger(database)
    jobs.use(None)


@pytest.fixture
async def server(database: Database, test_server: TestServer) -> AsyncIterator[asyncpg.Connection]:
    """The superuser, with triggers and references switched off."""
    connection = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    await connection.execute("set session_replication_role = replica")
    yield connection
    await connection.close()


async def stored(database: Database) -> list[Verification]:
    async with database.transaction() as session:
        return list((await runs.list_verifications(session, limit=50)).items)


async def announced(database: Database) -> list[dict[str, Any]]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch(
            "select member_id, body from event where name = 'ledger.verification_failed' order by id"
        )
    return [{"member_id": row["member_id"], **row["body"]} for row in rows]


async def ask(database: Database) -> Verification:
    async with database.transaction() as session:
        return await runs.start_verification(session, STAFF)


async def test_one_that_was_asked_for_runs_once_and_passes(ledger: BusyLedger):
    asked = await ask(ledger.database)
    assert (asked.state, asked.started_by, asked.finished_at) == ("running", "staff:7", None)
    with pytest.raises(VerificationRunning):
        await ask(ledger.database)

    await runs.verify_when_asked({"verification_id": asked.verification_id})

    [done] = await stored(ledger.database)
    async with ledger.database.transaction() as session:
        driver = await raw(session)
        accounts = await driver.fetchval("select count(*) from ledger_account")
        entries = await driver.fetchval("select count(*) from ledger_entry")
        assert await runs.latest(session) == done
    assert (done.state, done.accounts, done.entries, done.wrong) == ("passed", accounts, entries, None)
    assert done.finished_at is not None
    assert await announced(ledger.database) == []
    assert (await ask(ledger.database)).verification_id == done.verification_id + 1


async def test_a_wrong_ledger_is_written_down_and_announced(ledger: BusyLedger, server: asyncpg.Connection):
    member = ledger.members[2]
    await server.execute("update ledger_lot set remaining = remaining + 1 where member_id = $1 and lot_no = 2", member)

    await runs.run_now(ledger.database, SYSTEM)

    [done] = await stored(ledger.database)
    assert (done.state, done.started_by) == ("failed", "system:0")
    assert done.wrong is not None
    assert (done.wrong.table, done.wrong.member_id, done.wrong.currency) == ("ledger_lot", member, "points")
    assert done.wrong.row == {"lot_no": 2}
    [event] = await announced(ledger.database)
    assert (event["member_id"], event["table"], event["currency"]) == (member, "ledger_lot", "points")
    assert event["verification_id"] == done.verification_id
    assert event["what"] == done.wrong.say("en")


async def test_what_cannot_run_is_broken_and_never_passes(ledger: BusyLedger, monkeypatch: pytest.MonkeyPatch):
    async def fall_over(_: Database) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(runs, "verify_ledger", fall_over)

    await runs.run_now(ledger.database, SYSTEM)

    [done] = await stored(ledger.database)
    assert (done.state, done.entries, done.wrong) == ("broken", 0, None)
    assert done.finished_at is not None


async def test_one_whose_process_died_shows_as_broken(ledger: BusyLedger, server: asyncpg.Connection):
    dead, waiting = await ask(ledger.database), None
    await server.execute("update ledger_verification set started_at = now() - interval '11 minutes'")
    waiting = await server.fetchval(
        "insert into ledger_verification (scope, state, started_by, started_at) "
        "values ('all', 'running', 'staff:7', now() - interval '1 minute') returning verification_id"
    )
    async with ledger.database.advisory_lock("ledger.verification"):
        await runs.find_broken()
        assert {one.state for one in await stored(ledger.database)} == {"running"}, "one may be running"

    await runs.find_broken()

    states = {one.verification_id: one.state for one in await stored(ledger.database)}
    assert states == {dead.verification_id: "broken", waiting: "running"}


async def test_two_do_not_run_at_once(ledger: BusyLedger):
    asked = await ask(ledger.database)
    async with ledger.database.advisory_lock("ledger.verification"):
        await runs.run_now(ledger.database, SYSTEM)
        with pytest.raises(VerificationRunning):
            await runs.verify_when_asked({"verification_id": asked.verification_id})

    assert [one.state for one in await stored(ledger.database)] == ["running"]


async def test_lists_go_on_where_they_stopped(ledger: BusyLedger):
    for _ in range(3):
        await runs.run_now(ledger.database, SYSTEM)
    async with ledger.database.transaction() as session:
        first = await runs.list_verifications(session, limit=2)
        rest = await runs.list_verifications(session, limit=2, cursor=first.next)
        with pytest.raises(BadCursor):
            await runs.list_verifications(session, limit=2, cursor="nonsense")

    numbers = [one.verification_id for one in (*first.items, *rest.items)]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), rest.next) == (3, None)


async def test_it_is_night_where_the_shop_is_and_each_is_done_once(ledger: BusyLedger, monkeypatch: pytest.MonkeyPatch):
    clock.set_offset(timedelta(0))
    # Day, hour in the shop → roots and verifications there are then. A worker that slept makes up for it.
    for day, hour, roots, verifications in (
        *((6, 1, 0, 0), (6, 2, 1, 0), (6, 2, 1, 0), (6, 3, 1, 1), (6, 5, 1, 1), (6, 23, 1, 1)),
        *((7, 0, 1, 1), (7, 9, 2, 1), (8, 1, 2, 1), (8, 4, 3, 2), (8, 5, 3, 2)),
    ):
        # The test shop is in Shanghai, eight hours before UTC.
        at = datetime(2026, 5, day, hour, 17, tzinfo=UTC) - timedelta(hours=8)
        monkeypatch.setattr(clock, "wall", lambda: at)  # noqa: B023 — used before the next round

        await make_nightly_root()
        await verify_at_night()

        async with ledger.database.transaction() as session:
            newest = await find_newest(session)
        assert (newest.root_id if newest else 0) == roots, (day, hour)
        assert [one.state for one in await stored(ledger.database)] == ["passed"] * verifications, (day, hour)


async def balances(database: Database) -> dict[str, CurrencyBalance]:
    async with database.transaction() as session:
        return {one.currency: one for one in await trial_balance(session)}


async def test_the_trial_balance_sums_to_zero(ledger: BusyLedger):
    before = await balances(ledger.database)
    await ledger.do(0, Credit(amount=1_000))
    after = await balances(ledger.database)

    assert sorted(after) == ["growth", "points", "stamps"]
    assert all(one.ok and one.difference == 0 for one in (*before.values(), *after.values()))
    assert after["points"].members == after["points"].liabilities == after["points"].lots
    assert after["points"].members == before["points"].members + 1_000
    assert after["points"].sides["issuance"] == before["points"].sides["issuance"] - 1_000
    assert after["points"].sides["redemption"] == before["points"].sides["redemption"] > 0
    assert after["points"].sides["transfer"] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_account set available = available + 1 where member_id = 1 and currency_id = 1",
        "update ledger_account set debt = debt + 1 where member_id = 1 and currency_id = 1",
        "update ledger_entry set amount = amount + 1 where member_id = 1 and currency_id = 1 and version = 1",
        "update ledger_lot set remaining = remaining + 1 where member_id = 1 and currency_id = 1 and lot_no = 1",
        "delete from ledger_entry where kind = 'transfer' and amount < 0 and currency_id = 1",
    ],
)
async def test_a_trial_balance_that_does_not_balance_says_so(
    ledger: BusyLedger, server: asyncpg.Connection, statement: str
):
    await server.execute(statement)

    found = await balances(ledger.database)

    assert {code for code, one in found.items() if not one.ok} == {"points"}
