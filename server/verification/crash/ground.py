"""The ground that runs stand on: a throw-away server, and a database for each run, copied from one that is set up."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from shuke.platform import embedded, migrate
from shuke.platform.embedded import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedServer

_ALONE_WITHIN_S = 30.0
_SESSIONS = "select count(*) from pg_stat_activity where datname = $1"
_ROOM = 4 * 1024**3


@dataclass(frozen=True)
class Ground:
    """A server, and the folder where the program keeps its keys."""

    server: EmbeddedServer
    data_directory: Path

    def app_url(self, database: str) -> str:
        """The address of a database as the application's role."""
        return self.server.url(APP_ROLE, database)

    @asynccontextmanager
    async def superuser(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
        """A connection as the server's superuser."""
        connection = await embedded.connect(self.server.url(SUPERUSER, database))
        try:
            yield connection
        finally:
            await connection.close()

    async def make_empty(self, name: str) -> None:
        """A database with the newest schema and nothing in it."""
        async with self.superuser() as connection:
            await embedded.ensure_roles(connection)
            await connection.execute(f'create database "{name}" owner {OWNER_ROLE} template template0 encoding UTF8')
        await migrate.upgrade(self.server.url(OWNER_ROLE, name), APP_ROLE)

    async def copy(self, template: str, name: str) -> None:
        """A database that is the same as another, to which nobody is connected."""
        async with self.superuser() as connection:
            # Copying files is the quicker way here: the server keeps nothing for after a power cut.
            await connection.execute(
                f'create database "{name}" owner {OWNER_ROLE} template "{template}" strategy file_copy'
            )

    async def drop(self, name: str) -> None:
        """Remove a database."""
        async with self.superuser() as connection:
            await connection.execute(f'drop database if exists "{name}" with (force)')

    async def wait_until_left(self, name: str) -> None:
        """Wait until the server has noticed that whoever was connected is dead, and has ended their transactions."""
        async with self.superuser() as connection, asyncio.timeout(_ALONE_WITHIN_S):
            # The server tells nobody when a session has gone.
            while await connection.fetchval(_SESSIONS, name):  # noqa: ASYNC110 — see above
                await asyncio.sleep(0.002)


@contextmanager
def a_ground() -> Iterator[Ground]:
    """A server of our own in a temporary folder. Processes die here, the server does not: it need not be durable."""
    with tempfile.TemporaryDirectory(dir=_memory(), prefix="shuke-crash-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder) / "postgres", memory_mb=256, durable=False, delete_after=True)
        server.start()
        try:
            yield Ground(server, Path(folder) / "data")
        finally:
            server.stop()


def _memory() -> Path | None:
    """Where the machine offers a folder in memory with room enough, that: databases are copied all the time."""
    folder = Path("/dev/shm")
    if not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < _ROOM:
        return None
    return folder
