"""Reading what cursors hold: they come from outside, so anything may be in them."""

from datetime import UTC, datetime
from typing import Any

from shuke.platform.pages import BadCursor

_LARGEST = 2**63 - 1


def read_instant(value: Any) -> datetime:
    """An instant of a cursor, in UTC. Raises BadCursor."""
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise BadCursor
        return instant.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadCursor from None


def read_merged_id(value: Any) -> str:
    """The id of an item in a merged list, as `pages.merged_id` makes it. Raises BadCursor."""
    kind, _, number = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (kind.isascii() and kind.isalpha() and number.isascii() and number.isdigit() and len(number) == 19):
        raise BadCursor
    if int(number) > _LARGEST:
        raise BadCursor
    return f"{kind}:{number}"
