"""The demonstration: a real order history under a real programme, seen as of a day in the data."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.loyalty import checkout
from shuke.platform import clock, shop_clock
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

HISTORY = Path(__file__).parent / "demo_data" / "online_retail.csv.gz"
_MAPPING = "online-retail"
# The day after the last full day of the data, so that recency and expiry mean something.
FIRST_DAY = date(2011, 12, 11)
_OPENING = time(9)

_SHOP = organization.NewShop(
    name=LocalName("熟客礼品批发（演示）", "Shuke Gifts (demonstration)"),
    programme=LocalName("熟客俱乐部", "Shuke Club"),
    time_zone="Europe/London",
    currency="GBP",
    is_demo=True,
    demo_source="UCI Online Retail (Chen, Sain & Guo 2012)",
)


async def prepare(
    database: Database,
    *,
    day: date = FIRST_DAY,
    on_progress: Callable[[checkout.Progress], None] = lambda _: None,
) -> checkout.Run | None:
    """Set up the demonstration in an empty installation, or finish one that was cut off; None where there is none.

    Orders after the morning of `day` are left out, and the shop's clock is set to it.
    """
    if not await _is_wanted(database):
        return None
    opening = datetime.combine(day, _OPENING, tzinfo=_SHOP_ZONE)
    async with database.transaction() as session:
        await organization.set_up_shop(session, _SHOP)
        await checkout.set_up_programme(session, money=_SHOP.currency)
        await shop_clock.set_to(session, opening)
    mapping = checkout.find_built_in(_MAPPING)
    assert mapping is not None
    async with database.transaction() as session:
        run = await checkout.start_import(
            session, HISTORY, mapping, file_name=HISTORY.name, asked_by="system:0", until=opening
        )
    return await checkout.run_import(database, run, HISTORY, on_progress=on_progress)


async def move_clock(database: Database, day: date) -> int:
    """Set the demonstration's clock forward to the morning of a day, and do what has come due by then.

    Returns how many members had something due. Raises ValueError for a day before the shop's present: orders and
    entries that have happened cannot be undone.
    """
    opening = datetime.combine(day, _OPENING, tzinfo=_SHOP_ZONE)
    if opening < clock.now():
        raise ValueError(f"{day} lies before the shop's present, {clock.business_day(clock.now(), _SHOP_ZONE)}")
    async with database.transaction() as session:
        await shop_clock.set_to(session, opening)
    return await checkout.bring_forward(database)


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


_SHOP_ZONE = ZoneInfo(_SHOP.time_zone)
