"""Opening the keys for a database, and the key ring of this process."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Column, DateTime, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session, metadata

from . import files
from .errors import KeysExchanged, KeysNotOpened
from .key_ring import KeyRing, Watch
from .wrapping import FileKeyEncryption, KeyEncryption

key_fingerprint = Table(
    "key_fingerprint",
    metadata,
    Column("name", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("first_used_at", DateTime(timezone=True), nullable=False),
)

_ring: KeyRing | None = None


def use(opened: KeyRing | None) -> None:
    """Make a key ring the one of this process (None: close it)."""
    global _ring
    _ring = opened


def ring() -> KeyRing:
    """The key ring of this process. Raises KeysNotOpened."""
    if _ring is None:
        raise KeysNotOpened
    return _ring


async def open_keys(session: Session, directory: Path, *, service: KeyEncryption | None = None) -> KeyRing:
    """Open the key files for this database and make them the process's key ring. Call once at start, after migrating.

    Files are made only while the database has never sealed anything. `service` wraps data keys instead of the files.
    Raises KeysMissing, KeysExchanged, KeysExposed or KeysUnreadable; each says what to do.
    """
    known = {row.name: row.fingerprint for row in await session.execute(select(key_fingerprint))}
    found = files.open_files(directory, known)
    await remember(session, directory, found)
    secrets = files.sort(found)
    opened = KeyRing(service or FileKeyEncryption(secrets.kek), secrets, look=Watch(directory, secrets))
    use(opened)
    return opened


async def remember(session: Session, directory: Path, found: Mapping[str, bytes]) -> None:
    """Write down new fingerprints; when another process was first, its word counts. Raises KeysExchanged."""
    rows = [
        {"name": name, "fingerprint": files.fingerprint_of(name, secret), "first_used_at": clock.wall()}
        for name, secret in sorted(found.items())
    ]
    await session.execute(insert(key_fingerprint).values(rows).on_conflict_do_nothing())
    for row in await session.execute(select(key_fingerprint)):
        if row.name in found and files.fingerprint_of(row.name, found[row.name]) != row.fingerprint:
            raise KeysExchanged(name=row.name, directory=directory)


async def find_public_keys(session: Session) -> list[bytes]:
    """The public halves of all keys that ever signed, the newest last, as the database remembers them."""
    rows = await session.execute(select(key_fingerprint.c.name, key_fingerprint.c.fingerprint))
    signing = [(place[1], row.fingerprint) for row in rows if (place := _signing(row.name)) is not None]
    return [bytes.fromhex(public) for _, public in sorted(signing)]


async def find_public_key(session: Session) -> bytes | None:
    """The public half of the key that signs now, as the database remembers it: known where the key files are not."""
    known = await find_public_keys(session)
    return known[-1] if known else None


def _signing(name: str) -> tuple[files.KeyKind, int] | None:
    place = files.read_name(name)
    return place if place is not None and place[0] == "ledger" else None
