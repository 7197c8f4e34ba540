"""The real program under test: PostgreSQL with durable settings, `shuke web` and two `shuke worker`, each a process.

All of it lives in one folder of its own. The program reaches the database through one proxy, and clients reach the
program through another; both can lose an answer.
"""

import asyncio
import os
import pwd
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from socket import socket
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import httpx

from shuke.foundation import organization
from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.main.installation import open_installation, prepare_first_start
from shuke.people import members
from shuke.platform import clock, embedded, shop_clock
from shuke.platform.actor import Actor
from shuke.platform.db import Database
from shuke.platform.settings import Settings
from verification.ledger_state import LedgerState, read_state
from verification.proxies import database_proxy, web_proxy
from verification.services import Service

_MEMORY_MB = 256
_READY_WITHIN_S = 120
_QUIET_WITHIN_S = 60
_SOCKET = ".s.PGSQL.5432"


class Program:
    """The running program, with handles for whoever wants to disturb it."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        self.folder = folder
        self.server = embedded.EmbeddedServer(folder / "postgres", memory_mb=_MEMORY_MB)
        self.urls = embedded.Urls(app="", owner="")
        self.members: list[int] = []
        self.actor = ""
        self.token = ""
        self.zone = ZoneInfo("UTC")
        self._port = free_port()
        self._link = folder / "link"
        self.database_link = database_proxy(self.server.directory / _SOCKET)
        self.web_link = web_proxy(self._port)
        self.web = self._service("web", "web", "--port", str(self._port))
        self.workers = [self._service(f"worker-{number}", "worker") for number in range(1, workers + 1)]
        self._front_port = 0

    @property
    def address(self) -> str:
        """Where clients reach the program."""
        return f"http://127.0.0.1:{self._front_port}"

    @property
    def day(self) -> date:
        """The shop's present day."""
        return clock.business_day(clock.now(), self.zone)

    async def set_up(self, *, members_count: int) -> None:
        """Start the database, make the shop and its members, and somebody who may do everything."""
        await asyncio.to_thread(self.server.start)
        self.urls = await embedded.ensure_database(self.server)
        self._link.mkdir()
        await self.database_link.listen_at_path(self._link / _SOCKET)
        self._front_port = await self.web_link.listen_at_port()
        settings = Settings(
            data_directory=self.folder / "data", database_url=self.urls.app, database_owner_url=self.urls.owner,
            key_directory=None, _env_file=None,
        )  # fmt: skip
        async with open_installation(settings) as installation:
            await prepare_first_start(installation.database)
            async with installation.database.transaction() as session:
                self.zone = ZoneInfo((await organization.get_shop(session)).time_zone)
                people = [_person(number) for number in range(1, members_count + 1)]
                self.members = sorted(await members.resolve_or_create(session, people))
                self.token = await a_session_of(session, role="administrator")
        async with self.superuser() as connection:
            user_id = await connection.fetchval("select max(user_id) from staff_user")
        self.actor = Actor(kind="staff", id=user_id).name

    async def start(self) -> None:
        """Start web and workers, and wait until the web server answers."""
        for service in (self.web, *self.workers):
            service.start()
        await self.wait_until_ready()

    async def stop(self) -> None:
        """Stop everything, whatever state it is in."""
        for service in (*self.workers, self.web):
            await service.stop()
        await self.web_link.close()
        await self.database_link.close()
        await asyncio.to_thread(self.server.stop)

    async def wait_until_ready(self) -> None:
        """Wait until the web server says that it is ready. Raises RuntimeError."""
        started = time.monotonic()
        async with self.client() as client:
            while time.monotonic() - started < _READY_WITHIN_S:
                with suppress(httpx.TransportError):
                    if (await client.get("/readyz")).status_code == 200:
                        return
                await asyncio.sleep(0.2)
        raise RuntimeError(f"The program did not become ready; the end of its log:\n{self.tail('web')}")

    async def wait_until_quiet(self) -> None:
        """Wait until no transaction of the program runs any more. Raises RuntimeError."""
        started = time.monotonic()
        quiet = 0
        async with self.superuser() as connection:
            while time.monotonic() - started < _QUIET_WITHIN_S:
                busy = await connection.fetchval(
                    "select count(*) from pg_stat_activity where usename = $1 and state <> 'idle'", embedded.APP_ROLE
                )
                quiet = 0 if busy else quiet + 1
                if quiet == 10:
                    return
                await asyncio.sleep(0.1)
        raise RuntimeError("The program does not come to rest; some transaction still runs.")

    async def wait_until_nothing_is_due(self) -> None:
        """Let a worker begin on what is due, and wait until the ledger has done it. Raises RuntimeError."""
        async with self.superuser() as connection:
            if not await _count_due(connection):
                return
            await self.bring_schedules_forward(connection)
            self.workers[0].kill()
            started = time.monotonic()
            while time.monotonic() - started < _QUIET_WITHIN_S:
                if not await _count_due(connection):
                    return
                await asyncio.sleep(0.2)
        raise RuntimeError(f"What is due stays undone; the end of a worker's log:\n{self.tail('worker-1')}")

    async def bring_schedules_forward(self, connection: asyncpg.Connection) -> None:
        """The time has come for what the ledger and the levels do by themselves; a worker that starts finds it so."""
        await connection.execute(
            """
            update queue.pgqueuer_schedules set next_run = now(), status = 'queued'
            where entrypoint in ('ledger.due', 'checkout.judge_due_levels')
            """
        )

    async def read_ledger(self) -> LedgerState:
        """The ledger as it stands."""
        async with self.superuser() as connection:
            return await read_state(connection, self.actor)

    def client(self) -> httpx.AsyncClient:
        """A client of the program that is signed in."""
        return httpx.AsyncClient(
            base_url=self.address,
            headers={**CLIENT_HEADERS, "Accept-Language": "en"},
            cookies={"shuke_session": self.token},
            timeout=15,
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
        )

    @asynccontextmanager
    async def superuser(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection past the proxy, as the server's superuser."""
        connection = await embedded.connect(self.server.url(embedded.SUPERUSER, embedded.DATABASE))
        try:
            yield connection
        finally:
            await connection.close()

    async def crash_database(self) -> None:
        """Stop the database at once, as if its machine had lost power, and start it again."""
        await self._pg_ctl("stop", "-m", "immediate")
        await self._pg_ctl("start", "-l", str(self.server.directory / "server.log"))

    async def next_day(self) -> None:
        """Move the shop's clock on by a day; the processes follow in seconds."""
        database = Database(self.urls.app, pool_size=1)
        async with database.transaction() as session:
            await shop_clock.set_to(session, clock.now() + timedelta(days=1))
        await database.close()

    async def command(self, *words: str) -> tuple[int, str]:
        """Run one of the program's commands past the proxy; its exit code and what it said."""
        process = await asyncio.create_subprocess_exec(
            *(_program(), *words), cwd=self.folder, env=self._environment(self.urls.app),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode(errors="replace").strip()

    def tail(self, name: str, lines: int = 40) -> str:
        """The end of a process's log."""
        path = self.folder / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""

    def _service(self, name: str, *words: str) -> Service:
        address = f"postgresql://{embedded.APP_ROLE}@/{embedded.DATABASE}?host={self._link}"
        return Service(name, (_program(), *words), self._environment(address), self.folder)

    def _environment(self, database_url: str) -> Mapping[str, str]:
        # Nothing of the person's own installation: not its settings, not its `.env`.
        own = {name: value for name, value in os.environ.items() if not name.startswith("SHUKE_")}
        return {**own, "SHUKE_DATA_DIRECTORY": str(self.folder / "data"), "SHUKE_DATABASE_URL": database_url}

    def past_the_proxies(self, name: str, *words: str) -> Service:
        """A further process of the program, with nothing between it and the database."""
        return Service(name, (_program(), *words), self._environment(self.urls.app), self.folder)

    async def _pg_ctl(self, *words: str) -> None:
        owner = pwd.getpwuid(self.server.directory.stat().st_uid)
        is_other = owner.pw_uid != os.geteuid()
        as_owner: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if is_other else {}
        command = [str(embedded.PROGRAMS / "pg_ctl"), "-w", "-t", "60", "-D", str(self.server.directory), *words]
        # The server inherits these; a pipe would stay open for as long as it runs.
        nothing = subprocess.DEVNULL
        await asyncio.to_thread(
            lambda: subprocess.run(
                command, cwd="/", stdin=nothing, stdout=nothing, stderr=nothing, check=True, **as_owner
            )
        )


@asynccontextmanager
async def running_program(folder: Path, *, members_count: int, workers: int) -> AsyncIterator[Program]:
    """The program in a folder, set up and started; stopped afterwards, whatever happens."""
    program = Program(folder, workers=workers)
    try:
        await program.set_up(members_count=members_count)
        await program.start()
        yield program
    finally:
        await program.stop()


async def _count_due(connection: asyncpg.Connection) -> int:
    found: int = await connection.fetchval("select count(*) from ledger_account where due_at <= $1", clock.now())
    return found


def _person(number: int) -> members.NewMember:
    identity = members.NewIdentity(kind="external", source="till", value=str(number))
    return members.generated_member(str(number), identity)


def _program() -> str:
    return str(Path(sys.executable).with_name("shuke"))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port: int = finder.getsockname()[1]
        return port
