"""Files that nobody sends by accident."""

import gzip
import io
import struct
import zipfile
from collections.abc import Iterator
from functools import cache

import xlsxwriter

MB = 1 << 20
_ENTITIES = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY e0 "ha">{_ENTITIES}]>'


def workbook(rows: int = 3) -> bytes:
    """A workbook as people have them."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["phone", "name"])
    for row in range(1, rows):
        sheet.write_row(row, 0, [f"1540000{row:04d}", f"name {row}"])
    book.close()
    return made.getvalue()


def with_part(name: str, content: bytes | Iterator[bytes]) -> bytes:
    """The workbook with one part put in the place of its own, or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for part in given.infolist():
            if part.filename != name:
                archive.writestr(part, given.read(part))
        with archive.open(name, "w", force_zip64=True) as target:
            for chunk in [content] if isinstance(content, bytes) else content:
                target.write(chunk)
    return made.getvalue()


def spaces(megabytes: int, start: bytes = b"", end: bytes = b"") -> Iterator[bytes]:
    """Much that packs to nothing."""
    yield start
    for _ in range(megabytes):
        yield b" " * MB
    yield end


def lying(content: bytes, name: str) -> bytes:
    """The archive with the size of one part written down as ten bytes, in both places."""
    changed = bytearray(content)
    at = 0
    while (at := changed.find(name.encode(), at)) >= 0:
        for signature, offset, length in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            if changed[at - offset : at - offset + 4] == signature:
                struct.pack_into("<L", changed, at - offset + length, 10)
        at += 1
    return bytes(changed)


def sheet(cells: str) -> bytes:
    """A sheet with these cells."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def zipped(size_mb: int) -> bytes:
    """A gzipped table of nothing, in lines of a kilobyte."""
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", compresslevel=9) as file:
        file.write(b"phone,name\n")
        for _ in range(size_mb):
            file.write((b"," + b" " * 1_022 + b"\n") * (MB // 1_024))
    return made.getvalue()


@cache
def files() -> dict[str, tuple[str, bytes, str]]:
    """By what they are: name, content, and the code that they are refused with."""
    strings, first = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
    bomb = with_part(strings, spaces(130, b"<sst>", b"</sst>"))
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(64)
    laughing = LAUGHS.encode() + b"<sst><si><t>&e11;</t></si></sst>"
    return {
        "a bomb in the strings": ("a.xlsx", bomb, "table.workbook_too_large"),
        # Read no further than it says of itself, and then its checksum does not fit.
        "a bomb that lies": ("a.xlsx", lying(bomb, strings), "table.damaged_workbook"),
        "a bomb in the sheet": ("a.xlsx", with_part(first, spaces(520)), "table.workbook_too_large"),
        "a bomb beside the sheet": ("a.xlsx", with_part("xl/media/image1.xml", spaces(40)), "table.workbook_too_large"),
        "a cell at the end": ("a.xlsx", with_part(first, sheet('<row r="1"><c r="A1"/><c r="XFD1048576"/></row>')),
                              "table.workbook_too_large"),
        "a cell beyond the end": ("a.xlsx", with_part(first, sheet('<row r="1"><c r="ZZZZZZ1"/></row>')),
                                  "table.workbook_too_large"),
        "entities in the strings": ("a.xlsx", with_part(strings, laughing), "table.damaged_workbook"),
        "entities in the book": ("a.xlsx", with_part("xl/workbook.xml", LAUGHS.encode() + b"<workbook>&e9;</workbook>"),
                                 "table.damaged_workbook"),
        "a path that leads out": ("a.xlsx", with_part("../../../tmp/shuke-here", b"x"), "table.damaged_workbook"),
        "a path of another system": ("a.xlsx", with_part("C:\\\\shuke", b"x"), "table.damaged_workbook"),
        "a workbook cut off": ("a.xlsx", workbook(200)[:-400], "table.damaged_workbook"),
        "an archive of something else": ("a.xlsx", zip_of("word/document.xml"), "table.damaged_workbook"),
        "a picture called workbook": ("a.xlsx", png, "table.not_a_table"),
        "a picture called table": ("a.csv", png, "table.not_a_table"),
        "a picture with a workbook behind it": ("a.xlsx", png + workbook(), "table.not_a_table"),
        "a page called table": ("a.csv", b"<html><script>alert(1)</script></html>", "table.not_a_table"),
        "an old workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(100), "table.old_workbook"),
        "a gzip cut off": ("a.csv", gzip.compress(b"phone,name\n" * 100_000)[:200], "table.cut_off"),
        "very many columns": ("a.csv", b"c," * 400_000 + b"\n", "table.too_many_columns"),
        "a line without end": ("a.csv", b"a," * 3_000_000, "table.not_a_table"),
        "nothing but NUL": ("a.csv", bytes(MB), "table.not_a_table"),
        "NUL in the heading": ("a.csv", b"pho\x00ne,name\n1,2\n", "table.not_a_table"),
        "nothing": ("a.csv", b"", "table.empty"),
    }  # fmt: skip


def zip_of(name: str) -> bytes:
    """An archive with one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()
