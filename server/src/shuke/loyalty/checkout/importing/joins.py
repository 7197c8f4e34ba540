"""Files that rows are joined to: each is held in memory, by its key, with the columns that somebody asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.errors import AppError
from shuke.platform.tabular import Table

from .cells import Rejected
from .mapping import Join, Mapping

_MOST_ROWS = 500_000


class JoinedTooLarge(AppError):
    """A joined file with more rows than are held in memory."""

    code = "imports.joined_too_large"
    title = {"zh": "关联文件太大", "en": "A joined file is too large"}
    detail = {
        "zh": "“{file}”超过 {most} 行，不能用作关联文件。请只保留订单里出现的行。",
        "en": "“{file}” has more than {most} rows, too many to join rows to. Keep only what the orders name.",
    }


class KeyTwice(AppError):
    """Two rows of a joined file have one key and say different things."""

    code = "imports.key_twice"
    title = {"zh": "关联文件里有重复的编号", "en": "A joined file holds a key twice"}
    detail = {
        "zh": "“{file}”第 {row} 行的 {key} 与前面的行重复，内容却不同。请只保留一行。",
        "en": "Row {row} of “{file}” repeats the {key} of an earlier row with other content. Keep one of them.",
    }


@dataclass(frozen=True)
class Joined:
    """A joined file: the columns it gives, and its rows by key."""

    join: Join
    columns: list[str]
    rows: dict[str, list[str]]


def read_joined(mapping: Mapping, join: Join, table: Table, file_name: str) -> Joined:
    """A joined file in memory. Blocks: call it in a thread. Raises JoinedTooLarge and KeyTwice."""
    columns = [column for column in mapping.needs(join.name) if column != join.key]
    key = table.header.index(join.key)
    places = [table.header.index(column) for column in columns]
    rows: dict[str, list[str]] = {}
    for row in table.rows:
        cells = [*row.cells, *[""] * (len(table.header) - len(row.cells))]
        name, content = cells[key].strip(), [cells[place] for place in places]
        if rows.setdefault(name, content) != content:
            raise KeyTwice(file=file_name, row=row.number, key=join.key)
        if len(rows) > _MOST_ROWS:
            raise JoinedTooLarge(file=file_name, most=_MOST_ROWS)
    return Joined(join, [f"{join.name}.{column}" for column in (join.key, *columns)], rows)


@dataclass
class Joiner:
    """Adds the columns of joined files to rows under a heading; `header` is the longer heading."""

    own: Sequence[str]
    joined: Sequence[Joined]

    def __post_init__(self) -> None:
        header = list(self.own)
        self._steps: list[tuple[int, Joined]] = []
        for one in self.joined:
            self._steps.append((header.index(one.join.by), one))
            header += one.columns
        self.header = header

    def extend(self, cells: list[str]) -> list[str]:
        """A row with what the joined files say about it. Raises Rejected for what they do not know."""
        if not self._steps:
            return cells
        extended = list(cells)
        for place, one in self._steps:
            key = extended[place].strip()
            found: Any = one.rows.get(key)
            if found is None:
                raise Rejected("row.not_joined", column=one.join.by, value=key[:40], file=one.join.name)
            extended.append(key)
            extended += found
        return extended
