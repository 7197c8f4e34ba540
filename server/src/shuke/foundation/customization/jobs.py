"""Building and dropping the indexes of fields while everybody goes on working.

An index is made CONCURRENTLY, so that nobody who writes waits for it. That cannot run inside a transaction or a
function, and only the role that owns a table may index it: so this work has a connection of its own as the owner.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import structlog

from shuke.platform import jobs
from shuke.platform.embedded import OWNER_ROLE
from shuke.platform.module import contributions
from shuke.platform.settings import settings

from .actions import note_index
from .extensions import CustomRecords
from .queries import list_fields
from .rules.fields import Field
from .rules.indexes import expression, index_name

logger = structlog.get_logger("shuke.custom_fields")

_EVERY_S = 0.5
_PROGRESS = """
    select coalesce(100 * blocks_done / nullif(blocks_total, 0), 0)::int
    from pg_stat_progress_create_index where pid = $1
"""
_IS_VALID = "select indisvalid from pg_index where indexrelid = to_regclass($1)"
# Two at once would wait for each other's snapshots. Who waits for a turn must not hold a snapshot either: so it asks
# again, and never waits inside the server.
_ONE_AT_A_TIME = "select pg_try_advisory_lock(hashtext('custom_fields.index'))"


class OwnerNeeded(RuntimeError):
    """The worker does not know the address of the role that owns the tables."""


async def bring_index(payload: dict[str, Any]) -> None:
    """Make or drop the index of a field, as its state asks for. Runs as often as one likes."""
    field = await _find(payload["field_id"])
    if field is None or field.index_state not in ("building", "dropping"):
        return
    try:
        async with _owner() as owner:
            while not await owner.fetchval(_ONE_AT_A_TIME):  # noqa: ASYNC110 — the other may be in another process
                await asyncio.sleep(_EVERY_S)
            await _bring(owner, field)
    except OwnerNeeded:
        await _note(field, "failed", problem="owner_needed")
    except (asyncpg.PostgresError, OSError) as error:
        logger.warning("index of a custom field failed", field=field.key, kind=type(error).__name__)
        await _note(field, "failed", problem="database")


async def _bring(owner: asyncpg.Connection, field: Field) -> None:
    is_wanted = field.index_state == "building"
    for records in contributions(CustomRecords):
        name = index_name(records.table, field)
        is_valid = await owner.fetchval(_IS_VALID, name)
        if is_valid is not None and not (is_wanted and is_valid):
            await owner.execute(f"drop index concurrently if exists {name}")  # allow: built-sql — our own fixed names
        if is_wanted and not is_valid:
            await _build(owner, records, field, name)
            # Until then the planner knows nothing of how the values of an expression are spread.
            await owner.execute(f"analyze {records.table}")  # allow: built-sql — our own fixed names
    await _note(field, "ready" if is_wanted else "none", progress=100 if is_wanted else 0)


async def _build(owner: asyncpg.Connection, records: CustomRecords, field: Field, name: str) -> None:
    what = f"using gin ({expression(field)} jsonb_path_ops)"
    if field.kind != "choices":
        what = f"({expression(field)}, {records.id_column})"
    telling = asyncio.create_task(_tell_progress(field, owner.get_server_pid()))
    try:
        statement = f"create index concurrently {name} on {records.table} {what}"  # allow: built-sql — our own names
        await owner.execute(statement)
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling


async def _tell_progress(field: Field, pid: int) -> None:
    """Note every half second how far the server is; another connection as the owner may see that."""
    async with _owner() as watcher:
        while True:
            await asyncio.sleep(_EVERY_S)
            done = await watcher.fetchval(_PROGRESS, pid)
            if done is not None:
                await _note(field, "building", progress=min(done, 99))


async def _find(field_id: int) -> Field | None:
    async with jobs.transaction() as session:
        fields = await list_fields(session, with_archived=True)
    return next((field for field in fields if field.id == field_id), None)


async def _note(field: Field, state: str, *, progress: int = 0, problem: str | None = None) -> None:
    async with jobs.transaction() as session:
        await note_index(session, field.id, expected=field.index_state, state=state, progress=progress, problem=problem)


@asynccontextmanager
async def _owner() -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(
        _owner_url(), server_settings={"application_name": "shuke-custom-fields", "timezone": "UTC"}
    )
    try:
        yield connection
    finally:
        await connection.close()


def _owner_url() -> str:
    """The database as its owner. The embedded server lets both roles in from the same place."""
    given = settings().database_owner_url
    if given:
        return given
    if settings().database_url is not None:
        raise OwnerNeeded
    parts = urlsplit(jobs.database().url)
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(parts.username or "", OWNER_ROLE, 1)))
