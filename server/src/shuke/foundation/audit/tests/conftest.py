"""The owner of the database, who can change what the program cannot."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest

from shuke.platform import embedded
from shuke.platform.db import Database
from shuke.platform.testing import TestServer


@pytest.fixture
async def owner(database: Database, test_server: TestServer) -> AsyncIterator[asyncpg.Connection]:
    """The superuser's connection to the same database."""
    connection = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    yield connection
    await connection.close()
