"""A real installation in a folder: the embedded server with its durable settings, the newest schema, keys, a shop."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg

from shuke.foundation import organization
from shuke.loyalty import checkout
from shuke.main.installation import Installation, open_installation
from shuke.platform import embedded, jobs, shop_clock
from shuke.platform.i18n import LocalName
from shuke.platform.settings import Settings

# The bundled history ends two days before; points have expired and tiers have moved by then.
OPENING = datetime(2011, 12, 11, 9, tzinfo=ZoneInfo("Europe/London"))

_SHOP = organization.NewShop(
    name=LocalName("测量", "Measurement"),
    programme=LocalName("测量", "Measurement"),
    time_zone="Europe/London",
    currency="GBP",
)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is removed afterwards, with everything in it."""
    with tempfile.TemporaryDirectory(prefix="shuke-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@asynccontextmanager
async def open_shop(folder: Path) -> AsyncIterator[Installation]:
    """The installation in a folder, made where there is none; a shop in London, its clock at OPENING."""
    # Every address is given here, so that nobody's own database is measured, or filled, by accident.
    settings = Settings(
        data_directory=folder / "data", database_url=None, database_owner_url=None, key_directory=None, _env_file=None
    )
    async with open_installation(settings) as installation:
        async with installation.database.transaction() as session:
            await organization.set_up_shop(session, _SHOP)
            await checkout.set_up_programme(session, money=_SHOP.currency)
            await shop_clock.set_to(session, OPENING)
        jobs.use(installation.worker_database)
        yield installation


def embedded_memory_mb() -> int:
    """The memory that the embedded server is given, in MB."""
    return Settings(_env_file=None).database_memory_mb


def superuser_url(installation: Installation, database: str = embedded.DATABASE) -> str:
    """The address of a database of the installation's server, as its superuser."""
    owner_url = installation.owner_url or ""
    return owner_url.replace(f"{embedded.OWNER_ROLE}@/{embedded.DATABASE}", f"{embedded.SUPERUSER}@/{database}", 1)


@asynccontextmanager
async def superuser(installation: Installation, database: str = embedded.DATABASE) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the server's superuser, for what only measuring needs: checkpoints, plain tables, bulk copies."""
    connection = await embedded.connect(superuser_url(installation, database))
    try:
        yield connection
    finally:
        await connection.close()
