"""One planted shop for each process, and a copy of it for each file: some tests change what stands on it."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import update

from shuke.foundation.staff.tables import staff_session
from shuke.platform import clock
from shuke.platform.db import Database
from shuke.platform.keys import KeyRing
from shuke.platform.testing import TestServer
from tests.authorization.ground import Ground, plant


@pytest.fixture(scope="session")
def planted(test_server: TestServer, template_database: str, key_ring: KeyRing) -> Iterator[tuple[str, Ground]]:
    """The name of the planted database, and what is known of everybody in it."""
    name = asyncio.run(test_server.clone(template_database))
    yield name, asyncio.run(_plant(test_server, name))
    asyncio.run(test_server.drop(name))


@pytest.fixture(scope="module")
async def ground(test_server: TestServer, planted: tuple[str, Ground], anyio_backend: str) -> AsyncIterator[Ground]:
    template, known = planted
    name = await test_server.clone(template)
    database = Database(test_server.urls(name).app)
    own = known.on(database)
    async with database.transaction() as session:
        # The file may come long after the planting; whoever was signed in then, still is.
        await session.execute(update(staff_session).values(seen_at=clock.wall()))
    yield own
    await own.undone.close()
    await database.close()
    await asyncio.shield(test_server.drop(name))


async def _plant(server: TestServer, name: str) -> Ground:
    urls = server.urls(name)
    database = Database(urls.app)
    planted = await plant(database, urls)
    # A database is only copied when nobody is connected to it.
    await planted.undone.close()
    await database.close()
    return planted
