"""Schema migrations: Alembic on an asyncpg connection, one migrator at a time, never waiting long for a lock.

Migrations are hand-written SQL under `server/migrations/versions`; they run as the role that owns the tables.
"""

import asyncio
import re
from typing import cast

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.op import get_bind, get_context
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import AdaptedConnection, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from shuke.platform.db import sqlalchemy_url
from shuke.platform.settings import REPOSITORY

MIGRATIONS = REPOSITORY / "server" / "migrations"

_MIGRATOR_LOCK = 4_242_001
_TRIES = 60
_ROLE_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class MigrationError(RuntimeError):
    """The schema cannot be brought up to date; the message says what to do."""


async def upgrade(owner_url: str, app_role: str) -> None:
    """Bring the schema up to date as the owner role; `app_role` receives the application's rights.

    A table that stays locked by a long transaction is tried again for a minute; each migration is a transaction
    of its own. Raises MigrationError.
    """
    if not _ROLE_NAME.fullmatch(app_role):
        raise MigrationError(f"The role name {app_role!r} must be lower-case letters, digits and underscores.")
    settings = {"application_name": "shuke-migrate", "lock_timeout": "1000", "timezone": "UTC"}
    engine = create_async_engine(
        sqlalchemy_url(owner_url), poolclass=NullPool, connect_args={"server_settings": settings}
    )
    try:
        async with engine.connect() as connection:
            await _take_turn(connection)
            for attempt in range(_TRIES):
                try:
                    await connection.run_sync(_upgrade, app_role)
                except DBAPIError as error:
                    if not _is_lock_timeout(error) or attempt == _TRIES - 1:
                        raise
                    await connection.rollback()
                    await asyncio.sleep(1)
                else:
                    return
    finally:
        await engine.dispose()


async def current(connection: AsyncConnection) -> str | None:
    """The revision that the database is at; None before the first migration."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def is_current(connection: AsyncConnection) -> bool:
    """Whether the database is at the newest revision that this program knows."""
    return await current(connection) == newest()


def newest() -> str | None:
    """The newest revision that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def run_sql(script: str) -> None:
    """Run several SQL statements in one go, inside a migration."""

    async def execute(driver: asyncpg.Connection) -> None:
        await driver.execute(script)

    connection = cast(AdaptedConnection, get_bind().connection.dbapi_connection)
    connection.run_async(execute)


def app_role() -> str:
    """The application's role, inside a migration."""
    return str(get_context().opts["app_role"])


async def _take_turn(connection: AsyncConnection) -> None:
    taken = text("select pg_try_advisory_lock(:key)")
    for _ in range(_TRIES * 10):
        if (await connection.execute(taken, {"key": _MIGRATOR_LOCK})).scalar_one():
            # The lock belongs to the connection; end the transaction, so that migrations open their own.
            await connection.commit()
            return
        await connection.commit()
        await asyncio.sleep(1)
    raise MigrationError("Another program has been migrating this database for ten minutes. See what it waits for.")


def _upgrade(connection: Connection, app_role: str) -> None:
    config = _config()
    config.attributes.update(connection=connection, app_role=app_role)
    command.upgrade(config, "head")
    connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _is_lock_timeout(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == "55P03"
