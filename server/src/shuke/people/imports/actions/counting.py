"""What an import did, counted chunk by chunk in the transaction of the chunk, so that a resumed one counts exactly."""

from collections.abc import Mapping
from typing import Any

NAMES = (
    "read",
    "new",
    "updated",
    "unchanged",
    "skipped",
    "duplicates",
    "conflicts",
    "rejected",
    "identities_added",
    "milliseconds",
)
EMPTY: dict[str, Any] = {**dict.fromkeys(NAMES, 0), "staged": 0}


def add(counts: Mapping[str, Any], more: Mapping[str, int]) -> dict[str, Any]:
    """The counts with more counted."""
    return {**counts, **{name: counts.get(name, 0) + value for name, value in more.items()}}
