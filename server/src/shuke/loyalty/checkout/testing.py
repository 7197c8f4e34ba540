"""Builders of checkout for tests: a shop in London with its first programme, and history files."""

import csv
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons.testing import set_clock
from shuke.platform.db import Database, Session

from .importing import Mapping, Run, find_built_in, run_import, start_import
from .programme import set_up_programme

LONDON = ZoneInfo("Europe/London")
HEADER = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]

# The till stands at the instant at which its coupons are.
set_shop_clock = set_clock


async def a_london_shop(session: Session) -> None:
    """A shop in pounds on London time, with the programme that a shop starts with."""
    await a_shop(session, time_zone="Europe/London", currency="GBP")
    await set_up_programme(session, money="GBP")


def online_retail() -> Mapping:
    """The built-in mapping of the demonstration's data."""
    mapping = find_built_in("online-retail")
    assert mapping is not None
    return mapping


def history_file(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    """A CSV file of order lines."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


async def imported(database: Database, path: Path, mapping: Mapping | None = None) -> Run:
    """A file imported to its end."""
    async with database.transaction() as session:
        run = await start_import(session, path, mapping or online_retail(), file_name=path.name, asked_by="system:0")
    return await run_import(database, run, path)
