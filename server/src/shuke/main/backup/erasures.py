"""Who was erased, one line each, beside the backups: a database that is restored does not know of later erasures.

The lines hold ids and member numbers, never a name. They are kept as long as the backup directory is.
"""

import os
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.people import rights
from shuke.people.rights import Erasure, ErasureJournal
from shuke.platform import migrate, module
from shuke.platform.db import Session, dump_json, raw, sqlalchemy_url
from shuke.platform.settings import settings

_FILE = "erasures.jsonl"

# Works on every release's tables: whoever has no key any more cannot be read.
_DESTROY = """
    delete from vault.member_key where member_id in (
        select member.member_id from member
        join unnest($1::bigint[], $2::text[]) as erased (member_id, number) using (member_id, number)
    )
"""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    member_id: int
    member_ids: list[int]
    numbers: list[str]
    request_id: int | None
    because: rights.Because
    erased_at: datetime
    actor: str
    certificate: dict[str, Any]


def read(directory: Path) -> list[Erasure]:
    """Every erasure that was written down, oldest first; a line that was cut off is left out."""
    try:
        lines = (directory / _FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found: dict[str, Erasure] = {}
    for line in lines:
        try:
            entry = _Line.model_validate_json(line)
        except ValidationError:
            continue
        found.setdefault(entry.code, Erasure(**entry.model_dump()))
    return list(found.values())


def add(directory: Path, erasures: Iterable[Erasure]) -> None:
    """Add lines. One write to a file opened for appending, on the disk before it returns."""
    lines = [_Line.model_validate({**vars(one)}).model_dump_json() for one in erasures]
    if not lines:
        return
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(directory / _FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        # A line that a crash cut off must not swallow the next one.
        size = os.fstat(handle).st_size
        gap = "" if size == 0 or os.pread(handle, 1, size - 1) == b"\n" else "\n"
        os.write(handle, (gap + "\n".join(lines) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


async def replay(owner_url: str, directory: Path) -> int:
    """Erase again in a restored database whom the journal knows: how many people it still had.

    Their keys go first, whatever release the database is of. The rest goes where its tables are ours and the modules
    are at hand, and otherwise when the program runs on it next (`rights.keep_journal`).
    """
    erasures = read(directory)
    if not erasures:
        return 0
    destroyed = await _destroy_keys(owner_url, erasures)
    async with _session(owner_url) as session:
        if module.installed() and await migrate.is_current(session):
            return await rights.replay(session, erasures)
    return destroyed


async def find_readable(session: Session, directory: Path) -> list[int]:
    """Those whom the journal knows as erased, and whose key is in this database all the same."""
    erasures = read(directory)
    driver = await raw(session)
    ids, numbers = _pairs(erasures, await _numbers(driver, erasures))
    rows = await driver.fetch(
        """
        select member_id from vault.member_key join member using (member_id)
        join unnest($1::bigint[], $2::text[]) as erased (member_id, number) using (member_id, number)
        """,
        ids,
        numbers,
    )
    return [row["member_id"] for row in rows]


async def _destroy_keys(owner_url: str, erasures: Sequence[Erasure]) -> int:
    connection = await asyncpg.connect(owner_url)
    try:
        ids, numbers = _pairs(erasures, await _numbers(connection, erasures))
        status: str = await connection.execute(_DESTROY, ids, numbers)
        return int(status.rsplit(maxsplit=1)[-1])
    finally:
        await connection.close()


async def _numbers(connection: asyncpg.Connection, erasures: Sequence[Erasure]) -> dict[int, str]:
    ids = sorted({one for erasure in erasures for one in erasure.member_ids})
    rows = await connection.fetch("select member_id, number from member where member_id = any($1::bigint[])", ids)
    return {row["member_id"]: row["number"] for row in rows}


def _pairs(erasures: Sequence[Erasure], known: dict[int, str]) -> tuple[list[int], list[str]]:
    pairs = sorted(
        {(one, known[one]) for erasure in erasures for one in erasure.member_ids if known.get(one) in erasure.numbers}
    )
    return [one for one, _ in pairs], [number for _, number in pairs]


@asynccontextmanager
async def _session(owner_url: str) -> AsyncIterator[Session]:
    engine = create_async_engine(sqlalchemy_url(owner_url), poolclass=NullPool, json_serializer=dump_json)
    try:
        async with engine.begin() as session:
            yield session
    finally:
        await engine.dispose()


JOURNAL = ErasureJournal(read=lambda: read(settings().backups), add=lambda erasures: add(settings().backups, erasures))
