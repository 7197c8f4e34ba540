"""Rows as CSV in UTF-8, in which no cell can act as a formula: every text stands in quotes, and is harmless."""

import csv
import io
from collections.abc import Iterable, Sequence

from shuke.platform.spreadsheets import START, harmless

from ..extensions import Cell


class CsvFile:
    """Gives the bytes of a file piece by piece."""

    def open(self, header: Sequence[str]) -> bytes:
        """The beginning, with the headings."""
        return START + _written([list(header)])

    def rows(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        """Some rows."""
        return _written(rows)

    def end(self, mark: str) -> bytes:
        """The end, with the mark to read."""
        return _written([[mark]])


def _written(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    # In quotes a text stays one cell; where another separator is expected, `harmless` sees to what it cuts off.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Cell) -> str | int:
    if isinstance(value, int):
        return value
    return harmless(value.replace("\x00", "\ufffd")) if value else ""
