"""Workbooks from outside are looked through before a reader makes room for what they claim to hold.

An .xlsx is an archive of XML. Small files can unpack to many gigabytes, lie about their sizes, name cells at the far
end of the sheet, or nest entities; a reader that keeps the sheet in memory would try.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20
# Readers keep strings, cells and the rectangle they span in memory: so many cost less than a gigabyte.
_MOST_CELLS = 10_000_000
_MOST_PARTS = 5_000
_MOST_BYTES = (("xl/worksheets/", 512 << 20), ("xl/sharedStrings", 128 << 20))
_MOST_OTHER_BYTES = 32 << 20
_CELL = re.compile(rb'<(?:[a-z]+:)?(?:c|row)\b[^>]*?(?: r="([A-Z]{0,7})([0-9]{1,10})"|>)')
_TYPE_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class TooLarge(Exception):
    """The workbook holds more than can be read."""


class Dishonest(Exception):
    """The workbook is not made as workbooks are: entities, paths that lead elsewhere, one name twice."""


def require_bounded(path: Path) -> None:
    """Look through a workbook part by part, in little memory. Raises TooLarge, Dishonest, and zipfile.BadZipFile."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise TooLarge
        names = [part.filename for part in parts]
        if len(set(names)) < len(names) or any(_leads_elsewhere(name) for name in names):
            raise Dishonest
        for part in parts:
            if part.flag_bits & 0x1:
                raise Dishonest
            _require_part_bounded(archive, part)


def _require_part_bounded(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    most = next((bound for start, bound in _MOST_BYTES if part.filename.startswith(start)), _MOST_OTHER_BYTES)
    # Unpacked to its real end, whatever size the archive names.
    part.file_size = max(part.file_size, most + 1)
    is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = part.filename.startswith("xl/worksheets/")
    cells, columns, rows, size = 0, 1, 1, 0
    with archive.open(part) as file:
        for text, fresh in _overlapping(file):
            size += fresh
            if size > most:
                raise TooLarge
            if is_markup and _TYPE_DECLARED.search(text.replace(b"\x00", b"")):
                raise Dishonest
            if is_sheet:
                for found in _CELL.finditer(text):
                    cells += 1
                    rows = max(rows, int(found[2] or 1))
                    columns = max(columns, _column_number(found[1] or b"A"))
                if max(cells, columns * rows) > _MOST_CELLS:
                    raise TooLarge


def _overlapping(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Chunks that end where a tag ends, as far as tags are short; and how much of each is new."""
    rest = b""
    while chunk := file.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b">") + 1
        if len(text) - cut > 4096:
            cut = len(text)
        yield text[:cut], len(chunk)
        rest = text[cut:]
    if rest:
        yield rest, 0


def _leads_elsewhere(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
