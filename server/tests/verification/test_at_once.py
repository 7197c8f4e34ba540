"""Two want the same at the same time: the second begins while the first has written and not yet committed.

Each has a transaction of its own and no turns before it, as two processes of the program have. Nothing is left to
chance: the first ends only when the database says that the second waits for it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text

from shuke.loyalty import ledger
from shuke.loyalty.ledger.testing import ZONE, balances, instruct, two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.db import Database, Session
from shuke.platform.embedded import Urls

pytestmark = pytest.mark.anyio
Work = Callable[[Session], Awaitable[object]]


@pytest.fixture
async def patient(database_urls: Urls) -> AsyncIterator[Database]:
    """A database on which waiting for a lock is given up late, so that a busy machine changes nothing."""
    database = Database(database_urls.app, lock_timeout_s=60, statement_timeout_s=60)
    yield database
    await database.close()


@pytest.fixture
async def two(patient: Database) -> list[int]:
    """Two members with 100 points each."""
    async with patient.transaction() as session:
        await two_currencies(session)
        found = await enrolled(session, [person("A", external("1")), person("B", external("2"))])
        for member in found:
            await instruct(session, member, ledger.Credit(amount=100))
    return found


class Second:
    """What comes second, in a transaction of its own."""

    def __init__(self, database: Database, work: Work) -> None:
        self._database = database
        self._work = work
        self._pid = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> object:
        async with self._database.transaction() as session:
            self._pid.set_result(await session.scalar(text("select pg_backend_pid()")))
            return await self._work(session)

    async def wait_until_it_waits(self) -> None:
        """Until the database says that it waits for somebody, or it has ended without."""
        waits = text("select cardinality(pg_blocking_pids(:pid)) > 0")
        pid = await self._pid
        async with self._database.transaction() as session:
            # The database tells nobody that a session has begun to wait.
            while not self._task.done() and not await session.scalar(waits, {"pid": pid}):  # noqa: ASYNC110 — see above
                await asyncio.sleep(0.01)

    async def ended(self) -> object:
        """What it came to: an answer, or what it raised."""
        (ended,) = await asyncio.gather(self._task, return_exceptions=True)
        return ended


async def behind(database: Database, first: Work, second: Work) -> object:
    """Let the second come while the first has not committed; what the second came to."""
    async with database.transaction() as session:
        await first(session)
        other = Second(database, second)
        await other.wait_until_it_waits()
    return await other.ended()


def doing(member: int, act: ledger.Act, key: str | None = None, currency: str = "points") -> Work:
    return lambda session: instruct(session, member, act, key=key, currency=currency)


def giving(giver: int, taker: int, key: str) -> Work:
    return lambda session: ledger.transfer(
        session,
        ZONE,
        ledger.Asked(key=key, actor="system:0", request_hash=key.encode(), reason="family"),
        from_member=giver,
        to_member=taker,
        currency="points",
        amount=1,
    )


async def entries_and_sum(database: Database) -> tuple[int, int]:
    async with database.transaction() as session:
        row = (await session.execute(text("select count(*), sum(amount) from ledger_entry"))).one()
    return row[0], int(row[1])


async def test_the_last_points_are_used_once(patient: Database, two: list[int]) -> None:
    ended = await behind(patient, doing(two[0], ledger.Spend(amount=100)), doing(two[0], ledger.Spend(amount=1)))

    assert isinstance(ended, ledger.NotEnough)
    assert await entries_and_sum(patient) == (3, 100)


async def test_what_comes_in_while_another_uses_is_kept(patient: Database, two: list[int]) -> None:
    ended = await behind(patient, doing(two[0], ledger.Spend(amount=30)), doing(two[0], ledger.Credit(amount=7)))

    assert isinstance(ended, ledger.Done), ended
    async with patient.transaction() as session:
        assert await balances(session, two[0]) == (77, 0, 0, 0)
    assert await entries_and_sum(patient) == (4, 177)


async def test_one_key_has_one_effect_and_both_hear_the_same(patient: Database, two: list[int]) -> None:
    work = doing(two[0], ledger.Credit(amount=7), "same")

    ended = await behind(patient, work, work)

    assert isinstance(ended, ledger.Done), ended
    assert ended.is_replay
    assert [entry.available_after for entry in ended.entries] == [107]
    assert await entries_and_sum(patient) == (3, 207)


async def test_one_key_has_one_effect_although_it_names_two_accounts(patient: Database, two: list[int]) -> None:
    first = doing(two[0], ledger.Credit(amount=7), "same")
    ended = await behind(patient, first, doing(two[0], ledger.Credit(amount=8), "same", "growth"))

    assert isinstance(ended, Exception), ended
    assert await entries_and_sum(patient) == (3, 207)


async def test_transfers_in_both_directions_do_not_block_each_other(patient: Database, two: list[int]) -> None:
    lock = text("select from ledger_account where member_id = :member for update")
    async with patient.transaction() as one:
        async with patient.transaction() as other:
            # Both accounts are taken, so that each transfer waits for the first account that it wants.
            await one.execute(lock, {"member": two[0]})
            await other.execute(lock, {"member": two[1]})
            there = Second(patient, giving(two[0], two[1], "there"))
            back = Second(patient, giving(two[1], two[0], "back"))
            await there.wait_until_it_waits()
            await back.wait_until_it_waits()
        # The second account is free now; whoever wanted it first has it and waits for the other one.
        await back.wait_until_it_waits()
    ended = [await there.ended(), await back.ended()]

    assert all(isinstance(one, ledger.Done) for one in ended), ended
    async with patient.transaction() as session:
        assert [await balances(session, member) for member in two] == [(100, 0, 0, 0)] * 2
    assert await entries_and_sum(patient) == (6, 200)
