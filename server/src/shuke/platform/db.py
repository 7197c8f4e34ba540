"""The database: one transaction per request or job, opened and committed only at the edges.

Modules take a `Session` and run statements in it. They never commit; `Database.transaction` does, for
`platform/http` (a request), `platform/jobs` (a job step) and `main` (a command).
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any, cast

import asyncpg
import orjson
from sqlalchemy import MetaData, Table, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Session = AsyncConnection

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


class Database:
    """A pool of connections to one database as one role.

    `statement_timeout_s` bounds a single statement (0: no bound, for bulk work); waiting for a lock is always
    bounded, so that a stuck transaction elsewhere becomes an honest 409 and not a hanging till.
    """

    def __init__(
        self, url: str, *, pool_size: int = 16, statement_timeout_s: int = 10, lock_timeout_s: int = 3
    ) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=10,
            # Values of statements may be personal; they must not reach logs through error messages.
            hide_parameters=True,
            json_serializer=dump_json,
            json_deserializer=orjson.loads,
            connect_args={
                "server_settings": {
                    "application_name": "shuke",
                    "timezone": "UTC",
                    "statement_timeout": str(statement_timeout_s * 1000),
                    "lock_timeout": str(lock_timeout_s * 1000),
                    "idle_in_transaction_session_timeout": "60000",
                },
            },
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self.engine.begin() as session:
            yield session

    @asynccontextmanager
    async def advisory_lock(self, name: str) -> AsyncIterator[bool]:
        """A lock by name for as long as the block runs, on a connection of its own; False when another has it.

        The server frees it when this process dies. The name is hashed to the server's 64-bit lock numbers.
        """
        number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        async with self.engine.connect() as connection:
            lock = await connection.execution_options(isolation_level="AUTOCOMMIT")
            is_mine = bool(await lock.scalar(select(func.pg_try_advisory_lock(number))))
            try:
                yield is_mine
            finally:
                if is_mine:
                    await lock.execute(select(func.pg_advisory_unlock(number)))

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


# Serialization failure, deadlock, lock not to be had in time.
_CONTENTION_STATES = {"40001", "40P01", "55P03"}


def is_contention(error: BaseException) -> bool:
    """Whether a transaction failed only because another one was in its way, so that trying again is right."""
    return sqlstate(error) in _CONTENTION_STATES


def sqlstate(error: BaseException) -> str | None:
    """The server's code of a database error, raised by the driver itself or wrapped by SQLAlchemy."""
    found = error.orig if isinstance(error, DBAPIError) else error
    state: str | None = getattr(found, "sqlstate", None)
    return state


def sqlalchemy_url(url: str) -> str:
    """A `postgresql://` address as SQLAlchemy wants it for asyncpg."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1).replace("postgres://", "postgresql+asyncpg://", 1)


def dump_json(value: Any) -> str:
    """JSON text as it is stored: compact, keys in the order given."""
    return orjson.dumps(value).decode()


async def raw(session: Session) -> asyncpg.Connection:
    """The driver's own connection inside the session's transaction, for COPY and for measured hot paths."""
    adapted = cast(Any, session.sync_connection).connection.dbapi_connection
    driver = cast(asyncpg.Connection, adapted.driver_connection)
    if not driver.is_in_transaction():
        # SQLAlchemy sends BEGIN with its first statement only; without one, the driver's work would commit by itself.
        # Asking its adapter saves the statement that would otherwise be sent for nothing.
        await adapted._start_transaction()
    return driver


async def copy_rows(session: Session, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows by COPY. JSON columns take the text that `dump_json` makes."""
    driver = await raw(session)
    await driver.copy_records_to_table(table.name, records=rows, columns=list(columns), schema_name=table.schema)


async def take_ids(session: Session, sequence: str, count: int) -> list[int]:
    """A block of ids from a sequence, ascending."""
    driver = await raw(session)
    rows = await driver.fetch("select nextval($1::regclass) as id from generate_series(1, $2)", sequence, count)
    return [row["id"] for row in rows]
