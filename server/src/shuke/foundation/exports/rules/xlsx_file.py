"""Rows as a workbook, written piece by piece: nothing of it ever lies in clear on the disk, or whole in memory.

Texts are typed as text, so no spreadsheet reads a formula into them; whole numbers are numbers.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from typing_extensions import Buffer

from ..extensions import Cell

MOST_ROWS = 1_048_576
# Beyond so many digits a spreadsheet rounds.
_MOST_DIGITS = 15
_LONGEST_CELL = 32_767
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""
_BOOK_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>"""
_BOOK = f"""{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>\
<sheet name="Shuke" sheetId="1" r:id="rId1"/></sheets></workbook>"""
# Style 1: text, with the quote that keeps it text when it is edited.
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>\
<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="3"><xf/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" quotePrefix="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>"""
_SHEET = f"""{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>"""


class _Sink(io.RawIOBase):
    """Takes what the archive writes, until somebody fetches it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """It can only be written to."""
        return True

    def write(self, data: Buffer) -> int:
        """Take a piece."""
        piece = bytes(data)
        self._held.append(piece)
        return len(piece)

    def fetch(self) -> bytes:
        """What has come since the last time."""
        held = b"".join(self._held)
        self._held.clear()
        return held


class XlsxFile:
    """Gives the bytes of a workbook piece by piece."""

    def __init__(self, *, title: str, mark: str, at: datetime) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._row = 0
        core = (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_plain(title)}</dc:title><dc:description>{_plain(mark)}</dc:description>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created></cp:coreProperties>'
        )
        parts = (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("xl/workbook.xml", _BOOK),
            ("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS),
            ("xl/styles.xml", _STYLES),
            ("docProps/core.xml", core),
        )
        for name, content in parts:
            self._zip.writestr(name, content)

    def open(self, header: Sequence[str]) -> bytes:
        """The beginning, with the headings."""
        self._sheet = self._zip.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._sheet.write(_SHEET.encode())
        return self._add([list(header)], style=2)

    def rows(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        """Some rows."""
        return self._add(rows, style=1)

    def end(self, mark: str) -> bytes:
        """The end, with the mark to read."""
        self._add([[mark]], style=1)
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._zip.close()
        return self._sink.fetch()

    def _add(self, rows: Iterable[Sequence[Cell]], *, style: int) -> bytes:
        written = []
        for row in rows:
            self._row += 1
            cells = "".join(_cell(value, f"{_letters(place)}{self._row}", style) for place, value in enumerate(row))
            written.append(f'<row r="{self._row}">{cells}</row>')
        self._sheet.write("".join(written).encode("utf-8", "replace"))
        return self._sink.fetch()


def _cell(value: Cell, place: str, style: int) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, int) and len(str(abs(value))) <= _MOST_DIGITS:
        return f'<c r="{place}"><v>{value}</v></c>'
    text = _plain(str(value))
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def _plain(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text[:_LONGEST_CELL]))


def _letters(place: int) -> str:
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
