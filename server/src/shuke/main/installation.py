"""One installation: its database (embedded or given), its keys, its clock, and what a first start needs."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from shuke.foundation import organization, staff
from shuke.loyalty import checkout
from shuke.main.backup import physical
from shuke.main.modules import MODULES
from shuke.platform import crypto, embedded, keys, migrate, module, shop_clock
from shuke.platform.db import Database
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.settings import Settings
from shuke.platform.settings import settings as settings_here

# Consumers and jobs work in larger steps than requests.
_WORKER_STATEMENT_TIMEOUT_S = 120


class CannotStart(RuntimeError):
    """The program cannot start; the message says what to do."""


@dataclass(frozen=True)
class Installation:
    """An open installation. `database` serves requests; `worker_database` serves background work."""

    database: Database
    worker_database: Database
    owner_url: str | None


@asynccontextmanager
async def locate(settings: Settings) -> AsyncIterator[embedded.Urls]:
    """The database's addresses; the embedded server runs for as long as the block does. Raises CannotStart."""
    if settings.database_url is not None:
        yield embedded.Urls(app=settings.database_url, owner=settings.database_owner_url or "")
        return
    server = physical.embedded_server(settings)
    try:
        server.start()
    except embedded.EmbeddedDatabaseError as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"The data directory {settings.data_directory} cannot be used: {error.strerror}.") from error
    try:
        yield await embedded.ensure_database(server)
    finally:
        server.stop()


@asynccontextmanager
async def open_installation(settings: Settings, *, is_migrating: bool = True) -> AsyncIterator[Installation]:
    """Bring the schema up to date, open keys and clock, and give the database. Raises CannotStart."""
    async with locate(settings) as urls:
        if is_migrating and urls.owner:
            await bring_up_to_date(urls)
        async with open_at(urls, settings) as installation:
            yield installation


@asynccontextmanager
async def open_at(urls: embedded.Urls, settings: Settings) -> AsyncIterator[Installation]:
    """Open keys and clock of a database that is up to date, and give it. Raises CannotStart."""
    module.install(MODULES)
    database = Database(urls.app, pool_size=settings.database_pool_size)
    worker = Database(urls.app, pool_size=8, statement_timeout_s=_WORKER_STATEMENT_TIMEOUT_S)
    try:
        await _open(database, settings)
        _spare_the_collector()
        yield Installation(database, worker, urls.owner or None)
    finally:
        await worker.close()
        await database.close()


def _spare_the_collector() -> None:
    """Leave what was loaded at start out of garbage collection, and collect less often.

    Requests and batches make much that lives shortly; without this, looking through all loaded modules for cycles
    again and again costs them a good part of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def bring_up_to_date(urls: embedded.Urls) -> None:
    """Run the migrations. Raises CannotStart."""
    if not urls.owner:
        raise CannotStart("Migrations run as the role that owns the tables: set SHUKE_DATABASE_OWNER_URL.")
    try:
        await migrate.upgrade(urls.owner, urlsplit(urls.app).username or "")
    except migrate.MigrationError as error:
        raise CannotStart(str(error)) from error


async def prepare_first_start(database: Database, chosen: Settings | None = None) -> staff.FirstUser | None:
    """What every installation needs: roles, an administrator, a shop with a programme. Returns a new administrator.

    A shop that exists stays as it is, whatever is `chosen`.
    """
    chosen = chosen or settings_here()
    async with database.transaction() as session:
        first = await staff.ensure_first_user(session)
        shop = await organization.set_up_shop(session, _new_shop(chosen))
        await checkout.set_up_programme(session, money=shop.currency)
    return first


def _new_shop(chosen: Settings) -> organization.NewShop:
    return organization.NewShop(
        name=LocalName("我的商家", "My shop"),
        programme=LocalName("会员俱乐部", "Members' club"),
        time_zone=chosen.shop_time_zone or "Asia/Shanghai",
        currency=chosen.shop_currency or "CNY",
    )


async def _open(database: Database, settings: Settings) -> None:
    try:
        async with database.transaction() as session:
            if not await migrate.is_current(session):
                raise CannotStart(
                    "The database's schema is not the one this program knows. Set SHUKE_DATABASE_OWNER_URL and run "
                    "shuke migrate."
                )
            try:
                crypto.use_cipher(settings.cipher)
                await keys.open_keys(session, settings.keys)
            except AppError as error:
                raise CannotStart(error.say("en")) from error
            await shop_clock.load(session)
    except OSError as error:
        raise CannotStart(f"The database cannot be reached: {error}. Check SHUKE_DATABASE_URL.") from error
