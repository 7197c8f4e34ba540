"""Test fixtures on a real PostgreSQL: `session` rolls back, `database` is a fresh copy of the migrated template.

All test processes of a machine share one embedded server that lives in memory, or in the temporary directory where
there is too little of it, and is deleted when the last of them has gone. `SHUKE_TEST_DATABASE_URL` (as a superuser)
runs the tests on another server, `TMPDIR` keeps the embedded one in a folder of one's own.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.platform import clock, embedded, keys, log, migrate
from shuke.platform.db import Database, Session, dump_json, sqlalchemy_url
from shuke.platform.embedded import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedServer, Urls
from shuke.platform.keys import KeyRing

# Signs in only to throw-away databases of a test server.
_TEST_PASSWORD = "only-for-tests"  # noqa: S105 — guards nothing
_numbers = count(1)
# A database is a thousand small files; where nothing is written to a disk, copying one takes a quarter of the time.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 — the system's own name for it
_MEMORY_NEEDED = 3_000_000_000


@dataclass(frozen=True)
class TestServer:
    """Where test databases are made: the superuser's address of the server's own database."""

    __test__ = False

    superuser_url: str

    def superuser(self, database: str) -> str:
        """The address of a database, as the superuser."""
        parts = urlsplit(self.superuser_url)
        return urlunsplit(parts._replace(path=f"/{database}"))

    def urls(self, database: str) -> Urls:
        """The addresses of a database as the two roles."""
        return Urls(app=self._as(APP_ROLE, database), owner=self._as(OWNER_ROLE, database))

    def _as(self, role: str, database: str) -> str:
        parts = urlsplit(self.superuser_url)
        place = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{role}:{_TEST_PASSWORD}@{place}", path=f"/{database}"))

    async def clone(self, template: str) -> str:
        """A fresh database made from a template; the name."""
        name = f"shuke_test_{os.getpid()}_{next(_numbers)}"
        # Copied as files, nothing of it goes through the log.
        await self._admin(f'create database "{name}" template "{template}" owner {OWNER_ROLE} strategy file_copy')
        return name

    async def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        await self._admin(f'drop database if exists "{name}" with (force)')

    async def _admin(self, statement: str) -> None:
        connection = await embedded.connect(self.superuser_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio alone, as the program does."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    log.configure(level="warning", log_format="json")


@pytest.fixture(autouse=True)
def _shop_clock() -> Iterator[None]:
    yield
    clock.set_offset(timedelta(0))


@pytest.fixture(scope="session", autouse=True)
def key_ring() -> Iterator[KeyRing]:
    """Random keys for everything that tests seal; nobody keeps them."""
    ring = KeyRing.throwaway()
    keys.use(ring)
    yield ring
    keys.use(None)


@pytest.fixture(autouse=True)
def _keys(key_ring: KeyRing) -> Iterator[None]:
    """Every test leaves these keys behind, whatever it opened or closed: what a file's fixture seals next, opens."""
    yield
    keys.use(key_ring)


@pytest.fixture(scope="session")
def test_server() -> Iterator[TestServer]:
    """The server that all tests of this process use."""
    given = os.environ.get("SHUKE_TEST_DATABASE_URL")
    if given:
        yield TestServer(given)
        return
    folder = _place_for_databases() / f"shuke-tests-{os.geteuid()}"
    server = EmbeddedServer(folder / "postgres", memory_mb=512, durable=False, delete_after=True)
    server.start()
    yield TestServer(server.url(SUPERUSER, "postgres"))
    server.stop()


@pytest.fixture(scope="session")
def template_database(test_server: TestServer) -> str:
    """A migrated database to copy from, made once for each state of the migrations."""
    digest = _digest_of_migrations()
    name = f"shuke_template_{digest}"
    with _one_at_a_time(name):
        asyncio.run(_ensure_template(test_server, name))
    return name


@pytest.fixture(scope="session")
def worker_database(test_server: TestServer, template_database: str) -> Iterator[Urls]:
    """One database for all rolled-back tests of this process."""
    name = asyncio.run(test_server.clone(template_database))
    yield test_server.urls(name)
    asyncio.run(test_server.drop(name))


@pytest.fixture
async def session(worker_database: Urls, anyio_backend: str) -> AsyncIterator[Session]:
    """A transaction as the application role, rolled back after the test."""
    engine = create_async_engine(sqlalchemy_url(worker_database.app), poolclass=NullPool, json_serializer=dump_json)
    async with engine.connect() as connection:
        await connection.begin()
        yield connection
        await connection.rollback()
    await engine.dispose()


@pytest.fixture
async def database_urls(test_server: TestServer, template_database: str, anyio_backend: str) -> AsyncIterator[Urls]:
    """The addresses of a fresh migrated database, dropped after the test."""
    name = await test_server.clone(template_database)
    yield test_server.urls(name)
    await test_server.drop(name)


@pytest.fixture
async def database(database_urls: Urls) -> AsyncIterator[Database]:
    """A fresh migrated database as the application role, for tests that commit or run concurrently."""
    database = Database(database_urls.app)
    yield database
    await database.close()


@pytest.fixture
async def empty_database_urls(test_server: TestServer, anyio_backend: str) -> AsyncIterator[Urls]:
    """The addresses of a database without any table, dropped after the test."""
    connection = await embedded.connect(test_server.superuser_url)
    await embedded.ensure_roles(connection, _TEST_PASSWORD)
    await connection.close()
    name = await test_server.clone("template0")
    yield test_server.urls(name)
    await test_server.drop(name)


async def _ensure_template(server: TestServer, name: str) -> None:
    connection = await embedded.connect(server.superuser_url)
    try:
        await embedded.ensure_roles(connection, _TEST_PASSWORD)
        if await connection.fetchval("select 1 from pg_database where datname = $1", name):
            return
        building = f"{name}_{os.getpid()}"
        await connection.execute(
            f"create database \"{building}\" owner {OWNER_ROLE} template template0 encoding 'UTF8'"
        )
        try:
            await migrate.upgrade(server.urls(building).owner, APP_ROLE)
        except BaseException:
            await connection.execute(f'drop database "{building}" with (force)')
            raise
        await connection.execute(f'alter database "{building}" rename to "{name}"')
    except asyncpg.DuplicateDatabaseError:
        return
    finally:
        await connection.close()


def _place_for_databases() -> Path:
    temporary = Path(tempfile.gettempdir())
    if "TMPDIR" in os.environ or not os.access(_IN_MEMORY, os.W_OK):
        return temporary
    return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free > _MEMORY_NEEDED else temporary


def _digest_of_migrations() -> str:
    digest = hashlib.sha256()
    for path in sorted(migrate.MIGRATIONS.rglob("*")):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"{name}-{os.geteuid()}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
