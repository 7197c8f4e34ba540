"""Rotation of the installation's keys, whole: which steps, in which order, for each kind of key."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from shuke.people.members import rekeying
from shuke.platform import keys
from shuke.platform.db import Database, Session, raw
from shuke.platform.keys import KeyStillNeeded, files, key_fingerprint, progress, rotation
from shuke.platform.keys.files import KeyKind
from shuke.platform.keys.rotation import OnProgress

# What began before everybody knew of a key may still write by the one before it.
_STILL_RUNNING = """
    select count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start < $1
"""


@dataclass(frozen=True, kw_only=True)
class KeyState:
    """A key of the installation, and how many things hang on it."""

    name: str
    kind: KeyKind
    version: int
    first_used_at: datetime
    is_newest: bool
    is_retired: bool
    # Wrapped data keys, or identities and words; None for keys that sign.
    rows: int | None


async def list_keys(session: Session, directory: Path) -> list[KeyState]:
    """Every key that the database remembers."""
    found = []
    rows = (await session.execute(select(key_fingerprint).order_by(key_fingerprint.c.name))).all()
    places = [(row, place) for row in rows if (place := files.read_name(row.name)) is not None]
    for row, (kind, version) in places:
        newest = max(other for _, (other_kind, other) in places if other_kind == kind)
        found.append(
            KeyState(
                name=row.name,
                kind=kind,
                version=version,
                first_used_at=row.first_used_at,
                is_newest=version == newest,
                is_retired=files.is_retired(directory, row.name),
                rows=await _rows_of(session, kind, version),
            )
        )
    return found


async def rotate(database: Database, directory: Path, kind: KeyKind, on_progress: OnProgress | None = None) -> str:
    """Make the next key of a kind and carry over to it; its file name. The old one stays until it is retired.

    Raises KeysUnreadable and RotationRunning; what was begun is taken up by `carry_over`, and by the worker.
    """
    async with database.transaction() as session:
        name = await rotation.add_key(session, directory, kind)
    await carry_over(database, on_progress)
    return name


async def carry_over(database: Database, on_progress: OnProgress | None = None) -> int:
    """Carry over to the newest keys what is not yet; how many things. Raises RotationRunning."""
    # This process looks at the key files as all others do.
    await asyncio.sleep(keys.LOOK_EVERY_S + 0.1)
    done = await rotation.rewrap(database, on_progress)
    return done + await rekeying.reindex(database, on_progress)


async def retire(database: Database, directory: Path, name: str) -> None:
    """Take a key out of use for good, when nothing needs it any more. Raises KeyNotFound and KeyStillNeeded."""
    kind, version = rotation.require_retirable(directory, name)
    async with database.transaction() as session:
        await _require_nobody_before(session, kind, name)
        rows = await _rows_of(session, kind, version)
        if rows:
            raise KeyStillNeeded(name=name, rows=rows)
        files.retire(directory, name)
    if kind == "index":
        # Once nobody writes by it any more, what it made can go.
        await asyncio.sleep(rekeying.SETTLE_S)
        await rekeying.drop_older_index(database)


async def list_progress(session: Session) -> list[progress.Progress]:
    """How far every carrying over is, or was when it ended."""
    return await progress.list_all(session)


async def _rows_of(session: Session, kind: KeyKind, version: int) -> int | None:
    if kind == "kek":
        return await rotation.count_wrapped_by(session, version)
    return await rekeying.count_indexed_by(session, version) if kind == "index" else None


async def _require_nobody_before(session: Session, kind: KeyKind, name: str) -> None:
    rows = (await session.execute(select(key_fingerprint.c.name, key_fingerprint.c.first_used_at))).all()
    same = [(place[1], row.first_used_at) for row in rows if (place := files.read_name(row.name)) and place[0] == kind]
    everybody_knows = max(same)[1] + timedelta(seconds=rekeying.SETTLE_S)
    running = await (await raw(session)).fetchval(_STILL_RUNNING, everybody_knows)
    if running:
        raise KeyStillNeeded(name=name, rows=running)
