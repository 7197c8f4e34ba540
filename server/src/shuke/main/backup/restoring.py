"""Chooses the database that a backup goes to, and swaps the embedded one only when all is well."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from shuke.main.health import DatabaseUnreachable
from shuke.platform import embedded, migrate
from shuke.platform.embedded import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, EmbeddedServer
from shuke.platform.settings import Settings

from . import erasures, facts, folder, keys_archive, loading
from .errors import (
    DatabaseInUse,
    DatabaseNotEmpty,
    KeysNeeded,
    ProgramOlder,
    RolesMissing,
    ServerOlder,
)
from .folder import DataBackup, Manifest
from .keys_archive import OpenKeys

# Beside the installation's database, which is called `shuke`.
_RESTORING = "shuke_restoring"
_MAKE_RESTORING = "create database shuke_restoring owner shuke_owner"
_FORGET_RESTORING = "drop database if exists shuke_restoring with (force)"
_FORGET_REPLACED = "drop database if exists shuke_replaced with (force)"

_IS_EMPTY = """
    select not exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    )
"""
_ROLES_THERE = """
    select array_agg(rolname::text) @> $1::text[] and bool_or(rolname = $2 and pg_has_role(oid, 'member'))
    from pg_roles where rolname = any($1::text[])
"""
_OTHERS = "select count(*) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()"


@dataclass(frozen=True)
class Source:
    """What is restored: a data backup that was checked, and a keys archive that was opened, or none."""

    backup: DataBackup
    keys: OpenKeys | None

    @property
    def manifest(self) -> Manifest:
        """The data backup's manifest."""
        return self.backup.manifest


@asynccontextmanager
async def open_source(backup: DataBackup, keys: Path | None) -> AsyncIterator[Source]:
    """Check every file of a backup before anything is touched. Raises BackupDamaged, ProgramOlder, BackupNotFound."""
    if backup.manifest.schema_head > (migrate.newest() or ""):
        raise ProgramOlder(schema=backup.manifest.schema_head, newest=migrate.newest())
    await asyncio.to_thread(folder.check_files, backup)
    with nullcontext() if keys is None else keys_archive.opened(keys) as opened:
        yield Source(backup, opened)


def choose_keys(backup: DataBackup, given: Path | None, *, is_without: bool) -> Path | None:
    """The keys archive to use: the given one, or the newest beside the backup. Raises KeysNeeded.

    The newest, because who was erased since the backup has no key in it any more, and stays unreadable.
    """
    if given is not None or is_without:
        return given
    beside = folder.list_keys(backup.path.parent)
    if not beside:
        raise KeysNeeded
    return beside[0].path


async def restore_into(source: Source, owner_url: str) -> None:
    """Fill an empty database of any server.

    Raises DatabaseUnreachable, DatabaseNotEmpty, RolesMissing, ServerOlder and what loading refuses.
    """
    try:
        connection = await asyncpg.connect(owner_url)
    except (OSError, asyncpg.PostgresError):
        raise DatabaseUnreachable from None
    try:
        await _require_able(connection, source.manifest)
        if not await connection.fetchval(_IS_EMPTY):
            raise DatabaseNotEmpty(database=await connection.fetchval("select current_database()"))
    finally:
        await connection.close()
    await asyncio.to_thread(loading.load, source.backup, source.keys, owner_url)


async def restore_embedded(source: Source, server: EmbeddedServer, *, is_replacing: bool) -> None:
    """Fill a fresh database of the running embedded server, and let it take the place of the installation's.

    Raises DatabaseNotEmpty, DatabaseInUse, RolesMissing, ServerOlder and what loading refuses; then nothing has
    changed.
    """
    if (source.manifest.owner_role, source.manifest.app_role) != (OWNER_ROLE, APP_ROLE):
        raise RolesMissing(owner=source.manifest.owner_role, app=source.manifest.app_role)
    if not (is_replacing or await _is_embedded_empty(server)):
        raise DatabaseNotEmpty(database=DATABASE)
    admin = await embedded.connect(server.url(SUPERUSER, "postgres"))
    try:
        if await admin.fetchval(_OTHERS, DATABASE):
            raise DatabaseInUse
        # What a killed restore left behind, before or after its swap.
        await admin.execute(_FORGET_RESTORING)
        await admin.execute(_FORGET_REPLACED)
        await admin.execute(_MAKE_RESTORING)
        try:
            await restore_into(source, server.url(OWNER_ROLE, _RESTORING))
            await erasures.replay(server.url(OWNER_ROLE, _RESTORING), source.backup.path.parent)
            await _swap(admin)
        except BaseException:
            await admin.execute(_FORGET_RESTORING)
            raise
        await admin.execute(_FORGET_REPLACED)
    finally:
        await admin.close()


async def restore_installation(
    source: Source, settings: Settings, server: EmbeddedServer, *, is_replacing: bool
) -> None:
    """Restore the embedded database and the key files that belong to it. Raises KeysDiffer and what is said above."""
    if source.keys is not None:
        keys_archive.require_room(source.keys, settings.keys, is_replacing=is_replacing)
    await restore_embedded(source, server, is_replacing=is_replacing)
    if source.keys is not None:
        keys_archive.put_keys_back(source.keys, settings.keys)
        keys_archive.put_uploads_back(source.keys, settings)


async def restore_elsewhere(source: Source, settings: Settings, owner_url: str, *, is_replacing: bool) -> None:
    """Restore into an empty database of another server, and the key files that belong to it.

    `is_replacing` is about key files; a database of another server is never replaced.
    """
    if source.keys is not None:
        keys_archive.require_room(source.keys, settings.keys, is_replacing=is_replacing)
    await restore_into(source, owner_url)
    await erasures.replay(owner_url, source.backup.path.parent)
    if source.keys is not None:
        keys_archive.put_keys_back(source.keys, settings.keys)
        keys_archive.put_uploads_back(source.keys, settings)


async def _swap(admin: asyncpg.Connection) -> None:
    try:
        async with admin.transaction():
            await admin.execute("alter database shuke rename to shuke_replaced")
            await admin.execute("alter database shuke_restoring rename to shuke")
    except asyncpg.ObjectInUseError:
        raise DatabaseInUse from None


async def _is_embedded_empty(server: EmbeddedServer) -> bool:
    connection = await embedded.connect(server.url(SUPERUSER, DATABASE))
    try:
        return bool(await connection.fetchval(_IS_EMPTY))
    finally:
        await connection.close()


async def _require_able(connection: asyncpg.Connection, manifest: Manifest) -> None:
    await facts.require_known_server(connection)
    found = await facts.server_version(connection)
    if found < int(manifest.server):
        raise ServerOlder(backup=manifest.server, server=found)
    if not await connection.fetchval(_ROLES_THERE, [manifest.owner_role, manifest.app_role], manifest.owner_role):
        raise RolesMissing(owner=manifest.owner_role, app=manifest.app_role)
