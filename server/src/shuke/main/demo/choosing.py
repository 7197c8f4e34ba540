"""Which demonstration a shop is, and preparing the one that is wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from shuke.foundation import organization
from shuke.main.progress import Advance
from shuke.platform.db import Database
from shuke.platform.settings import Settings

from . import online_retail, truth
from .chain import preparing

# What a shop can be exchanged for.
Wanted = Literal["chain", "online-retail", "empty"]


@dataclass(frozen=True)
class Beginning:
    """What an empty shop begins with; None: what the settings say."""

    currency: str | None = None
    time_zone: str | None = None

    @property
    def arguments(self) -> tuple[str, str]:
        """The same for another process; nothing is an empty word."""
        return self.currency or "", self.time_zone or ""

    @classmethod
    def told(cls, arguments: Sequence[str]) -> "Beginning":
        """What another process was told; it may have been told nothing."""
        currency, time_zone, *_ = (*arguments, "", "")
        return cls(currency or None, time_zone or None)

    def over(self, settings: Settings) -> Settings:
        """Settings in which this is chosen. Raises ValueError for what cannot be."""
        wanted = {"shop_currency": self.currency, "shop_time_zone": self.time_zone}
        return Settings.model_validate(settings.model_dump() | {name: value for name, value in wanted.items() if value})


USUAL = Beginning()


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
