"""How far rotations are: written down with every chunk, so that whoever takes the work up goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, SmallInteger, Table, Text, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert

from shuke.platform import clock
from shuke.platform.db import Session, metadata

RotationKind = Literal["kek", "index", "data"]

key_rotation = Table(
    "key_rotation",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("version", SmallInteger, nullable=False),
    Column("done", BigInteger, nullable=False, server_default=text("0")),
    Column("total", BigInteger, nullable=False),
    Column("last_key", JSONB, nullable=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    CheckConstraint("kind in ('kek', 'index', 'data')", name="kind"),
)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one place is with one version."""

    kind: RotationKind
    place: str
    version: int
    done: int
    total: int
    last_key: Sequence[Any] | None
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None

    @property
    def rate(self) -> float:
        """Rows a second so far."""
        return self.done / max((self.updated_at - self.started_at).total_seconds(), 0.001)


async def take_up(session: Session, kind: RotationKind, place: str, version: int, total: int) -> Progress:
    """The progress of a place with a version: where it was left, or the beginning when it never was or had ended."""
    found = await find(session, kind, place)
    if found is not None and found.version == version and found.finished_at is None:
        return found
    now = clock.wall()
    row: dict[str, Any] = {
        "kind": kind,
        "place": place,
        "version": version,
        "done": 0,
        "total": total,
        "last_key": None,
        "started_at": now,
        "updated_at": now,
        "finished_at": None,
    }
    new = insert(key_rotation).values(row)
    await session.execute(new.on_conflict_do_update(index_elements=["kind", "place"], set_=row))
    return Progress(**row)


async def note(session: Session, progress: Progress, *, done: int, last_key: Sequence[Any] | None) -> Progress:
    """Write down what a chunk did, in its transaction; no last key: the place is finished."""
    now = clock.wall()
    changes: dict[str, Any] = {
        "done": progress.done + done,
        "total": max(progress.total, progress.done + done),
        "last_key": None if last_key is None else list(last_key),
        "updated_at": now,
        "finished_at": now if last_key is None else None,
    }
    mine = (key_rotation.c.kind == progress.kind, key_rotation.c.place == progress.place)
    await session.execute(key_rotation.update().where(*mine).values(changes))
    return Progress(**{**vars(progress), **changes})


async def find(session: Session, kind: RotationKind, place: str) -> Progress | None:
    """The newest progress of a place."""
    query = select(key_rotation).where(key_rotation.c.kind == kind, key_rotation.c.place == place)
    row = (await session.execute(query)).mappings().first()
    return None if row is None else Progress(**row)


async def list_all(session: Session) -> list[Progress]:
    """The newest progress of every place."""
    rows = await session.execute(select(key_rotation).order_by(key_rotation.c.kind, key_rotation.c.place))
    return [Progress(**row) for row in rows.mappings()]
