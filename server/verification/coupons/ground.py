"""The ground: a durable database, several web processes, very many members, and templates with few coupons."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx

from shuke.loyalty.coupons.rush.tickets import new_ticket
from shuke.loyalty.coupons.testing import a_template
from shuke.platform import clock, keys
from shuke.platform.db import Database
from verification.program import Program, free_port
from verification.services import Service

_READY_WITHIN_S = 300
_RUSH = {"is_open": True, "is_rush": True}


class Ground:
    """The running program, with handles for whoever wants to disturb it."""

    def __init__(self, program: Program, database: Database, webs: Sequence[Service], ports: Sequence[int]) -> None:
        self.program = program
        self.database = database
        self.webs = webs
        self.ports = ports

    @property
    def members(self) -> Sequence[int]:
        """Who may come."""
        return self.program.members

    async def template(self, code: str, *, stock: int) -> int:
        """A template with a limited stock, one for each member; its id."""
        issuing = {"stock": stock, "limits": [{"most": 1}], "claiming": _RUSH}
        async with self.database.transaction() as session:
            return await a_template(session, code, issuing=issuing)

    def ticket(self, template_id: int, member_id: int) -> str:
        """A ticket, signed with the keys of the shop."""
        now = clock.now()
        return new_ticket(template_id, member_id, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=9))

    def first_error(self) -> str:
        """The first line of the web processes' logs that tells of a failure of their own."""
        for web in self.webs:
            for line in self.program.tail(web.name, lines=100_000).splitlines():
                if '"level": "error"' in line:
                    return line
        return "no log tells why"

    async def wait_until_ready(self) -> None:
        """Wait until every web process answers. Raises RuntimeError."""
        started = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            for web, port in zip(self.webs, self.ports, strict=True):
                while not await _is_ready(client, port):
                    if time.monotonic() - started > _READY_WITHIN_S:
                        raise RuntimeError(f"{web.name} does not become ready:\n{self.program.tail(web.name)}")
                    await asyncio.sleep(0.2)


@asynccontextmanager
async def running_ground(folder: Path, *, members: int, processes: int) -> AsyncIterator[Ground]:
    """The ground in a folder; everything on it is ended afterwards, whatever happens."""
    program = Program(folder, workers=0)
    webs: list[Service] = []
    database: Database | None = None
    try:
        await program.set_up(members_count=members)
        database = Database(program.urls.app, pool_size=4)
        async with database.transaction() as session:
            await keys.open_keys(session, folder / "data" / "keys")
        ports = [free_port() for _ in range(processes)]
        webs += [program.past_the_proxies(f"web-{port}", "web", "--port", str(port)) for port in ports]
        for web in webs:
            web.start()
        ground = Ground(program, database, webs, ports)
        await ground.wait_until_ready()
        yield ground
    finally:
        for web in webs:
            await web.stop()
        if database is not None:
            await database.close()
        await program.stop()


async def _is_ready(client: httpx.AsyncClient, port: int) -> bool:
    with suppress(httpx.TransportError):
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
    return False
