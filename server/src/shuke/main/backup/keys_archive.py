"""The keys archive: everything that may not live long, in one file that only its owner can read.

keys/<name>              the key files of the installation
tables/<schema.table>    rows that hold wrapped keys, as COPY writes them
uploads/<name>           files that still wait to be imported; they hold what people bought
manifest.json            SHA-256 of each, and the columns of each table
"""

import shutil
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shuke.platform import clock
from shuke.platform.keys import KeysMissing, files
from shuke.platform.settings import Settings

from . import folder
from .errors import BackupDamaged, BackupNotFound, KeysDiffer
from .folder import KeysBackup

_COLUMNS = """
    select array_agg(attname::text order by attnum)
    from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
"""


class CopiedTable(BaseModel):
    """A table whose rows are in the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    columns: list[str] = Field(min_length=1)
    rows: int


class KeysManifest(BaseModel):
    """What a keys archive says about itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    tables: list[CopiedTable]
    files: Mapping[str, str]


@dataclass(frozen=True)
class OpenKeys:
    """A keys archive unpacked and checked, in a directory that goes away."""

    name: str
    directory: Path
    manifest: KeysManifest

    @property
    def key_files(self) -> list[Path]:
        """The key files."""
        return sorted((self.directory / "keys").glob("*"))

    @property
    def uploads(self) -> list[Path]:
        """The files that wait to be imported."""
        return sorted((self.directory / "uploads").glob("*"))

    def rows_of(self, table: CopiedTable) -> Path:
        """The file with a table's rows."""
        return self.directory / "tables" / table.name


async def copy_table(connection: asyncpg.Connection, table: str, work: Path) -> CopiedTable:
    """Write a table's rows into the folder of an archive that is being made."""
    columns = await connection.fetchval(_COLUMNS, table)
    target = work / "tables" / table
    target.parent.mkdir(exist_ok=True)
    schema, name = table.split(".")
    status = await connection.copy_from_table(name, schema_name=schema, columns=columns, output=target)
    return CopiedTable(name=table, columns=columns, rows=int(status.split()[-1]))


async def known_key_files(connection: asyncpg.Connection) -> list[str]:
    """The key files that the database was sealed with."""
    return [row["name"] for row in await connection.fetch("select name from key_fingerprint order by name")]


def pack(
    work: Path, directory: Path, name: str, tables: Sequence[CopiedTable], known: Sequence[str], settings: Settings
) -> KeysBackup:
    """Add key files and waiting uploads to the folder, and publish it as one file. Raises KeysMissing."""
    for file in known:
        # Of a retired key the mark goes along: a database restored from before still names the key.
        if not (settings.keys / file).is_file() and not files.is_retired(settings.keys, file):
            raise KeysMissing(name=file, directory=settings.keys)
    _copy_files(settings.keys, work / "keys")
    _copy_files(settings.uploads, work / "uploads")
    digests = {
        str(path.relative_to(work)): folder.sha256_of(path) for path in sorted(work.rglob("*")) if path.is_file()
    }
    manifest = KeysManifest(tables=list(tables), files=digests)
    (work / folder.MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    place = folder.place_keys(directory, name)
    made = folder.part(directory, place.name)
    # Made private before anything is in it.
    made.touch(mode=0o600, exist_ok=False)
    with tarfile.open(made, mode="w") as archive:
        for member in (folder.MANIFEST, *digests):
            archive.add(work / member, arcname=member)
    shutil.rmtree(work)
    folder.publish(made, place)
    return KeysBackup(place)


@contextmanager
def opened(path: Path) -> Iterator[OpenKeys]:
    """Unpack an archive and check every file, for as long as the block runs. Raises BackupNotFound, BackupDamaged."""
    if not path.is_file():
        raise BackupNotFound(where=path)
    with TemporaryDirectory(prefix="shuke-keys-") as made:
        unpacked = Path(made)
        try:
            with tarfile.open(path) as archive:
                archive.extractall(unpacked, filter="data")
            manifest = KeysManifest.model_validate_json((unpacked / folder.MANIFEST).read_bytes())
        except (OSError, EOFError, tarfile.TarError, ValidationError):
            raise BackupDamaged(name=path.name, file=folder.MANIFEST) from None
        found = {str(file.relative_to(unpacked)) for file in unpacked.rglob("*") if file.is_file()}
        for file in sorted({*manifest.files, *found} - {folder.MANIFEST}):
            if file not in found or folder.sha256_of(unpacked / file) != manifest.files.get(file):
                raise BackupDamaged(name=path.name, file=file)
        yield OpenKeys(path.name.removesuffix(".keys"), unpacked, manifest)


def require_room(keys: OpenKeys, directory: Path, *, is_replacing: bool) -> None:
    """Whether the key files may go to a directory. Raises KeysDiffer."""
    if not (is_replacing or _is_free(directory) or _holds(keys, directory)):
        raise KeysDiffer(directory=directory)


def put_keys_back(keys: OpenKeys, directory: Path) -> None:
    """Put the key files in their place; others that lie there are put aside, and never deleted."""
    if _holds(keys, directory):
        return
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put_aside(directory)
    for file in keys.key_files:
        _write(file, directory)


def put_uploads_back(keys: OpenKeys, settings: Settings) -> None:
    """Put files that wait to be imported where imports look for them."""
    for file in keys.uploads:
        settings.uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(file, settings.uploads)


def _write(file: Path, directory: Path) -> None:
    aside = directory / f".{file.name}.part"
    aside.touch(mode=0o600)
    shutil.copyfile(file, aside)
    folder.publish(aside, directory / file.name)


def _put_aside(directory: Path) -> None:
    others = _files(directory)
    if others:
        # A folder of its own each time: a key file that is overwritten is lost for good.
        aside = directory / f"before-{folder.name_of(clock.wall())}"
        aside.mkdir(mode=0o700)
        for file in others:
            file.rename(aside / file.name)


def _is_free(directory: Path) -> bool:
    return not _files(directory)


def _holds(keys: OpenKeys, directory: Path) -> bool:
    return all(
        (directory / file.name).is_file() and (directory / file.name).read_bytes() == file.read_bytes()
        for file in keys.key_files
    )


def _files(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.is_file() and not path.name.startswith("."))


def _copy_files(source: Path, target: Path) -> None:
    target.mkdir(mode=0o700)
    for file in _files(source):
        try:
            shutil.copyfile(file, target / file.name)
        except FileNotFoundError:
            continue  # an upload whose import has just ended
