"""The embedded server comes back to a moment: what was written until then is there, what came later is not."""

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from shuke.main.backup import folder as backups
from shuke.main.backup import physical
from shuke.main.backup.errors import (
    BackupDamaged,
    BackupNotFound,
    DatabaseInUse,
    DatabaseNotEmpty,
    LogNotKept,
    MomentNotReached,
)
from shuke.main.backup.physical import BaseBackup, KeepingServer
from shuke.platform import clock, embedded
from shuke.platform.embedded import SUPERUSER, EmbeddedServer
from shuke.platform.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


@pytest.fixture
def chosen(folder: Path) -> Settings:
    return Settings(data_directory=folder / "data", database_memory_mb=128, backup_wal=True)


@pytest.fixture
def stopped(folder: Path) -> Iterator[None]:
    yield
    # A server that the guard stops no longer answers some moments before it has put its files in order.
    until = time.monotonic() + 20
    while any(folder.rglob("postmaster.pid")) and time.monotonic() < until:
        time.sleep(0.05)


async def write(connection: asyncpg.Connection, number: int) -> datetime:
    """Write a number; returns a moment after it and before whatever comes next."""
    await connection.execute("insert into written values ($1)", number)
    await asyncio.sleep(0.1)
    moment: datetime = await connection.fetchval("select clock_timestamp()")
    await asyncio.sleep(0.1)
    return moment


async def numbers(chosen: Settings) -> list[int]:
    server = EmbeddedServer(chosen.data_directory / "postgres", memory_mb=128)
    server.start()
    connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
    found = [row["number"] for row in await connection.fetch("select number from written order by 1")]
    assert not await connection.fetchval("select pg_is_in_recovery()")
    assert await connection.fetchval("show restore_command") == ""
    await connection.execute("insert into written values (99)")
    await connection.close()
    server.stop()
    return found


@dataclass(frozen=True)
class Written:
    """A stopped server with three numbers, a base backup after the first, and the moments behind each."""

    base: BaseBackup
    moments: list[datetime]


@pytest.fixture
async def written(chosen: Settings, stopped: None) -> Written:
    server = physical.embedded_server(chosen)
    server.start()
    try:
        connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
        await connection.execute("create table written (number integer)")
        moments = [await write(connection, 1)]
        base = await physical.make_base(server, chosen.backups)
        moments += [await write(connection, number) for number in (2, 3)]
        await connection.close()
    finally:
        server.stop()
    return Written(base, moments)


async def test_what_came_after_the_moment_is_gone(chosen: Settings, written: Written) -> None:
    base = physical.find_base(chosen.backups, "newest", written.moments[1])

    await physical.restore_until(base, written.moments[1], chosen, is_replacing=True)

    assert await numbers(chosen) == [1, 2]
    assert not (chosen.backups / "physical").exists()
    assert sorted(path.name for path in chosen.data_directory.iterdir() if not path.name.startswith(".")) == [
        "backups",
        "postgres",
    ]


async def test_without_a_moment_everything_that_was_kept_comes_back(chosen: Settings, written: Written) -> None:
    await physical.restore_until(written.base, None, chosen, is_replacing=True)

    assert await numbers(chosen) == [1, 2, 3]


async def test_the_other_moment_can_still_be_had_after_a_wrong_one(chosen: Settings, written: Written) -> None:
    await physical.restore_until(written.base, written.moments[1], chosen, is_replacing=True)
    (aside,) = chosen.backups.glob("physical.before-*/*.base")

    await physical.restore_until(physical.find_base(chosen.backups, str(aside), None), None, chosen, is_replacing=True)

    assert await numbers(chosen) == [1, 2, 3]


async def test_a_moment_that_was_not_kept_changes_nothing(chosen: Settings, written: Written) -> None:
    with pytest.raises(MomentNotReached):
        await physical.restore_until(written.base, clock.wall() + timedelta(hours=1), chosen, is_replacing=True)

    assert (chosen.backups / "physical").exists()
    assert await numbers(chosen) == [1, 2, 3]


async def test_a_server_that_is_there_is_replaced_only_when_it_is_said(chosen: Settings, written: Written) -> None:
    with pytest.raises(DatabaseNotEmpty):
        await physical.restore_until(written.base, written.moments[1], chosen, is_replacing=False)
    server = EmbeddedServer(chosen.data_directory / "postgres", memory_mb=128)
    server.start()
    with pytest.raises(DatabaseInUse):
        await physical.restore_until(written.base, written.moments[1], chosen, is_replacing=True)
    server.stop()

    assert await numbers(chosen) == [1, 2, 3]


async def test_a_changed_base_is_refused_and_changes_nothing(chosen: Settings, written: Written) -> None:
    path = written.base.path / "base.tar.gz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(BackupDamaged):
        await physical.restore_until(written.base, written.moments[1], chosen, is_replacing=True)

    assert await numbers(chosen) == [1, 2, 3]


def test_a_base_after_the_moment_is_no_help(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    older, newer = ((tmp_path / "physical" / f"{backups.name_of(at + timedelta(hours=h))}.base") for h in (0, 2))
    for path in (older, newer):
        path.mkdir(parents=True)

    assert physical.find_base(tmp_path, "newest", None).path == newer
    assert physical.find_base(tmp_path, "newest", at + timedelta(hours=1)).path == older
    with pytest.raises(BackupNotFound):
        physical.find_base(tmp_path, "newest", at)


async def test_a_server_that_keeps_no_log_makes_no_base(chosen: Settings, stopped: None) -> None:
    server = EmbeddedServer(chosen.data_directory / "postgres", memory_mb=128, durable=False)
    server.start()
    try:
        with pytest.raises(LogNotKept):
            await physical.make_base(server, chosen.backups)
    finally:
        server.stop()

    assert physical.list_bases(chosen.backups) == []


async def test_bases_and_log_live_for_seven_days(
    chosen: Settings, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = physical.log_of(chosen.backups)
    kept = {path.name for path in log.iterdir()}
    old = log / "000000010000000000000000.gz"
    old.touch()
    before = written.base.begun_at - timedelta(minutes=1)
    os.utime(old, (before.timestamp(), before.timestamp()))

    physical.prune(chosen.backups)
    assert {path.name for path in log.iterdir()} == kept
    later = written.base.begun_at + timedelta(days=7, seconds=1)
    monkeypatch.setattr("shuke.platform.clock.wall", lambda: later + timedelta(days=1))
    physical.prune(chosen.backups)

    assert physical.list_bases(chosen.backups) == []
    assert list(log.iterdir()) == []


def test_odd_characters_in_the_path_of_the_log_do_no_harm(folder: Path, stopped: None) -> None:
    log = folder / "a 'quoted' 100% $HOME" / "log"
    server = KeepingServer(folder / "postgres", memory_mb=128, log=log, durable=False)
    server.start()
    try:
        asyncio.run(_switch(server))
        until = time.monotonic() + 30
        while not list(log.glob("*.gz")) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        server.stop()

    assert [path for path in log.iterdir() if path.suffix != ".gz"] == []
    assert list(log.glob("*.gz"))


async def _switch(server: EmbeddedServer) -> None:
    connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
    await connection.execute("create table written (number integer)")
    await connection.execute("select pg_switch_wal()")
    await connection.close()
