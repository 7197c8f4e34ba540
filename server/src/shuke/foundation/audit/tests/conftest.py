"""A trail to look at, and the owner of the database, who can change what the program cannot."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlsplit

import asyncpg
import pytest

from shuke.foundation.audit import actions
from shuke.foundation.audit.queries import chain
from shuke.platform import clock, embedded
from shuke.platform.audit import audit
from shuke.platform.db import Database, Session, copy_rows
from shuke.platform.testing import TestServer

_COLUMNS = ("at", "wall_at", "actor", "action", "object_kind", "object_id", "trace_id", "details")


async def write_lines(session: Session, count: int, *, days_ago: int = 0) -> None:
    """So many lines at once."""
    at = clock.wall() - timedelta(days=days_ago)
    rows = [
        (at, at, f"staff:{place % 7}", "PATCH /v1/members/{member}", "members", str(place), f"trace-{place}", "{}")
        for place in range(count)
    ]
    await copy_rows(session, audit, _COLUMNS, rows)


async def seal_once(database: Database) -> None:
    """Let the sealer come round once."""
    async with database.transaction() as session:
        await actions.seal(session)


async def seal_all(database: Database) -> None:
    """Let the sealer come round until nothing waits; older transactions anywhere on the server are waited for."""
    for _ in range(600):
        await seal_once(database)
        async with database.transaction() as session:
            if not (await chain.state(session)).unsealed:
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the trail could not be sealed within thirty seconds")


@pytest.fixture
async def owner(database: Database, test_server: TestServer) -> AsyncIterator[asyncpg.Connection]:
    """The superuser's connection to the same database."""
    connection = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    yield connection
    await connection.close()
