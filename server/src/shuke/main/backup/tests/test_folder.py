"""What lies in the backup directory is whole, and goes when its time is over."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from shuke.main.backup import copying, folder
from shuke.main.backup.errors import BackupNotFound, BackupRunning, DatabaseProgramFailed
from shuke.main.backup.programs import address_of
from shuke.main.health import DatabaseUnreachable
from shuke.platform import clock
from shuke.platform.keys import KeysMissing

from .conftest import Shop

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]
AT = datetime(2026, 3, 31, 1, 2, 3, 456_000, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "wall", lambda: AT)


def a_data_backup(directory: Path, age: timedelta) -> str:
    name = folder.name_of(AT - age)
    folder.place_data(directory, name).mkdir(parents=True)
    return name


def a_keys_archive(directory: Path, age: timedelta) -> str:
    name = folder.name_of(AT - age)
    folder.place_keys(directory, name).touch()
    return name


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def test_a_name_tells_its_moment() -> None:
    assert folder.name_of(AT) == "20260331T010203.456Z"
    assert folder.moment_of(folder.name_of(AT)) == AT


@pytest.mark.usefixtures("at")
def test_data_go_beyond_both_bounds_and_keys_after_seven_days(tmp_path: Path) -> None:
    data = [a_data_backup(tmp_path, timedelta(days=days)) for days in (0, 20, 31, 40)]
    keys = [a_keys_archive(tmp_path, age) for age in (timedelta(days=6, hours=23), timedelta(days=7))]
    (tmp_path / "notes.txt").touch()

    folder.prune(tmp_path, keep_days=30, keep_count=3)

    assert names(tmp_path) == {*(f"{name}.data" for name in data[:3]), f"{keys[0]}.keys", "notes.txt"}
    folder.prune(tmp_path, keep_days=30, keep_count=1)
    assert names(tmp_path) == {*(f"{name}.data" for name in data[:2]), f"{keys[0]}.keys", "notes.txt"}


def test_two_programs_do_not_work_in_one_directory_at_once(tmp_path: Path) -> None:
    half = folder.part(tmp_path, "20260331T010203.456Z.data")
    assert not folder.is_running(tmp_path)

    with folder.alone(tmp_path):
        half.mkdir()
        assert folder.is_running(tmp_path)
        with pytest.raises(BackupRunning), folder.alone(tmp_path):
            raise AssertionError
        assert half.exists()

    assert not folder.is_running(tmp_path)
    with folder.alone(tmp_path):
        assert not half.exists()


@pytest.mark.parametrize("wanted", ["newest", "20260331T010203.456Z", "/nowhere/else"])
def test_what_is_not_there_is_not_found(tmp_path: Path, wanted: str) -> None:
    with pytest.raises(BackupNotFound):
        folder.find_data(tmp_path, wanted)


def test_a_password_is_not_on_the_command_line() -> None:
    address = address_of("postgresql://shuke:p%40ss%2Fword@db.example:5433/shuke?sslmode=require")

    assert address.url == "postgresql://shuke@db.example:5433/shuke?sslmode=require"
    assert address.environment["PGPASSWORD"] == "p@ss/word"
    assert "PGPASSWORD" not in address_of("postgresql://shuke@/shuke?host=/run/x").environment


async def test_a_backup_killed_on_its_way_is_none_and_the_next_one_clears_it_away(shop: Shop) -> None:
    environment = {
        **os.environ,
        "SHUKE_DATABASE_URL": shop.urls.app,
        "SHUKE_DATA_DIRECTORY": str(shop.settings.data_directory),
    }
    # pg_dump waits for this lock, in the middle of the backup.
    owner = await asyncpg.connect(shop.urls.owner)
    async with owner.transaction():
        await owner.execute("lock table sales_order in access exclusive mode")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "shuke.main.backup", "backup"), env=environment
        )
        while not await owner.fetchval("select count(*) from pg_locks where not granted"):
            assert process.returncode is None
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        left = {path.name.rpartition("Z")[2] for path in shop.backups.iterdir()}
    await owner.close()
    assert left == {".data.part", ".work.part", ".lock"}
    assert (folder.list_data(shop.backups), folder.list_keys(shop.backups)) == ([], [])

    made = await shop.back_up()

    assert names(shop.backups) == {made.data.path.name, made.keys.path.name, ".lock"}
    assert [found.name for found in folder.list_data(shop.backups)] == [made.data.name]
    folder.check_files(made.data)


async def test_a_failed_backup_leaves_nothing_and_old_keys_go_all_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await shop.back_up()
    old = folder.place_keys(shop.backups, folder.name_of(clock.wall() - timedelta(days=8)))
    made.keys.path.rename(old)
    monkeypatch.setattr("shuke.main.backup.copying.facts.KEYS_TABLES", ("no.such.table",))

    with pytest.raises((DatabaseProgramFailed, asyncpg.PostgresError)):
        await shop.back_up()

    assert [found.name for found in folder.list_data(shop.backups)] == [made.data.name]
    assert not old.exists()


async def test_lost_key_files_are_told_and_the_data_are_kept_all_the_same(shop: Shop) -> None:
    (shop.settings.keys / "kek-1.key").unlink()

    with pytest.raises(KeysMissing, match=r"kek-1\.key"):
        await shop.back_up()

    (data,) = folder.list_data(shop.backups)
    folder.check_files(data)
    assert folder.list_keys(shop.backups) == []


async def test_a_database_that_does_not_answer_is_named(shop: Shop) -> None:
    with pytest.raises(DatabaseUnreachable):
        await copying.make_backup("postgresql://nobody@/nothing?host=/nowhere", shop.settings, shop.backups)

    assert folder.list_data(shop.backups) == []
