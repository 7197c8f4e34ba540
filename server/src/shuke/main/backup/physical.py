"""Any minute of the last seven days, for the embedded server: base backups, and the log that follows them.

    physical/log/<segment>.gz                 every segment of the write-ahead log, as the server finished it
    physical/20261122T184100.123Z.base/       base.tar.gz, pg_wal.tar.gz, backup_manifest, and their SHA-256

Base backups and log hold everything, wrapped keys too, so they live for seven days like a keys archive.
"""

import asyncio
import os
import pwd
import shlex
import shutil
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg
import orjson

from shuke.platform import clock, embedded
from shuke.platform.embedded import SUPERUSER, EmbeddedDatabaseError, EmbeddedServer
from shuke.platform.settings import Settings

from . import folder, programs
from .errors import (
    BackupDamaged,
    BackupNotFound,
    DatabaseInUse,
    DatabaseNotEmpty,
    LogNotKept,
    MomentNotReached,
)

_FOLDER = "physical"
_LOG = "log"
_BASE = ".base"
_DIGESTS = "sha256.json"
_SERVER_LOG = "server.log"
_UNREACHED = (b"before configured recovery target", b"before consistent recovery point")
_SEGMENT_AT_LEAST_EVERY_S = 60
# A segment is packed beside its place and moved there when it is on the disk. One that is there already was kept
# before a crash could be noted; the server asks again, and only the very same bytes may be taken for it.
_KEEP = (
    'f={log}/%f.gz; if test -e "$f"; then gzip -dc "$f" | cmp -s - "%p"; '
    'else gzip -c < "%p" > "$f.part" && {{ sync "$f.part" || sync; }} && mv "$f.part" "$f"; fi'
)
_FETCH = 'gzip -dc {log}/%f.gz > "%p"'
_RECOVERY_SETTINGS = "postgresql.auto.conf"


def embedded_server(settings: Settings) -> EmbeddedServer:
    """The installation's embedded server, which keeps its log if the settings say so. Not started."""
    directory = settings.data_directory / "postgres"
    if settings.backup_wal:
        return KeepingServer(directory, memory_mb=settings.database_memory_mb, log=log_of(settings.backups))
    return EmbeddedServer(directory, memory_mb=settings.database_memory_mb)


def log_of(directory: Path) -> Path:
    """Where the log lies in a backup directory."""
    return (directory / _FOLDER / _LOG).resolve()


class KeepingServer(EmbeddedServer):
    """An embedded server that keeps every finished segment of its log."""

    def __init__(self, directory: Path, *, memory_mb: int, log: Path, durable: bool = True) -> None:
        super().__init__(directory, memory_mb=memory_mb, durable=durable)
        self._log = log

    def _write_configuration(self) -> None:
        self._log.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._system_user is not None:
            account = pwd.getpwnam(self._system_user)
            os.chown(self._log, account.pw_uid, account.pw_gid)
            for parent in self._log.parents:
                mode = parent.stat().st_mode
                if not mode & 0o001:
                    # The server may pass through to its log; listing stays as it was.
                    parent.chmod(mode | 0o001)
        super()._write_configuration()

    def _parameters(self, socket_directory: Path) -> dict[str, str]:
        return {
            **super()._parameters(socket_directory),
            "archive_mode": "on",
            "archive_command": _command(_KEEP, self._log).replace("'", "''"),
            "archive_timeout": f"{_SEGMENT_AT_LEAST_EVERY_S}s",
        }


@dataclass(frozen=True)
class BaseBackup:
    """A base backup in its place."""

    path: Path

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name.removesuffix(_BASE)

    @property
    def begun_at(self) -> datetime:
        """When it was begun; the log is kept from here on."""
        return folder.moment_of(self.name)

    @property
    def log(self) -> Path:
        """The log that follows it."""
        return self.path.parent / _LOG


def list_bases(directory: Path) -> list[BaseBackup]:
    """The base backups of a backup directory, newest first."""
    found = (directory / _FOLDER).glob(f"*{_BASE}")
    return [BaseBackup(path) for path in sorted(found, reverse=True) if not path.name.startswith(".")]


def find_base(directory: Path, wanted: str, until: datetime | None) -> BaseBackup:
    """A base backup by name or path, or the newest that was begun before a moment. Raises BackupNotFound."""
    bases = list_bases(directory)
    if wanted == folder.NEWEST:
        before = [base for base in bases if until is None or base.begun_at < until]
        if not before:
            raise BackupNotFound(where=directory / _FOLDER)
        return before[0]
    path = Path(wanted)
    known = [base for base in bases if base.name == wanted.removesuffix(_BASE)]
    if not known and not (path.name.endswith(_BASE) and path.is_dir()):
        raise BackupNotFound(where=wanted)
    return known[0] if known else BaseBackup(path)


async def make_base(server: EmbeddedServer, directory: Path) -> BaseBackup:
    """Make a base backup of the running embedded server, and delete bases and log whose time is over.

    Raises BackupRunning, LogNotKept and DatabaseProgramFailed.
    """
    url = server.url(SUPERUSER, "postgres")
    connection = await embedded.connect(url)
    try:
        if await connection.fetchval("show archive_mode") != "on":
            raise LogNotKept
    finally:
        await connection.close()
    with folder.alone(directory / _FOLDER):
        try:
            return await _make_base(url, directory / _FOLDER)
        finally:
            prune(directory)


async def _make_base(url: str, directory: Path) -> BaseBackup:
    place = directory / f"{folder.name_of(clock.wall())}{_BASE}"
    made = folder.part(directory, place.name)
    address = programs.address_of(url)
    await programs.run(
        "pg_basebackup",
        *("--format=tar", "--gzip", "--wal-method=stream", "--checkpoint=fast", "--no-password"),
        *(f"--pgdata={programs.absolute(made)}", f"--dbname={address.url}"),
        environment=address.environment,
    )
    await asyncio.to_thread(_publish, made, place)
    return BaseBackup(place)


def _publish(made: Path, place: Path) -> None:
    digests = {path.name: folder.sha256_of(path) for path in sorted(made.iterdir())}
    (made / _DIGESTS).write_bytes(orjson.dumps(digests))
    folder.publish(made, place)


def prune(directory: Path) -> None:
    """Delete what is older than seven days: bases, what a restore put aside, and log before the oldest base."""
    oldest_kept = clock.wall() - folder.KEYS_LIVE
    for base in list_bases(directory):
        if base.begun_at < oldest_kept:
            shutil.rmtree(base.path)
    for aside in directory.glob(f"{_FOLDER}.before-*"):
        if folder.moment_of(aside.name.partition("before-")[2]) < oldest_kept:
            shutil.rmtree(aside)
    bases = list_bases(directory)
    needed_from = bases[-1].begun_at if bases else oldest_kept
    for segment in log_of(directory).glob("*.gz"):
        if segment.stat().st_mtime < needed_from.timestamp():
            segment.unlink()


async def restore_until(base: BaseBackup, until: datetime | None, settings: Settings, *, is_replacing: bool) -> None:
    """Bring the embedded server to a moment (None: to the end of the log), beside the present one; then swap.

    Raises DatabaseInUse, DatabaseNotEmpty, BackupDamaged and MomentNotReached; then nothing has changed.
    """
    place = settings.data_directory / "postgres"
    if EmbeddedServer(place, memory_mb=settings.database_memory_mb).is_running():
        raise DatabaseInUse
    if (place / "PG_VERSION").exists() and not is_replacing:
        raise DatabaseNotEmpty(database=place)
    fresh = place.with_name(f"{place.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        await asyncio.to_thread(_unpack, base, fresh)
        await _recover(base, until, fresh, settings.database_memory_mb)
        _swap(fresh, place)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    # From here on the server writes another history; its log may not meet the old one under the same names.
    physical = settings.backups / _FOLDER
    if physical.exists():
        physical.rename(physical.with_name(f"{_FOLDER}.before-{folder.name_of(clock.wall())}"))


def _unpack(base: BaseBackup, fresh: Path) -> None:
    try:
        for file, digest in orjson.loads((base.path / _DIGESTS).read_bytes()).items():
            if folder.sha256_of(base.path / file) != digest:
                raise BackupDamaged(name=base.name, file=file)
        for archive, target in (("base.tar.gz", fresh), ("pg_wal.tar.gz", fresh / "pg_wal")):
            with tarfile.open(base.path / archive) as packed:
                packed.extractall(target, filter="data")
        # What the server had beside its data when the base was made: its lock and its own words.
        for file in (*fresh.glob(".s.PGSQL.*"), fresh / _SERVER_LOG):
            file.unlink(missing_ok=True)
    except (OSError, EOFError, tarfile.TarError, orjson.JSONDecodeError):
        raise BackupDamaged(name=base.name, file=_DIGESTS) from None


async def _recover(base: BaseBackup, until: datetime | None, fresh: Path, memory_mb: int) -> None:
    kept = (fresh / _RECOVERY_SETTINGS).read_text(encoding="utf-8")
    server = _RecoveringServer(fresh, memory_mb=memory_mb, base=base, until=until)
    try:
        server.start()
        await _until_promoted(server)
    except (OSError, EmbeddedDatabaseError, asyncpg.PostgresError, asyncpg.InterfaceError):
        # It goes down where the log ends before the moment; its log says so, in English under every locale of ours.
        said = _log_of_server(fresh)
        if any(words in said for words in _UNREACHED):
            raise MomentNotReached(until=until, base=base.begun_at) from None
        raise programs.failed("postgres", said) from None
    finally:
        server.stop()
    (fresh / _RECOVERY_SETTINGS).write_text(kept, encoding="utf-8")


def _log_of_server(directory: Path) -> bytes:
    file = directory / _SERVER_LOG
    return file.read_bytes() if file.exists() else b""


async def _until_promoted(server: EmbeddedServer) -> None:
    while True:
        connection = await embedded.connect(server.url(SUPERUSER, "postgres"))
        try:
            if not await connection.fetchval("select pg_is_in_recovery()"):
                return
        finally:
            await connection.close()
        await asyncio.sleep(0.2)


def _swap(fresh: Path, place: Path) -> None:
    replaced = place.with_name(f"{place.name}.replaced")
    shutil.rmtree(replaced, ignore_errors=True)
    if place.exists():
        place.rename(replaced)
    fresh.rename(place)
    shutil.rmtree(replaced, ignore_errors=True)


class _RecoveringServer(EmbeddedServer):
    """A server on an unpacked base backup that follows the kept log to a moment, and opens there."""

    def __init__(self, directory: Path, *, memory_mb: int, base: BaseBackup, until: datetime | None) -> None:
        super().__init__(directory, memory_mb=memory_mb)
        self._base = base
        self._until = until

    def _write_configuration(self) -> None:
        super()._write_configuration()
        lines = {"restore_command": _command(_FETCH, self._base.log.resolve()), "recovery_target_action": "promote"}
        if self._until is not None:
            lines["recovery_target_time"] = self._until.isoformat()
        with (self.directory / _RECOVERY_SETTINGS).open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in lines.items())
        (self.directory / "recovery.signal").touch()
        self.directory.chmod(0o700)
        if self._system_user is not None:
            account = pwd.getpwnam(self._system_user)
            for path in (self.directory, *self.directory.rglob("*")):
                os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _command(pattern: str, log: Path) -> str:
    """A command for the server, which gives `%` a meaning of its own."""
    return pattern.format(log=shlex.quote(str(log).replace("%", "%%")))
