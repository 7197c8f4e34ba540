"""Online Retail: a real order history under a real programme, seen as of a day in the data."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.loyalty import checkout
from shuke.platform import clock, shop_clock
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

from . import coupons
from .retail_coupons import PLAN

HISTORY = Path(__file__).parents[1] / "demo_data" / "online_retail.csv.gz"
_MAPPING = "online-retail"
_OPENING = time(9)

_SHOP = organization.NewShop(
    name=LocalName("熟客礼品批发（演示）", "Shuke Gifts (demonstration)"),
    programme=LocalName("熟客俱乐部", "Shuke Club"),
    time_zone="Europe/London",
    currency="GBP",
    is_demo=True,
    demo_source="UCI Online Retail (Chen, Sain & Guo 2012)",
)
_ZONE = ZoneInfo(_SHOP.time_zone)


async def prepare(
    database: Database, day: date, *, on_progress: Callable[[checkout.Progress], None] = lambda _: None
) -> checkout.Run | None:
    """Set up the demonstration in an empty installation, or finish one that was cut off; None where there is none.

    The shop's clock is set to the morning of `day`, and orders after it are left for later.
    """
    if not await _is_wanted(database):
        return None
    async with database.transaction() as session:
        if await organization.find_shop(session) is None:
            await organization.set_up_shop(session, _SHOP)
            await checkout.set_up_programme(session, money=_SHOP.currency)
            await shop_clock.set_to(session, _morning(day))
    run = await _import_history(database, clock.now(), on_progress)
    async with database.transaction() as session:
        await coupons.prepare(session, PLAN)
    return run


async def move_clock(
    database: Database, day: date, *, on_progress: Callable[[checkout.Progress], None] = lambda _: None
) -> int:
    """Move the demonstration on to the morning of a day: orders until then arrive, and what is due by then is done.

    Returns how many members had something due. Raises ValueError for a day before the shop's present: what has
    happened cannot be undone.
    """
    async with database.transaction() as session:
        zone = (await organization.get_shop(session)).zone
        morning = datetime.combine(day, _OPENING, tzinfo=zone)
        if morning < clock.now():
            raise ValueError(f"{day} lies before the shop's present, {clock.business_day(clock.now(), zone)}")
        await shop_clock.set_to(session, morning)
        runs = await checkout.list_imports(session, None, 200)
    if any(run.file_name == HISTORY.name and run.report["lines_later"] for run in runs[:1]):
        await _import_history(database, morning, on_progress)
    return await checkout.bring_forward(database)


async def _import_history(
    database: Database, until: datetime, on_progress: Callable[[checkout.Progress], None]
) -> checkout.Run:
    mapping = next(mapping for mapping in checkout.built_in() if mapping.code == _MAPPING)
    # To the hour, so that an import that was cut off is found again and goes on.
    until = until.replace(minute=0, second=0, microsecond=0)
    async with database.transaction() as session:
        run = await checkout.start_import(
            session, HISTORY, mapping, file_name=HISTORY.name, asked_by="system:0", until=until
        )
    return await checkout.run_import(database, run, HISTORY, on_progress=on_progress)


def _morning(day: date) -> datetime:
    return datetime.combine(day, _OPENING, tzinfo=_ZONE)


async def _is_wanted(database: Database) -> bool:
    """Whether there is no shop yet, or the demonstration's import was cut off."""
    async with database.transaction() as session:
        shop = await organization.find_shop(session)
        if shop is None:
            return True
        if not shop.is_demo:
            return False
        runs = await checkout.list_imports(session, None, 200)
    return not any(run.file_name == HISTORY.name and run.state == "done" for run in runs)
