"""The chain: nothing committed is passed by, and whatever is changed afterwards is found."""

import asyncio
import contextlib
import random
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.foundation.audit import actions
from shuke.foundation.audit.queries import chain
from shuke.foundation.audit.testing import seal_all, seal_once, write_lines
from shuke.foundation.audit.verifying import verify
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Database, dump_json, raw, sqlalchemy_url
from shuke.platform.loops import Loop, Rounds
from shuke.platform.testing import TestServer

from .tampering import TAMPERINGS, Tamper, write_anew

SOMEBODY = Actor(kind="staff", id=1)


async def a_sealed_trail(database: Database, size: int) -> None:
    """Half of it under one signed head, all of it under another."""
    for _ in range(2):
        async with database.transaction() as session:
            await write_lines(session, size // 2)
        await seal_all(database)
        async with database.transaction() as session:
            await actions.sign_head(session)


async def is_found(database: Database, server: TestServer, tamper: Tamper, chance: random.Random, size: int) -> bool:
    """Whether a tampering is found; it is undone again."""
    engine = create_async_engine(
        sqlalchemy_url(server.superuser(urlsplit(database.url).path[1:])), poolclass=NullPool, json_serializer=dump_json
    )
    async with engine.connect() as session:
        await session.begin()
        done = await tamper(await raw(session), chance, size)
        assert not done.endswith(" 0"), f"{tamper.__name__} changed nothing"
        report = await chain.check(session)
        await session.rollback()
    await engine.dispose()
    return report.wrong is not None


async def count_found(database: Database, server: TestServer, *, size: int, times: int) -> int:
    await a_sealed_trail(database, size)
    assert (await verify(database)).ok
    chance = random.Random(7)
    found = 0
    for number in range(times):
        found += await is_found(database, server, TAMPERINGS[number % len(TAMPERINGS)], chance, size)
    assert (await verify(database)).ok
    return found


async def test_every_tampering_is_found(database: Database, test_server: TestServer):
    assert await count_found(database, test_server, size=1_000, times=66) == 66


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_400_tamperings_of_20_000_lines_are_found(database: Database, test_server: TestServer):
    assert await count_found(database, test_server, size=20_000, times=400) == 400


async def test_the_first_wrong_line_is_named(database: Database, owner: asyncpg.Connection):
    await a_sealed_trail(database, 100)
    changed = [await owner.fetchval("select audit_id from audit_seal where seq = $1", seq) for seq in (90, 33)]

    await owner.execute("update audit set actor = 'staff:999' where id = any($1)", changed)

    wrong = (await verify(database)).wrong
    assert wrong is not None
    assert (wrong.seq, wrong.audit_id) == (33, changed[1])


async def test_a_chain_written_anew_does_not_fit_its_signed_head(database: Database, owner: asyncpg.Connection):
    await a_sealed_trail(database, 100)

    await write_anew(owner, 60)

    wrong = (await verify(database)).wrong
    assert wrong is not None
    assert (wrong.seq, wrong.audit_id) == (51, None)


async def test_an_end_taken_away_together_with_its_heads_is_found_by_a_head_kept_elsewhere(
    database: Database, owner: asyncpg.Connection
):
    await a_sealed_trail(database, 100)
    async with database.transaction() as session:
        kept = (await chain.state(session)).head
    assert kept is not None
    await owner.execute("delete from audit a using audit_seal s where s.audit_id = a.id and s.seq > 50")
    await owner.execute("delete from audit_seal where seq > 50")
    await owner.execute("delete from audit_head where seq > 50")

    assert (await verify(database)).ok
    assert (await verify(database, known=kept)).wrong is not None


async def test_the_program_itself_cannot_change_what_is_written(database: Database):
    await a_sealed_trail(database, 4)

    for statement in (
        "update audit set actor = 'x'",
        "delete from audit",
        "update audit_seal set hash = ''",
        "delete from audit_seal",
        "delete from audit_head",
        "truncate audit",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction() as session:
                await (await raw(session)).execute(statement)

    assert (await verify(database)).lines == 4


async def test_a_line_that_commits_late_is_not_passed_by(database: Database):
    async with database.transaction() as slow:
        await audit.record(slow, SOMEBODY, "slow", "note", 1)
        async with database.transaction() as quick:
            await audit.record(quick, SOMEBODY, "quick", "note", 2)
        await seal_once(database)
        async with database.transaction() as session:
            waiting = await chain.state(session)

    await seal_all(database)

    async with database.transaction() as session:
        after = await chain.state(session)
    assert (waiting.sealed, waiting.unsealed) == (0, 1)
    assert (after.sealed, after.unsealed) == (2, 0)
    assert (await verify(database)).ok


async def test_sealers_at_work_together_and_killed_seal_each_line_once(database: Database):
    writers, lines = 8, 25
    is_writing = True

    async def write(number: int) -> None:
        for place in range(lines):
            async with database.transaction() as session:
                await audit.record(session, SOMEBODY, "note.written", "note", number * lines + place)
                if place % 5 == 0:
                    await asyncio.sleep(0.005)

    async def seal_and_die(number: int) -> None:
        chance = random.Random(number)
        while is_writing:
            with contextlib.suppress(DBAPIError, asyncpg.PostgresError, OSError):
                async with database.transaction() as session:
                    await actions.seal(session)
                    if chance.random() < 0.3:
                        # As when the process is killed: the server ends the session with what was not committed.
                        await session.execute(text("select pg_terminate_backend(pg_backend_pid())"))
            await asyncio.sleep(0.005)

    sealers = [asyncio.create_task(seal_and_die(number)) for number in range(3)]
    await asyncio.gather(*(write(number) for number in range(writers)))
    is_writing = False
    await asyncio.gather(*sealers)
    await seal_all(database)

    report = await verify(database)
    assert (report.ok, report.lines, report.last_seq) == (True, writers * lines, writers * lines)


async def test_old_lines_leave_and_what_is_left_can_be_verified(database: Database, owner: asyncpg.Connection):
    for days_ago in (500, 450, 300, 10):
        async with database.transaction() as session:
            await write_lines(session, 10, days_ago=days_ago)
        await seal_all(database)
        async with database.transaction() as session:
            await actions.sign_head(session)

    gone = []
    for _ in range(3):
        async with database.transaction() as session:
            gone.append(await actions.forget_oldest(session))

    report = await verify(database)
    assert gone == [10, 10, 0]
    assert (report.ok, report.first_seq, report.last_seq) == (True, 21, 40)
    assert await owner.fetchval("select count(*) from audit") == 20


async def test_what_is_younger_than_184_days_does_not_leave_whatever_is_asked(database: Database):
    async with database.transaction() as session:
        await write_lines(session, 10, days_ago=183)
    await seal_all(database)
    async with database.transaction() as session:
        head = await actions.sign_head(session)
        await write_lines(session, 1)
    await seal_all(database)
    assert head is not None

    with pytest.raises(asyncpg.RaiseError, match="184 days"):
        async with database.transaction() as session:
            await (await raw(session)).execute("select audit_forget($1)", head.seq)

    assert (await verify(database)).lines == 11


async def test_lines_are_sealed_within_five_seconds(database: Database):
    rounds = Rounds(database, [Loop(name="audit.seal", every_s=1.0, step=actions.seal)])
    task = asyncio.create_task(rounds.run())
    started = clock.wall()
    async with database.transaction() as session:
        await audit.record(session, SOMEBODY, "note.written", "note", 1)

    waiting = 1
    while waiting and (clock.wall() - started).total_seconds() < 5:
        await asyncio.sleep(0.1)
        async with database.transaction() as session:
            waiting = (await chain.state(session)).unsealed

    rounds.stop()
    await task
    assert waiting == 0
