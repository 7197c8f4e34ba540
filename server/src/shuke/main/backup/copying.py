"""Makes a backup: data and keys of one snapshot, each published when it is whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import asyncpg

from shuke.main.health import DatabaseUnreachable
from shuke.platform import clock
from shuke.platform.settings import Settings

from . import facts, folder, keys_archive, programs
from .folder import DataBackup, KeysBackup


@dataclass(frozen=True)
class Made:
    """A backup that has just been made."""

    data: DataBackup
    keys: KeysBackup


async def make_backup(url: str, settings: Settings, directory: Path) -> Made:
    """Make a backup of a database in a directory, and delete those whose time is over.

    Raises BackupRunning, DatabaseUnreachable, ServerNewer, DatabaseProgramFailed and what the keys refuse. Where only
    the keys fail, the data backup is there all the same.
    """
    with folder.alone(directory):
        try:
            return await _make(url, settings, directory)
        finally:
            # Also after a failure: keys may not live longer because nothing new could be made.
            folder.prune(directory, keep_days=settings.backup_keep_days, keep_count=settings.backup_keep_count)


async def _make(url: str, settings: Settings, directory: Path) -> Made:
    made_at = clock.wall()
    name = folder.name_of(made_at)
    work = folder.part(directory, f"{name}.work")
    work.mkdir(mode=0o700)
    made = folder.part(directory, folder.place_data(directory, name).name)
    made.mkdir(mode=0o700)
    async with _snapshot(url) as (connection, snapshot):
        await _dump(url, snapshot, made / folder.DUMP)
        found = await facts.gather(connection)
        tables = [await keys_archive.copy_table(connection, table, work) for table in facts.KEYS_TABLES]
        known = await keys_archive.known_key_files(connection)
    await asyncio.to_thread(_describe, made, found, made_at.isoformat())
    await asyncio.to_thread(folder.publish, made, folder.place_data(directory, name))
    keys = await asyncio.to_thread(keys_archive.pack, work, directory, name, tables, known, settings)
    return Made(folder.read_data(folder.place_data(directory, name)), keys)


@asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[tuple[asyncpg.Connection, str]]:
    """A connection whose transaction sees one state, and the name by which another program may see the same."""
    unbounded = {"application_name": "shuke-backup", "timezone": "UTC"} | dict.fromkeys(
        ("statement_timeout", "idle_in_transaction_session_timeout"), "0"
    )
    try:
        connection = await asyncpg.connect(url, server_settings=unbounded)
    except (OSError, asyncpg.PostgresError):
        raise DatabaseUnreachable from None
    try:
        await facts.require_known_server(connection)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection, await connection.fetchval("select pg_export_snapshot()")
    finally:
        await connection.close()


async def _dump(url: str, snapshot: str, target: Path) -> None:
    address = programs.address_of(url)
    left_out = [f"--exclude-table-data={table}" for table in facts.KEYS_TABLES]
    await programs.run(
        "pg_dump",
        *("--format=custom", "--no-unlogged-table-data", "--no-password", f"--snapshot={snapshot}", *left_out),
        *(f"--file={programs.absolute(target)}", f"--dbname={address.url}"),
        environment=address.environment,
    )


def _describe(made: Path, found: facts.Facts, made_at: str) -> None:
    (made / folder.DUMP).chmod(0o600)
    manifest = folder.Manifest.model_validate(
        {
            **vars(found),
            "made_at": made_at,
            "program": version("shuke"),
            "files": {path.name: folder.sha256_of(path) for path in sorted(made.iterdir())},
        }
    )
    target = made / folder.MANIFEST
    target.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    target.chmod(0o600)
