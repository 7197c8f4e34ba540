"""Keyset pages: no offset and no COUNT in the way."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson

from shuke.platform.errors import AppError

Item = TypeVar("Item")
MAX_LIMIT = 200
DEFAULT_LIMIT = 50
# Counts are asked for apart, and stop here: whoever sees ten thousand needs no exact number.
COUNT_CAP = 10_000
_ABOVE_ALL, _BELOW_ALL = 2**63 - 1, -1


class BadCursor(AppError):
    """A cursor that this list did not make."""

    code = "pages.bad_cursor"
    title = {"zh": "翻页位置无效", "en": "Bad page cursor"}
    detail = {
        "zh": "翻页位置与这个列表不符。请去掉 cursor 重新从第一页开始。",
        "en": "This cursor does not belong to this list. Leave it out and start at the first page.",
    }


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page: the items and the cursor of the next page, if there is one."""

    items: Sequence[Item]
    next: str | None


def encode_cursor(sort: str, values: Sequence[Any]) -> str:
    """A cursor: the sort it belongs to and the sort values of the last row shown."""
    return base64.urlsafe_b64encode(orjson.dumps([sort, *values])).decode().rstrip("=")


def decode_cursor(cursor: str, sort: str, count: int) -> list[Any]:
    """The values of a cursor. Raises BadCursor when it is damaged or belongs to another sort."""
    values: list[Any]
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found, *values = orjson.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, TypeError):
        raise BadCursor from None
    if found != sort or len(values) != count:
        raise BadCursor
    return values


def merged_id(kind: str, number: int) -> str:
    """The id of an item of a list that is merged with others by (instant, id): text order is number order."""
    return f"{kind}:{number:019d}"


def position_in(kind: str, before: tuple[datetime, str] | None) -> tuple[datetime, int] | None:
    """Where a page of a merged list goes on within the list of one kind: the instant and number to stay below."""
    if before is None:
        return None
    at, last = before
    last_kind, _, number = last.partition(":")
    if kind == last_kind:
        try:
            return at, int(number)
        except ValueError:
            raise BadCursor from None
    return at, _ABOVE_ALL if f"{kind}:" < last else _BELOW_ALL
