"""A small shop with members, orders, points and real key files, and a place for its backups."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from shuke.loyalty.checkout.testing import a_london_shop, history_file, imported
from shuke.main.backup import copying
from shuke.main.backup.copying import Made
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import keys
from shuke.platform.db import Database
from shuke.platform.embedded import EmbeddedServer, Urls
from shuke.platform.settings import Settings, settings

HISTORY = [
    ["536365", "85123A", "HOLDER", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"],
    ["536366", "22633", "WARMER", "600", "2010-12-02 08:28:00", "1.85", "17850", "United Kingdom"],
    ["536367", "84879", "BIRD", "32", "2010-12-02 08:34:00", "1.69", "13047", "United Kingdom"],
]
NAMES = ("王小明", "Ann Example")


@dataclass(frozen=True)
class Shop:
    """An installation in a test: its database, and settings that keep everything in a folder of the test."""

    database: Database
    urls: Urls
    settings: Settings

    @property
    def backups(self) -> Path:
        return self.settings.backups

    async def back_up(self) -> Made:
        return await copying.make_backup(self.urls.app, self.settings, self.backups)


@pytest.fixture
def folder() -> Iterator[Path]:
    # Private to its owner, as `mktemp -d` makes it; pytest's own folders are closed again by every other test run.
    made = Path(tempfile.mkdtemp(prefix="shuke-backup-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
async def shop(database: Database, database_urls: Urls, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    data = folder / "data"
    monkeypatch.setattr(settings(), "data_directory", data)
    monkeypatch.setattr(settings(), "database_memory_mb", 128)
    async with database.transaction() as session:
        await keys.open_keys(session, data / "keys")
        await a_london_shop(session)
        await enrolled(session, [person(name, phone(f"1540000000{no}")) for no, name in enumerate(NAMES)])
    await imported(database, history_file(folder / "history.csv", HISTORY))
    return Shop(database, database_urls, settings())


@pytest.fixture
def embedded_server(shop: Shop) -> Iterator[EmbeddedServer]:
    """The embedded server of the test's own data directory, running."""
    server = EmbeddedServer(shop.settings.data_directory / "postgres", memory_mb=128, durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def superuser_url(test_server, shop: Shop) -> str:
    """The shop's database as somebody who may do anything, as whoever tampers does."""
    return test_server.superuser(urlsplit(shop.urls.app).path[1:])


async def content_of(database: Database) -> dict[str, list[str]]:
    """Every row of every table as text. The server's transaction numbers are left out: each server counts its own."""
    async with database.transaction() as session:
        tables = await session.execute(
            text(
                "select format('%I.%I', schemaname, tablename) as name, "
                "format($$select (to_jsonb(t) - 'transaction_id')::text from %I.%I t order by 1$$, "
                "schemaname, tablename) as question "
                "from pg_tables where schemaname in ('public', 'vault', 'queue') order by 1"
            )
        )
        return {row.name: list((await session.execute(text(row.question))).scalars()) for row in tables.all()}
