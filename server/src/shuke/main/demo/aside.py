"""Another shop, made in a second database beside the present one; and the moment in which it takes its place.

Whatever is cut off before the two are renamed, in one transaction, leaves the present shop as it was. What lies about
afterwards is thrown away when the next one is made.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg

from shuke.main.backup import physical
from shuke.main.installation import bring_up_to_date, open_at, prepare_first_start
from shuke.main.progress import Advance
from shuke.platform import audit, embedded
from shuke.platform.actor import SYSTEM
from shuke.platform.embedded import DATABASE, SUPERUSER, EmbeddedServer
from shuke.platform.settings import Settings

from .carrying import carry_staff
from .choosing import Demonstration, Wanted, prepare
from .errors import ProgramRuns, ShopIsReal
from .shops import IS_OWN

_NEXT = "shuke_next"
_FORGET = (
    "drop database if exists shuke_next with (force)",
    "drop database if exists shuke_before with (force)",
)
_OTHERS = "select count(*) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()"
_END_OTHERS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = any($1::text[]) and pid <> pg_backend_pid()
"""


async def make(settings: Settings, wanted: Wanted, on_progress: Callable[[Advance], None]) -> None:
    """Make the other shop in its second database. In a process of its own: keys and clock are the process's."""
    with _joined(settings) as server:
        await forget(server)
        urls = await embedded.ensure_database(server, _NEXT)
        await bring_up_to_date(urls)
        async with open_at(urls, settings) as installation:
            if wanted != "empty":
                which = Demonstration(wanted)
                await prepare(
                    installation.worker_database,
                    settings.demo_day,
                    which=which,
                    members=settings.demo_members,
                    on_progress=on_progress,
                )
            await prepare_first_start(installation.database, settings)
            async with installation.database.transaction() as session:
                await audit.record(session, SYSTEM, "demo.switched", "shop", 1, {"to": wanted})


async def put_in_place(settings: Settings, *, ends_others: bool) -> None:
    """Carry the staff over and let the second database take the first one's place.

    `ends_others`: whether connections that are left may be ended. Raises ProgramRuns and ShopIsReal; then nothing has
    changed.
    """
    with _joined(settings) as server:
        async with _connected(server, DATABASE) as present, _connected(server, _NEXT) as following:
            # Preparing takes minutes, and the shop goes on meanwhile: one that was empty may be somebody's by now.
            if await present.fetchval(IS_OWN):
                raise ShopIsReal
            await carry_staff(present, following)
        async with _connected(server, "postgres") as admin:
            if ends_others:
                await admin.fetch(_END_OTHERS, [DATABASE, _NEXT])
            try:
                async with admin.transaction():
                    await admin.execute("alter database shuke rename to shuke_before")
                    await admin.execute("alter database shuke_next rename to shuke")
            except asyncpg.ObjectInUseError:
                raise ProgramRuns from None
        await forget(server)


async def require_nobody(settings: Settings) -> None:
    """Raises ProgramRuns where a program uses the present database."""
    with _joined(settings) as server:
        async with _connected(server, "postgres") as admin:
            if await admin.fetchval(_OTHERS, DATABASE):
                raise ProgramRuns


async def forget(server: EmbeddedServer) -> None:
    """Throw away what an earlier attempt, or the shop before, has left."""
    async with _connected(server, "postgres") as admin:
        for statement in _FORGET:
            await admin.execute(statement)


class _joined:  # noqa: N801 — reads as the phrase it is: `with _joined(settings)`
    """The embedded server, for as long as the block runs; one that runs already is joined."""

    def __init__(self, settings: Settings) -> None:
        self._server = physical.embedded_server(settings)

    def __enter__(self) -> EmbeddedServer:
        self._server.start()
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.stop()


@asynccontextmanager
async def _connected(server: EmbeddedServer, database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await embedded.connect(server.url(SUPERUSER, database))
    try:
        yield connection
    finally:
        await connection.close()
