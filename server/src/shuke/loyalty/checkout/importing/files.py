"""The files of one import: which is what, and their rows as one stream, orders before returns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from shuke.platform.tabular import Row, Table, open_table

from .cells import Rejected, WrongColumns
from .errors import FileMissing, FileUnknown
from .joins import Joined, Joiner, read_joined
from .mapping import ORDERS, RETURNS, Mapping
from .reading import LineReader, Noted, ReturnReader, StagedLine, reader_of

_READ_BATCH = 20_000


@dataclass(frozen=True)
class Given:
    """A file as it was given: where it lies, and what it is called."""

    path: Path
    name: str


@dataclass(frozen=True)
class Recognised:
    """A file, open, and what it is to the mapping."""

    name: str
    role: str
    table: Table


def recognise(mapping: Mapping, given: Sequence[Given]) -> list[Recognised]:
    """Open files and say what each is. Blocks: call it in a thread.

    Raises UnreadableTable, WrongColumns or FileUnknown for a file that is nothing, FileMissing for what is needed.
    """
    found = [_recognise(mapping, one, is_alone=len(given) == 1) for one in given]
    for role in mapping.lacks([one.role for one in found]):
        raise FileMissing(columns=", ".join(mapping.needs(role)))
    return found


def _recognise(mapping: Mapping, given: Given, *, is_alone: bool) -> Recognised:
    table = open_table(given.path)
    role = mapping.role_of(table.header)
    if role is not None:
        return Recognised(given.name, role, table)
    lacking = {one: [column for column in mapping.needs(one) if column not in table.header] for one in mapping.roles}
    nearest = ORDERS if is_alone else min(lacking, key=lambda one: len(lacking[one]))
    missing = ", ".join(lacking[nearest])
    if is_alone:
        raise WrongColumns(missing=missing, found=", ".join(table.header[:20])[:500])
    raise FileUnknown(file=given.name, missing=missing)


@dataclass
class Batch:
    """Some rows of the files, checked."""

    rows: int = 0
    returns: int = 0
    later: int = 0
    lines: list[StagedLine] = field(default_factory=list)
    rejects: list[tuple[int, Rejected, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class _Reading:
    role: str
    table: Table
    reader: LineReader | ReturnReader


class FileRows:
    """The rows of all files of an import as one stream. Blocks: use it in a thread, one call at a time."""

    def __init__(
        self, mapping: Mapping, given: Sequence[Given], zone: ZoneInfo, now: datetime, until: datetime | None
    ) -> None:
        self.noted = Noted()
        self._until = until
        found = recognise(mapping, given)
        self.roles = [one.role for one in found]
        readings = list(_readings(mapping, found, self.noted, zone, now))
        # Rows that are handed back go under all the headings there are.
        self.header = list(dict.fromkeys(column for one in readings for column in one.table.header))
        self._rows = self._stream(readings)

    def _stream(self, readings: Sequence[_Reading]) -> Iterator[tuple[_Reading, Row, int]]:
        before = 0
        for one in readings:
            last = 0
            for row in one.table.rows:
                last = row.number
                yield one, row, before
            before += last

    def next_batch(self) -> Batch:
        """The next rows, checked; a batch of no rows is the end. Raises UnreadableTable."""
        batch = Batch()
        for one, row, before in islice(self._rows, _READ_BATCH):
            is_return = one.role == RETURNS
            batch.returns += is_return
            batch.rows += not is_return
            try:
                line = one.reader.read(row, before)
            except Rejected as rejected:
                batch.rejects.append((before + row.number, rejected, self._under_all(one.table.header, row.cells)))
                continue
            if self._until is not None and line.placed_at > self._until:
                batch.later += 1
            else:
                batch.lines.append(line)
        return batch

    def _under_all(self, header: list[str], cells: list[str]) -> list[str]:
        """A row's cells under the headings of all files."""
        if header == self.header:
            return cells
        known = dict(zip(header, cells, strict=False))
        return [known.get(column, "") for column in self.header]


def _joined(mapping: Mapping, found: Sequence[Recognised]) -> dict[str, Joined]:
    """The joined files that are there, in memory."""
    files = {one.role: one for one in found}
    return {
        join.name: read_joined(mapping, join, files[join.name].table, files[join.name].name)
        for join in mapping.joins
        if join.name in files
    }


def _readings(
    mapping: Mapping, found: Sequence[Recognised], noted: Noted, zone: ZoneInfo, now: datetime
) -> Iterator[_Reading]:
    """The files of rows, orders before returns, each with its reader and what its rows are joined to."""
    joined = _joined(mapping, found)
    for role in (ORDERS, RETURNS):
        for one in found:
            if one.role == role:
                joiner = Joiner(one.table.header, [joined[join.name] for join in mapping.joins_of(role)])
                yield _Reading(role, one.table, reader_of(mapping, role, joiner, noted, zone, now))
