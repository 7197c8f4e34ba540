"""Which demonstration a shop is, and preparing the one that is wanted."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Literal

from shuke.foundation import organization
from shuke.main.progress import Advance
from shuke.platform.db import Database

from . import online_retail, truth
from .chain import preparing

# What a shop can be exchanged for.
Wanted = Literal["chain", "online-retail", "empty"]


class Demonstration(StrEnum):
    """The demonstrations that there are."""

    CHAIN = "chain"
    ONLINE_RETAIL = "online-retail"


async def prepare(
    database: Database,
    day: date,
    *,
    which: Demonstration = Demonstration.ONLINE_RETAIL,
    members: int = truth.MEMBERS,
    on_progress: Callable[[Advance], None] = lambda _: None,
) -> object:
    """Prepare a demonstration in an empty installation, or finish one that was cut off; falsy: nothing to do.

    `day`: on which Online Retail opens. `members`: how many the chain has.
    """
    async with database.transaction() as session:
        shop = await organization.find_shop(session)
    if shop is not None:
        which = which_of(shop) or which
    if which is Demonstration.CHAIN:
        return await preparing.prepare(database, on_progress=on_progress, count=members)
    return await online_retail.prepare(database, day, on_progress=on_progress)


def which_of(shop: organization.Shop) -> Demonstration | None:
    """Which demonstration a shop is; None: none."""
    if not shop.is_demo:
        return None
    return Demonstration.CHAIN if preparing.is_chain(shop) else Demonstration.ONLINE_RETAIL


async def move_clock(database: Database, day: date, *, on_progress: Callable[[Advance], None] = lambda _: None) -> int:
    """Move a demonstration on to the morning of a day; what is due by then is done. Returns for how many members.

    Orders of Online Retail until then arrive. Raises ValueError for a day before the shop's present.
    """
    return await online_retail.move_clock(database, day, on_progress=on_progress)
