"""A backup holds everything of one moment, comes back whole or not at all, and brings nobody back who was erased."""

import asyncio
import os
import shutil
import signal
import stat
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shuke.main.backup import facts, folder, keys_archive, programs, restoring
from shuke.main.backup.errors import (
    BackupDamaged,
    BackupNotFound,
    DatabaseInUse,
    DatabaseNotEmpty,
    DatabaseProgramFailed,
    KeysDiffer,
    KeysNeeded,
    ProgramOlder,
    RolesMissing,
    ServerNewer,
    ServerOlder,
)
from shuke.people import members
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import consumers, events, keys
from shuke.platform.actor import EVERYTHING
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Database
from shuke.platform.embedded import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    SUPERUSER,
    EmbeddedServer,
    Urls,
    ensure_database,
)
from shuke.platform.errors import AppError
from shuke.platform.module import Consumer

from .conftest import Shop, content_of

SHOWN = ["王*明", "A*** E***"]

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


async def restored(shop: Shop, made, target: Urls, keys_path: Path | None = None) -> Database:
    async with restoring.open_source(made.data, keys_path or made.keys.path) as source:
        await restoring.restore_into(source, target.owner)
    return Database(target.app)


async def names_in(database: Database) -> list[str | None]:
    async with database.transaction() as session:
        ids = list((await session.execute(text("select member_id from member order by member_id limit 2"))).scalars())
        found = await members.names(session, ids, EVERYTHING)
    return [found[member_id].name for member_id in ids]


async def test_everything_comes_back_on_another_database(shop: Shop, empty_database_urls: Urls) -> None:
    before = await content_of(shop.database)
    made = await shop.back_up()

    other = await restored(shop, made, empty_database_urls)

    assert await content_of(other) == before
    assert sum(map(len, before.values())) > 50
    assert await names_in(other) == SHOWN == await names_in(shop.database)
    await other.close()


async def test_rights_and_triggers_come_back(shop: Shop, empty_database_urls: Urls) -> None:
    other = await restored(shop, await shop.back_up(), empty_database_urls)

    for statement in ("update ledger_entry set amount = 0", "delete from event", "update audit set actor = ''"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with other.transaction() as session:
                await session.execute(text(statement))
    owner = await asyncpg.connect(empty_database_urls.owner)
    with pytest.raises(asyncpg.RaiseError, match="cannot be changed"):
        await owner.execute("update ledger_entry set amount = 0")
    owners = await owner.fetch("select distinct tableowner from pg_tables where schemaname in ('public', 'vault')")
    await owner.close()
    await other.close()
    assert [row["tableowner"] for row in owners] == [OWNER_ROLE]


async def test_the_manifest_tells_the_state_of_the_snapshot(shop: Shop) -> None:
    made = await shop.back_up()

    manifest = made.data.manifest
    connection = await asyncpg.connect(shop.urls.app)
    async with connection.transaction():
        heads = await facts.ledger_heads(connection)
        rows = await facts.count_rows(connection)
        revision = await connection.fetchval("select version_num from alembic_version")
    await connection.close()
    assert (manifest.owner_role, manifest.app_role) == (OWNER_ROLE, APP_ROLE)
    assert (manifest.schema_head, manifest.ledger_heads) == (revision, heads)
    assert manifest.rows == {name: count for name, count in rows.items() if name not in facts.KEYS_TABLES}
    assert manifest.rows["public.ledger_account"] > 0
    assert manifest.files == {"database.dump": folder.sha256_of(made.data.dump)}
    assert "public.import_line" not in manifest.rows


async def test_keys_are_in_a_file_of_their_own_and_nowhere_else(shop: Shop) -> None:
    uploads = shop.settings.uploads
    uploads.mkdir()
    (uploads / "waiting").write_text("who bought what")
    made = await shop.back_up()

    assert stat.S_IMODE(made.keys.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.data.path.stat().st_mode) == 0o700
    assert {"index.key", "kek-1.key"} <= {path.name for path in shop.settings.keys.iterdir()}
    with tarfile.open(made.keys.path) as archive:
        assert sorted(archive.getnames()) == [
            *sorted(f"keys/{path.name}" for path in shop.settings.keys.iterdir()),
            "manifest.json",
            "tables/public.idempotency",
            "tables/public.member_import_reject",
            "tables/vault.member_key",
            "uploads/waiting",
        ]
    await programs.run("pg_restore", f"--file={shop.backups / 'dump.sql'}", str(made.data.dump))
    dumped = (shop.backups / "dump.sql").read_text()
    async with shop.database.transaction() as session:
        wrapped = (await session.execute(text("select encode(wrapped, 'hex') from vault.member_key"))).scalars().all()
    assert wrapped
    assert [one for one in wrapped if one in dumped] == []


# Wrapped keys that may stay with the data: what they open lies elsewhere, or is no member's.
STAY = {
    "public.audit_key": "wrapped by the member's own key, which goes with the keys",
    "public.api_key_secret": "a program's secret",
    "public.staff_secret": "a staff user's second factor, a provider's secret",
    "public.export": "opens a file that is in no backup",
    "public.member_import": "opens the rows handed back, which go with the keys",
}


async def test_every_table_with_wrapped_keys_goes_with_the_keys(shop: Shop) -> None:
    async with shop.database.transaction() as session:
        found = await session.execute(
            text(
                "select distinct table_schema || '.' || table_name from information_schema.columns "
                "where column_name like 'wrapped%' or table_schema = 'vault'"
            )
        )
        names = set(found.scalars())

    assert names - STAY.keys() == set(facts.KEYS_TABLES) - {"public.member_import_reject"}
    assert names >= STAY.keys()


async def test_who_was_erased_since_the_backup_stays_unreadable(shop: Shop, empty_database_urls: Urls) -> None:
    old = await shop.back_up()
    async with shop.database.transaction() as session:
        (erased, kept) = (
            await session.execute(text("select member_id from member order by member_id limit 2"))
        ).scalars()
        await session.execute(text("delete from vault.member_key where member_id = :id"), {"id": erased})
    new = await shop.back_up()

    other = await restored(shop, old, empty_database_urls, restoring.choose_keys(old.data, None, is_without=False))

    async with other.transaction() as session:
        found = await members.names(session, [erased, kept], EVERYTHING)
        status = (await session.execute(text("select count(*) from idempotency"))).scalar_one()
    await other.close()
    assert restoring.choose_keys(old.data, None, is_without=False) == new.keys.path
    assert (found[erased].name, found[kept].name) == (None, SHOWN[1])
    assert status == 0


async def test_without_a_keys_archive_nothing_is_restored_unless_it_is_said(shop: Shop) -> None:
    made = await shop.back_up()
    made.keys.path.unlink()

    with pytest.raises(KeysNeeded):
        restoring.choose_keys(made.data, None, is_without=False)

    assert restoring.choose_keys(made.data, None, is_without=True) is None


async def is_empty(url: str) -> bool:
    connection = await asyncpg.connect(url)
    count = await connection.fetchval("select count(*) from pg_tables where schemaname in ('public', 'vault', 'queue')")
    await connection.close()
    return count == 0


@pytest.mark.parametrize("file", ["database.dump", "manifest.json", "keys"])
async def test_a_changed_archive_is_refused_and_changes_nothing(
    shop: Shop, empty_database_urls: Urls, file: str
) -> None:
    made = await shop.back_up()
    path = made.keys.path if file == "keys" else made.data.path / file
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if file == "database.dump" else 1030 if file == "keys" else 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(BackupDamaged):
        async with restoring.open_source(folder.find_data(shop.backups, "newest"), made.keys.path) as source:
            await restoring.restore_into(source, empty_database_urls.owner)

    assert await is_empty(empty_database_urls.owner)


async def test_a_dump_that_breaks_off_leaves_nothing(shop: Shop, empty_database_urls: Urls) -> None:
    made = await shop.back_up()
    whole = made.data.dump.read_bytes()
    made.data.dump.write_bytes(whole[: len(whole) * 3 // 4])
    rewrite_manifest(made.data.path)

    with pytest.raises(DatabaseProgramFailed, match="pg_restore"):
        await restored(shop, made_again(shop, made), empty_database_urls)

    assert await is_empty(empty_database_urls.owner)


async def test_rows_that_are_missing_leave_nothing(shop: Shop, empty_database_urls: Urls) -> None:
    made = await shop.back_up()
    manifest = made.data.path / "manifest.json"
    rows = made.data.manifest.rows
    manifest.write_text(made.data.manifest.model_copy(update={"rows": {**rows, "public.member": 9}}).model_dump_json())

    with pytest.raises(DatabaseProgramFailed, match=r"public\.member has 4 rows, and the manifest says 9"):
        await restored(shop, made_again(shop, made), empty_database_urls)

    assert await is_empty(empty_database_urls.owner)


def rewrite_manifest(path: Path) -> None:
    """Make the manifest agree with the files again, as somebody would who knows what it is for."""
    manifest = folder.read_data(path).manifest
    files = {name: folder.sha256_of(path / name) for name in manifest.files}
    (path / "manifest.json").write_text(manifest.model_copy(update={"files": files}).model_dump_json())


def made_again(shop: Shop, made):
    return type(made)(folder.find_data(shop.backups, made.data.name), made.keys)


async def test_a_database_that_is_not_empty_is_refused_and_unchanged(shop: Shop) -> None:
    made = await shop.back_up()
    before = await content_of(shop.database)

    with pytest.raises(DatabaseNotEmpty):
        await restored(shop, made, shop.urls)

    assert await content_of(shop.database) == before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"app_role": "somebody_else"}, RolesMissing),
        ({"server": "99"}, ServerOlder),
        ({"schema_head": "9999"}, ProgramOlder),
    ],
)
async def test_what_the_target_could_not_hold_is_refused(
    shop: Shop, empty_database_urls: Urls, change: dict[str, str], refusal: type[AppError]
) -> None:
    made = await shop.back_up()
    (made.data.path / "manifest.json").write_text(made.data.manifest.model_copy(update=change).model_dump_json())

    with pytest.raises(refusal, match=next(iter(change.values()))):
        await restored(shop, made_again(shop, made), empty_database_urls)

    assert await is_empty(empty_database_urls.owner)


async def test_a_restore_killed_on_its_way_leaves_nothing(shop: Shop, empty_database_urls: Urls) -> None:
    made = await shop.back_up()
    environment = {**os.environ, "SHUKE_DATA_DIRECTORY": str(shop.settings.data_directory)}
    blocking, watching = [await asyncpg.connect(empty_database_urls.owner) for _ in range(2)]
    # psql waits here until it is known whether this schema is there.
    block = blocking.transaction()
    await block.start()
    await blocking.execute("create schema vault")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shuke.main.backup", "restore", made.data.name),
        *("--into", empty_database_urls.owner),
        env=environment,
    )
    await comes_to(watching, 1, "and wait_event_type = 'Lock'")
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    await block.rollback()
    await blocking.close()
    await comes_to(watching, 0)
    await watching.close()

    assert await is_empty(empty_database_urls.owner)


async def comes_to(connection: asyncpg.Connection, count: int, condition: str = "") -> None:
    """Wait until so many others are connected to the database."""
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    for _ in range(1_200):
        if await connection.fetchval(f"{others} {condition}") == count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not come about in a minute")


async def test_a_newer_server_is_refused_with_a_reason(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "VERSION", 14)

    with pytest.raises(ServerNewer, match="brings the tools of 14"):
        await shop.back_up()

    assert folder.list_data(shop.backups) == []


async def test_new_events_are_read_after_a_restore_into_a_younger_server(
    shop: Shop, embedded_server: EmbeddedServer
) -> None:
    # The backup's server has come far; the embedded one is new and counts its transactions from the start.
    owner = await asyncpg.connect(shop.urls.owner)
    await owner.execute("update event set transaction_id = transaction_id + 1000000000")
    (read, *unread) = await joined_ids(shop.database)
    await owner.execute(
        "insert into event_cursor select 'test.note', transaction_id, id, now() from event where id = $1", read
    )
    await owner.close()
    seen: list[int] = []

    async def note(_: object, batch: Sequence[events.StoredEvent]) -> None:
        seen.extend(event.id for event in batch)

    consumer = Consumer(name="test.note", events=("member.joined",), handle=note, batch=1)
    await install(shop, await shop.back_up(), embedded_server)
    database = Database(embedded_server.url(APP_ROLE, DATABASE))

    async with database.transaction() as session:
        await enrolled(session, [person("New", phone("15400000009"))])
    await consumers.run_until_idle(database, [consumer])

    (*_, newest) = await joined_ids(database)
    await database.close()
    assert unread
    assert seen == [*unread, newest]


async def joined_ids(database: Database) -> list[int]:
    async with database.transaction() as session:
        found = await session.execute(text("select id from event where name = 'member.joined' order by id"))
        return list(found.scalars())


async def install(shop: Shop, made, server: EmbeddedServer, *, is_replacing: bool = False) -> None:
    await ensure_database(server)
    async with restoring.open_source(made.data, made.keys.path) as source:
        await restoring.restore_installation(source, shop.settings, server, is_replacing=is_replacing)


async def test_the_embedded_database_is_filled_and_replaced_only_when_it_is_said(
    shop: Shop, embedded_server: EmbeddedServer
) -> None:
    made = await shop.back_up()
    before = await content_of(shop.database)
    await install(shop, made, embedded_server)
    mine = Database(embedded_server.url(APP_ROLE, DATABASE))
    assert await content_of(mine) == before
    async with mine.transaction() as session:
        await session.execute(text("update shop set name_zh = '改过'"))
    changed = await content_of(mine)

    with pytest.raises(DatabaseNotEmpty):
        await install(shop, made, embedded_server)
    with pytest.raises(DatabaseInUse):
        await install(shop, made, embedded_server, is_replacing=True)
    assert await content_of(mine) == changed
    await mine.close()

    await install(shop, made, embedded_server, is_replacing=True)
    again = Database(embedded_server.url(APP_ROLE, DATABASE))
    assert await content_of(again) == before
    async with again.transaction() as session:
        names = (await session.execute(text("select datname from pg_database order by 1"))).scalars().all()
    await again.close()
    assert names == ["postgres", "shuke", "template0", "template1"]


async def test_a_failed_restore_leaves_the_embedded_database_as_it_was(
    shop: Shop, embedded_server: EmbeddedServer
) -> None:
    made = await shop.back_up()
    await install(shop, made, embedded_server)
    whole = made.data.dump.read_bytes()
    made.data.dump.write_bytes(whole[: len(whole) * 3 // 4])
    rewrite_manifest(made.data.path)

    with pytest.raises(DatabaseProgramFailed):
        await install(shop, made_again(shop, made), embedded_server, is_replacing=True)

    kept = Database(embedded_server.url(APP_ROLE, DATABASE))
    assert await content_of(kept) == await content_of(shop.database)
    await kept.close()
    connection = await asyncpg.connect(embedded_server.url(SUPERUSER, "postgres"))
    names = await connection.fetch("select datname from pg_database where datname like 'shuke%'")
    await connection.close()
    assert [row["datname"] for row in names] == ["shuke"]


async def test_key_files_come_back_and_others_are_put_aside_only_when_it_is_said(
    shop: Shop, embedded_server: EmbeddedServer
) -> None:
    made = await shop.back_up()
    place = shop.settings.keys
    originals = {path.name: path.read_text() for path in place.iterdir()}
    shutil.rmtree(place)
    place.mkdir(mode=0o700)
    (place / "kek-1.key").write_text("another")

    with pytest.raises(KeysDiffer):
        await install(shop, made, embedded_server)
    assert [path.read_text() for path in place.iterdir()] == ["another"]

    await install(shop, made, embedded_server, is_replacing=True)
    assert {path.name: path.read_text() for path in place.glob("*.key")} == originals
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.glob("*.key")} == {0o600}
    assert [path.read_text() for path in place.glob("before-*/*")] == ["another"]
    mine = Database(embedded_server.url(APP_ROLE, DATABASE))
    async with mine.transaction() as session:
        await keys.open_keys(session, place)
    assert await names_in(mine) == SHOWN
    await mine.close()


async def test_other_keys_do_not_open_what_was_restored(shop: Shop, empty_database_urls: Urls, key_ring) -> None:
    other = await restored(shop, await shop.back_up(), empty_database_urls)
    keys.use(key_ring)

    with pytest.raises(SealBroken):
        await names_in(other)
    await other.close()


def test_a_keys_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupNotFound, match=r"none\.keys"), keys_archive.opened(tmp_path / "none.keys"):
        pass
