"""How values of lists are written into files."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from shuke.platform.money import exponent


def instant(at: datetime | None, zone: ZoneInfo) -> str | None:
    """An instant in the shop's time, as spreadsheets sort it."""
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def day(value: date | None) -> str | None:
    """A day."""
    return None if value is None else value.isoformat()


def money(minor: int, currency: str) -> str:
    """An amount as a plain decimal, without sign of currency or groups."""
    places = exponent(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"
