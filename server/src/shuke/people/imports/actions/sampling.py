"""A look at a file before anything is done with it: what stands in its columns, masked, and what seems wrong."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.tabular import Row, Table, open_table

from ..queries import Import
from ..rules.reading import Rejected, RowReader
from .readers import make_reader

_ROWS = 200
_SHOWN = 3
# What says nothing about a person in particular.
_OPEN = ("gender", "joined_at", "store", "employee", "language", "tier")


@dataclass
class Look:
    """Some values of each column, masked, and the reasons for which rows among the first would be handed back."""

    columns: list[list[str]] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    rows: int = 0


async def look_at(session: Session, run: Import) -> Look:
    """A look at the first rows; nothing when the file is gone. Raises UnreadableTable."""
    path = Path(run.upload_path or "")
    if run.upload_path is None or not await asyncio.to_thread(path.exists):
        return Look(columns=[[] for _ in run.header])
    reader = await make_reader(session, run, run.header)
    return await asyncio.to_thread(lambda: _look(reader, open_table(path)))


def _look(reader: RowReader, table: Table) -> Look:
    look = Look(columns=[[] for _ in reader.header])
    for row in islice(table.rows, _ROWS):
        look.rows += 1
        _note_values(look, reader, row)
        if not reader.settings.is_usable:
            continue
        try:
            reader.read(row)
        except Rejected as rejected:
            look.problems[rejected.code] += 1
            look.values.setdefault(rejected.code, rejected.values)
    return look


def _note_values(look: Look, reader: RowReader, row: Row) -> None:
    for place, column in enumerate(look.columns):
        cell = row.cells[place].strip() if place < len(row.cells) else ""
        if cell and len(column) < _SHOWN:
            name = reader.settings.fields[place] if place < len(reader.settings.fields) else None
            column.append(_masked(name, cell[:80]))


def _masked(name: str | None, text: str) -> str:
    plain = "".join(character if character.isprintable() else "\ufffd" for character in text)
    plain = plain.encode("utf-8", "replace").decode()
    if name in _OPEN:
        return plain
    if name == "name":
        return members.mask_name(plain)
    if name == "birthday":
        return f"****{plain[4:]}" if len(plain) >= 8 else "**"
    if name == "email":
        return members.mask_identity("email", plain)
    if name == "phone":
        return members.mask_identity("phone", plain)
    return members.mask_identity("card", plain)
