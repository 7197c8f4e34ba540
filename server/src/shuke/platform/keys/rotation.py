"""Exchanging keys while the program runs: make the next key, carry over what hangs on the old one, retire the old.

Nothing here holds a row for longer than its update, and readers never wait: a wrapped key is exchanged only where it
is still the one that was read. A run that is killed is taken up where it was.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, RowMapping, bindparam, func, literal, select, tuple_

from shuke.platform.db import Database, Session
from shuke.platform.module import contributions

from . import files, progress
from .errors import KeyNotFound, KeyStillNeeded, RotationRunning
from .files import KeyKind
from .opening import remember, ring
from .places import WrappedColumn
from .progress import Progress
from .wrapping import WrappedKey

CHUNK = 2_000
REWRAP_LOCK = "keys.rewrap"
OnProgress = Callable[[Progress], None]


async def add_key(session: Session, directory: Path, kind: KeyKind) -> str:
    """Make the next key of a kind; its file name. Running processes use it within seconds. Raises KeysUnreadable."""
    name, secret = files.make_next(directory, kind)
    await remember(session, directory, {name: secret})
    return name


async def rewrap(database: Database, on_progress: OnProgress | None = None) -> int:
    """Wrap every data key with the newest key-encryption key; how many were wrapped anew. Raises RotationRunning."""
    async with database.advisory_lock(REWRAP_LOCK) as is_mine:
        if not is_mine:
            raise RotationRunning
        done = 0
        for place in contributions(WrappedColumn):
            done += await _rewrap_place(database, place, on_progress)
        return done


async def count_wrapped_otherwise(session: Session) -> dict[str, int]:
    """How many data keys the newest key-encryption key does not wrap yet, by place."""
    return {
        place.name: (
            await session.execute(select(func.count()).select_from(place.table).where(*_waiting(place)))
        ).scalar_one()
        for place in contributions(WrappedColumn)
    }


async def count_wrapped_by(session: Session, version: int) -> int:
    """How many data keys a version of the key-encryption key wraps."""
    total = 0
    for place in contributions(WrappedColumn):
        mine = (place.table.c[place.version] == version, func.length(place.table.c[place.wrapped]) > 0)
        total += (await session.execute(select(func.count()).select_from(place.table).where(*mine))).scalar_one()
    return total


def require_retirable(directory: Path, name: str) -> tuple[KeyKind, int]:
    """Kind and version of a key that another one has followed. Raises KeyNotFound and KeyStillNeeded."""
    place = files.read_name(name)
    if place is None or not (directory / name).exists():
        raise KeyNotFound(name=name)
    kind, version = place
    if version == max(getattr(files.sort(files.read_all(directory)), kind)):
        raise KeyStillNeeded(name=name, rows=0)
    return place


async def _rewrap_place(database: Database, place: WrappedColumn, on_progress: OnProgress | None) -> int:
    done = 0
    # A process that learns of the new key a moment later may write behind us; so again until nothing is left.
    while True:
        async with database.transaction() as session:
            count = select(func.count()).select_from(place.table).where(*_waiting(place))
            waiting = (await session.execute(count)).scalar_one()
            if not waiting:
                return done
            at = await progress.take_up(session, "kek", place.name, ring().version, waiting)
        while at.finished_at is None:
            before = at.done
            at = await _rewrap_chunk(database, place, at)
            done += at.done - before
            if on_progress is not None:
                on_progress(at)


async def _rewrap_chunk(database: Database, place: WrappedColumn, at: Progress) -> Progress:
    table, key = place.table, list(place.table.primary_key.columns)
    statement = select(*key, table.c[place.wrapped], table.c[place.version]).where(*_waiting(place))
    if at.last_key is not None:
        last = (literal(value, one.type) for one, value in zip(key, at.last_key, strict=True))
        statement = statement.where(tuple_(*key) > tuple_(*last))
    async with database.transaction() as session:
        rows = (await session.execute(statement.order_by(*key).limit(CHUNK))).mappings().all()
    # Outside of any transaction: the key-encryption key may be kept by a service elsewhere.
    contexts = [place.context(row) for row in rows]
    stored = [WrappedKey(row[place.wrapped], row[place.version]) for row in rows]
    opened = await ring().unwrap(list(zip(stored, contexts, strict=True)))
    fresh = await ring().wrap(opened, contexts) if rows else []
    async with database.transaction() as session:
        await _exchange(session, place, rows, fresh)
        last_key = [rows[-1][one.name] for one in key] if len(rows) == CHUNK else None
        return await progress.note(session, at, done=len(rows), last_key=last_key)


async def _exchange(
    session: Session, place: WrappedColumn, rows: Sequence[RowMapping], fresh: Sequence[WrappedKey]
) -> None:
    """Write keys as they are wrapped now; where a row is not what was read any more, whoever was faster counts."""
    if not rows:
        return
    table, key = place.table, list(place.table.primary_key.columns)
    statement = (
        table.update()
        .where(*(one == bindparam(f"the_{one.name}") for one in key))
        .where(table.c[place.wrapped] == bindparam("the_old"))
        .values({place.wrapped: bindparam("the_new"), place.version: bindparam("the_version")})
    )
    values = [
        {
            **{f"the_{one.name}": row[one.name] for one in key},
            "the_old": row[place.wrapped],
            "the_new": made.wrapped,
            "the_version": made.version,
        }
        for row, made in zip(rows, fresh, strict=True)
    ]
    await session.execute(statement, values)


def _waiting(place: WrappedColumn) -> tuple[ColumnElement[bool], ...]:
    return (place.table.c[place.version] != ring().version, func.length(place.table.c[place.wrapped]) > 0)
