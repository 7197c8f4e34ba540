"""The backup directory: what lies there, how it gets there whole, and when it goes.

    20261122T184100.123Z.data/      manifest.json, database.dump
    20261122T184100.123Z.keys       one file, readable by its owner alone
    physical/                       base backups and the log of the embedded server, see `physical`
    journal.jsonl                   what ran and how it ended, see `journal`

What is being made has a name that begins with a dot and ends in `.part`; it gets its name when it is whole and on
the disk. A part that a killed program left is cleared away by the next run.
"""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from shuke.platform import clock

from .errors import BackupDamaged, BackupNotFound, BackupRunning

KEYS_LIVE = timedelta(days=7)
MANIFEST = "manifest.json"
DUMP = "database.dump"
NEWEST = "newest"
_DATA = ".data"
_KEYS = ".keys"
_NAME = re.compile(r"\d{8}T\d{6}\.\d{3}Z")


class Manifest(BaseModel):
    """What a data backup says about itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    made_at: datetime
    program: str
    schema_head: str
    server: str
    owner_role: str
    app_role: str
    # Rows by table, and the SHA-256 over the heads of all accounts of the ledger: of the dump's own snapshot.
    rows: Mapping[str, int]
    ledger_heads: str
    # SHA-256 by file name.
    files: Mapping[str, str]


@dataclass(frozen=True)
class DataBackup:
    """A data backup in its place, with a manifest that can be read."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The name that it shares with the keys archive of the same run."""
        return self.path.name.removesuffix(_DATA)

    @property
    def dump(self) -> Path:
        """The dump of the database."""
        return self.path / DUMP

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.stat().st_size for file in self.path.iterdir())


@dataclass(frozen=True)
class KeysBackup:
    """A keys archive in its place."""

    path: Path

    @property
    def name(self) -> str:
        """The name that it shares with the data backup of the same run."""
        return self.path.name.removesuffix(_KEYS)

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return moment_of(self.name)

    @property
    def ends_at(self) -> datetime:
        """When it is deleted."""
        return self.made_at + KEYS_LIVE


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Nobody else makes a backup in the directory while the block runs. Raises BackupRunning.

    The kernel frees the lock when its holder dies, so what lies half-made then has no maker any more.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRunning(directory=directory) from None
        _clear_parts(directory)
        yield
    finally:
        os.close(handle)


def is_running(directory: Path) -> bool:
    """Whether a backup is being made."""
    lock = directory / ".lock"
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def name_of(moment: datetime) -> str:
    """The name of what is made at a moment."""
    return f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z"


def moment_of(name: str) -> datetime:
    """The moment in a name."""
    return datetime.strptime(name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)


def part(directory: Path, name: str) -> Path:
    """Where something lies while it is being made."""
    return directory / f".{name}.part"


def place_data(directory: Path, name: str) -> Path:
    """Where a data backup lies."""
    return directory / f"{name}{_DATA}"


def place_keys(directory: Path, name: str) -> Path:
    """Where a keys archive lies."""
    return directory / f"{name}{_KEYS}"


def publish(made: Path, place: Path) -> None:
    """Give what is whole its name, after everything has reached the disk."""
    for path in (*made.rglob("*"), made) if made.is_dir() else (made,):
        _sync(path)
    made.rename(place)
    _sync(place.parent)


def list_data(directory: Path) -> list[DataBackup]:
    """The data backups, newest first. One whose manifest cannot be read is none."""
    found = []
    for path in _named(directory, _DATA):
        try:
            found.append(read_data(path))
        except BackupDamaged:
            continue
    return found


def list_keys(directory: Path) -> list[KeysBackup]:
    """The keys archives, newest first."""
    return [KeysBackup(path) for path in _named(directory, _KEYS)]


def find_data(directory: Path, wanted: str) -> DataBackup:
    """A data backup by its name, its path, or `newest`. Raises BackupNotFound and BackupDamaged."""
    if wanted == NEWEST:
        paths = _named(directory, _DATA)
        if not paths:
            raise BackupNotFound(where=directory)
        return read_data(paths[0])
    for path in (place_data(directory, wanted.removesuffix(_DATA)), Path(wanted)):
        if path.is_dir():
            return read_data(path)
    raise BackupNotFound(where=wanted)


def read_data(path: Path) -> DataBackup:
    """The data backup at a path. Raises BackupDamaged."""
    try:
        return DataBackup(path, Manifest.model_validate_json((path / MANIFEST).read_bytes()))
    except (OSError, ValidationError):
        raise BackupDamaged(name=path.name, file=MANIFEST) from None


def check_files(backup: DataBackup) -> None:
    """Hold every file of a data backup against the manifest. Raises BackupDamaged."""
    for file, digest in backup.manifest.files.items():
        path = backup.path / file
        if not path.is_file() or sha256_of(path) != digest:
            raise BackupDamaged(name=backup.name, file=file)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prune(directory: Path, *, keep_days: int, keep_count: int) -> None:
    """Delete data backups beyond both bounds, and keys archives that have lived for seven days."""
    now = clock.wall()
    for path in _named(directory, _DATA)[keep_count:]:
        if moment_of(path.name.removesuffix(_DATA)) < now - timedelta(days=keep_days):
            # Renamed first: half a backup must not be seen as one, whenever this is cut off.
            gone = part(directory, path.name)
            path.rename(gone)
            shutil.rmtree(gone)
    for keys in list_keys(directory):
        if keys.ends_at <= now:
            keys.path.unlink()


def _named(directory: Path, suffix: str) -> list[Path]:
    found = [path for path in directory.glob(f"*{suffix}") if _NAME.fullmatch(path.name.removesuffix(suffix))]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _clear_parts(directory: Path) -> None:
    for path in directory.glob(".*.part"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
