"""One planted shop for all tests of a process: most of what they do is refused, and the rest is undone."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shuke.platform.db import Database
from shuke.platform.testing import TestServer
from tests.authorization.ground import Ground, plant


# A ground for each file: some tests change what stands on it.
@pytest.fixture(scope="module")
async def ground(test_server: TestServer, template_database: str, anyio_backend: str) -> AsyncIterator[Ground]:
    name = await test_server.clone(template_database)
    urls = test_server.urls(name)
    database = Database(urls.app)
    planted = await plant(database, urls)
    yield planted
    await planted.undone.close()
    await database.close()
    await asyncio.shield(test_server.drop(name))
