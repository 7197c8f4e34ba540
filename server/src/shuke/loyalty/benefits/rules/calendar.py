"""Days of the year in two calendars. A day is known by its key `MM-DD`, solar or lunar (农历); leap months have none.

Whoever was born in a leap month (闰月) celebrates in the month of the same number; who was born on the 30th of a month
that has 29 days this time, on its last day; who was born on 29 February, as the shop says.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from lunar_python import LunarYear, Solar

Calendar = Literal["solar", "lunar"]
LeapDay = Literal["february_28", "march_1"]

_LEAP_DAY = "02-29"
# What the lunar tables are good for.
_FIRST, _LAST = date(1900, 2, 1), date(2199, 12, 31)
_SHORT_MONTH, _LONG_MONTH = 29, 30


def solar_key(birthday: str) -> str:
    """The key of a birthday, `YYYY-MM-DD` or `--MM-DD`."""
    return birthday[-5:]


def lunar_key(birthday: str) -> str | None:
    """The lunar key of a birthday; None where the year is unknown, for then nobody knows the lunar day."""
    if birthday.startswith("--"):
        return None
    day = date.fromisoformat(birthday)
    if not _FIRST <= day <= _LAST:
        return None
    _, month, lunar_day = _lunar(day)
    return _key(abs(month), lunar_day)


def keys_on(day: date, calendar: Calendar, leap_day: LeapDay) -> list[tuple[str, int]]:
    """The keys that are celebrated on a solar day, each with the year of its calendar."""
    return _lunar_keys(day) if calendar == "lunar" else _solar_keys(day, leap_day)


def _solar_keys(day: date, leap_day: LeapDay) -> list[tuple[str, int]]:
    keys = [(_key(day.month, day.day), day.year)]
    is_leap_year = (date(day.year, 3, 1) - timedelta(days=1)).day == _SHORT_MONTH
    stands_in = (2, 28) if leap_day == "february_28" else (3, 1)
    if not is_leap_year and (day.month, day.day) == stands_in:
        keys.append((_LEAP_DAY, day.year))
    return keys


def _lunar_keys(day: date) -> list[tuple[str, int]]:
    if not _FIRST <= day <= _LAST:
        return []
    year, month, lunar_day = _lunar(day)
    if month < 0:
        return []
    keys = [(_key(month, lunar_day), year)]
    is_last = _lunar(day + timedelta(days=1))[2] == 1
    if lunar_day == _SHORT_MONTH and is_last:
        keys.append((_key(month, _LONG_MONTH), year))
    return keys


def _lunar(day: date) -> tuple[int, int, int]:
    """Year, month (below zero: a leap month) and day."""
    return next(
        (year, month, (day - first).days + 1)
        for first, length, year, month in _months(day.year)
        if 0 <= (day - first).days < length
    )


# The astronomy behind a year takes a while; the days of a year ask for the same one.
@lru_cache(maxsize=512)
def _months(year: int) -> list[tuple[date, int, int, int]]:
    """The lunar months that a solar year touches: first day, days, lunar year, month."""
    months = []
    for month in LunarYear.fromYear(year).getMonths():
        first = Solar.fromJulianDay(month.getFirstJulianDay())
        day = date(first.getYear(), first.getMonth(), first.getDay())
        months.append((day, month.getDayCount(), month.getYear(), month.getMonth()))
    return months


def _key(month: int, day: int) -> str:
    return f"{month:02d}-{day:02d}"
