"""What modules add to exports: the lists that people may take out of the program as files."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

Cell = str | int | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a list. `view`: the personal field that it shows, which roles may see less or more of."""

    key: str
    label: LocalName
    view: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Some rows of a list, by the keys of its columns, and where the next ones begin (None: these were the last)."""

    rows: Sequence[Mapping[str, Cell]]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class Exportable:
    """A list that can be exported.

    `rows(session, filters, sight, language, cursor)` gives a page, set-wise, in an order that stays while it is read;
    it applies `sight` to every record and to every personal field, as the list on the screen does.
    `filters` is the shape of what the list can be narrowed to. `permission` is the one that reading the list needs.
    """

    key: str
    label: LocalName
    permission: str
    filters: type[BaseModel]
    columns: tuple[Column, ...]
    rows: Callable[[Session, Any, Sight, Language, str | None], Awaitable[Rows]]
    # Reading it needs the whole shop in sight.
    needs_whole_sight: bool = False
