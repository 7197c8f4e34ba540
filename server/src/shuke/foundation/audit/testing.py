"""Builders for tests: a trail to look at, and its sealing."""

import asyncio
from datetime import timedelta

from shuke.platform import clock
from shuke.platform.audit import audit
from shuke.platform.db import Database, Session, copy_rows

from . import actions
from .queries import chain

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
