"""Names of time zones."""

from functools import cache
from zoneinfo import available_timezones


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_time_zone(name: str) -> bool:
    """Whether a name is one of a time zone, such as Europe/Berlin."""
    return name in _known()


def time_zone(name: str) -> str:
    """The name of a zone, such as Europe/Berlin. Raises ValueError for one that nobody knows."""
    if not is_time_zone(name):
        raise ValueError("Not a time zone. Write it as Europe/Berlin.")
    return name
