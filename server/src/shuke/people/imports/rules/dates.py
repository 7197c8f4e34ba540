"""Days and instants as people write them."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from .settings import DateOrder

_PARTS = re.compile(
    r"(\d{1,4})\s*[-/.年月]\s*(\d{1,2})\s*[-/.月日]\s*(\d{1,4})\s*[日]?"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(?:--)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日]?")
_PLACES: dict[DateOrder, tuple[int, int, int]] = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


def birthday(text: str, order: DateOrder) -> str | None:
    """A birthday as `YYYY-MM-DD` or `--MM-DD`; None when the text is none."""
    found = _instant(text, order)
    if found is not None:
        return found.date().isoformat() if found.year >= 1900 else None
    match = _NO_YEAR.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    month, day = (second, first) if order == "dmy" else (first, second)
    try:
        return date(2000, month, day).strftime("--%m-%d")
    except ValueError:
        return None


def instant(text: str, order: DateOrder, zone: ZoneInfo) -> datetime | None:
    """An instant; without an offset it is the shop's local time. None when the text is none."""
    found = _instant(text, order)
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def _instant(text: str, order: DateOrder) -> datetime | None:
    try:
        if compact := _COMPACT.fullmatch(text):
            return datetime(int(compact[1]), int(compact[2]), int(compact[3]))  # noqa: DTZ001 — the caller has the zone
        if match := _PARTS.fullmatch(text):
            return _of_parts(match, order)
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def _of_parts(match: re.Match[str], order: DateOrder) -> datetime | None:
    # A year of four digits in front says its own order.
    places = _PLACES["ymd" if len(match[1]) == 4 else order]
    year, month, day = (int(match[place + 1]) for place in places)
    if len(match[places[0] + 1]) != 4:
        return None
    hour, minute, second = (int(match[place] or 0) for place in (4, 5, 6))
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 — the caller has the zone
