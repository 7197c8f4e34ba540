"""Read tables people have: CSV and its cousins, gzipped or not, UTF-8 with or without BOM or GBK, and XLSX.

Rows are streamed, so a file may be larger than memory (XLSX is bounded by its own million rows). What the file is, is
decided by its content, never by its name.
"""

import codecs
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from shuke.platform import workbooks
from shuke.platform.errors import AppError

_SAMPLE_BYTES = 1 << 20
_DELIMITERS = ",;\t|"
_MAX_LINE = 1 << 20
# More columns than this are no list of anything; each heading is looked at and shown.
_MAX_COLUMNS = 2_000
# Tables shrink to a tenth or a twentieth when they are gzipped; what grows by more than this is made to fill a disk.
_MAX_GROWTH = 200
# What may stand above a list of one column.
_LIST_HEADING = re.compile(r"[\w .()（）:：/-]{1,60}")
_ALWAYS_FINE_BYTES = 64 << 20
csv.field_size_limit(_MAX_LINE)


class UnreadableTable(AppError):  # allow: error-texts — never raised itself; its subclasses have code and texts
    """The file as a whole cannot be read, and nothing was changed. The subclasses say why."""


class TableEmpty(UnreadableTable):
    """There is nothing in the file."""

    code = "table.empty"
    title = {"zh": "文件是空的", "en": "The file is empty"}
    detail = {
        "zh": "文件里没有数据。请重新导出后再试。本次没有导入任何内容。",
        "en": "There are no rows in the file. Export it again. Nothing was imported.",
    }


class NotATable(UnreadableTable):
    """The file is of some other kind."""

    code = "table.not_a_table"
    title = {"zh": "这不是表格文件", "en": "This is not a table"}
    detail = {
        "zh": "请提供 CSV（可用 gzip 压缩）或 Excel（.xlsx）文件。本次没有导入任何内容。",
        "en": "Give a CSV file (gzip is fine) or an Excel file (.xlsx). Nothing was imported.",
    }


class OldWorkbook(UnreadableTable):
    """A workbook of the format before 2007."""

    code = "table.old_workbook"
    title = {"zh": "旧版 Excel 文件", "en": "An old Excel file"}
    detail = {
        "zh": "这是旧版 Excel（.xls）文件。请另存为 .xlsx 或 CSV 后再导入。本次没有导入任何内容。",
        "en": "This is an old Excel file (.xls). Save it as .xlsx or CSV first. Nothing was imported.",
    }


class DamagedWorkbook(UnreadableTable):
    """An Excel file that is damaged, incomplete, or no workbook."""

    code = "table.damaged_workbook"
    title = {"zh": "Excel 文件已损坏", "en": "The Excel file is damaged"}
    detail = {
        "zh": "Excel 文件已损坏、不完整，或不是工作簿。请重新导出后再试。本次没有导入任何内容。",
        "en": "The Excel file is damaged, incomplete or not a workbook. Export it again. Nothing was imported.",
    }


class TableCutOff(UnreadableTable):
    """The file ends in the middle."""

    code = "table.cut_off"
    title = {"zh": "文件不完整", "en": "The file is cut off"}
    detail = {
        "zh": "文件像是在传输或导出时中断了。请重新导出或重新上传。本次没有导入任何内容。",
        "en": "An export or a transfer seems to have stopped half-way. Do it again. Nothing was imported.",
    }


class BadQuotes(UnreadableTable):
    """Quotes or delimiters are out of place, so that rows cannot be told apart."""

    code = "table.bad_quotes"
    title = {"zh": "引号或分隔符不合规范", "en": "Quotes or delimiters out of place"}
    detail = {
        "zh": "第 {row} 行的引号或分隔符不合规范。请检查该行后重新导出。本次没有导入任何内容。",
        "en": "Row {row} has quotes or delimiters out of place. Mend it or export again. Nothing was imported.",
    }


class WorkbookTooLarge(UnreadableTable):
    """A workbook whose sheet claims more cells than can be read."""

    code = "table.workbook_too_large"
    title = {"zh": "工作表过大", "en": "The sheet is too large"}
    detail = {
        "zh": "工作表的范围过大。请删除多余的行列，或另存为 CSV 后再导入。本次没有导入任何内容。",
        "en": "The sheet reaches too far. Delete what is empty, or save it as CSV. Nothing was imported.",
    }


class TooManyColumns(UnreadableTable):
    """More columns than any list has."""

    code = "table.too_many_columns"
    title = {"zh": "列太多", "en": "Too many columns"}
    detail = {
        "zh": "表头超过了 {most} 列。请只保留需要的列，再导入。本次没有导入任何内容。",
        "en": "The heading has more than {most} columns. Keep only those that are needed. Nothing was imported.",
    }


class TableInflated(UnreadableTable):
    """A compressed file that unpacks to very many times its size."""

    code = "table.inflated"
    title = {"zh": "压缩文件解压后过大", "en": "The file unpacks to far too much"}
    detail = {
        "zh": "压缩文件解压后的大小不合常理。请直接上传未压缩的 CSV。本次没有导入任何内容。",
        "en": "Unpacked, the file is far larger than tables are. Upload the CSV itself. Nothing was imported.",
    }


UNREADABLE = (
    TableEmpty,
    NotATable,
    OldWorkbook,
    DamagedWorkbook,
    WorkbookTooLarge,
    TableCutOff,
    BadQuotes,
    TooManyColumns,
    TableInflated,
)


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the header is row 1) and its cells as text, as they stand."""

    number: int
    cells: list[str]


@dataclass
class Table:
    """An open table: its header, and its rows to be read once."""

    header: list[str]
    rows: Iterator[Row]


def open_table(path: Path, *, is_list: bool = False) -> Table:
    """Open a table file. Raises UnreadableTable when it is none, empty or damaged; later damage raises from `rows`.

    `is_list`: a text of one column is fine, too.
    """
    if path.stat().st_size == 0:
        raise TableEmpty
    with path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(b"PK\x03\x04"):
        return _open_workbook(path)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook
    return _open_text(path, is_gzip=magic.startswith(b"\x1f\x8b"), is_list=is_list)


def _open_text(path: Path, *, is_gzip: bool, is_list: bool) -> Table:
    try:
        with _binary(path, is_gzip=is_gzip) as file:
            sample = file.read(_SAMPLE_BYTES)
    except (EOFError, OSError, zlib.error):
        raise TableCutOff from None
    if not sample.strip():
        raise TableEmpty
    # A stray NUL is one row's fault; many, or one in the first line, are a sign of some other kind of file.
    if b"\x00" in sample.split(b"\n", 1)[0] or sample.count(b"\x00") * 1000 > len(sample):
        raise NotATable
    encoding = _encoding(sample)
    first_line = sample.decode(encoding, "replace").lstrip("\ufeff").splitlines()[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    if delimiter not in first_line and not (is_list and _LIST_HEADING.fullmatch(first_line.strip())):
        raise NotATable
    most = max(_ALWAYS_FINE_BYTES, path.stat().st_size * _MAX_GROWTH) if is_gzip else None
    rows = _text_rows(path, is_gzip=is_gzip, encoding=encoding, delimiter=delimiter, most=most)
    return Table(header=_heading(next(rows)), rows=rows)


def _binary(path: Path, *, is_gzip: bool) -> gzip.GzipFile | io.BufferedReader:
    return gzip.open(path, "rb") if is_gzip else path.open("rb")


def _encoding(sample: bytes) -> str:
    """UTF-8 unless the sample is not; then GB18030, of which GBK and GB2312 are parts."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        # An incremental decoder does not mind that the sample may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _text_rows(path: Path, *, is_gzip: bool, encoding: str, delimiter: str, most: int | None) -> Iterator[Row]:
    with _binary(path, is_gzip=is_gzip) as binary:
        # Bytes that are no characters become lone surrogates, which row checks refuse one row at a time.
        text = io.TextIOWrapper(binary, encoding=encoding, errors="surrogateescape", newline="")
        lines = _Lines(text, most)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        width = 0
        number = 0
        try:
            for cells in reader:
                number += 1
                width = width or len(cells)
                if len(cells) < width and lines.is_last_unfinished and cells:
                    raise TableCutOff
                if cells:
                    yield Row(number, cells)
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise TableCutOff from None
            raise BadQuotes(row=number + 1) from None
        except (EOFError, OSError, zlib.error):
            raise TableCutOff from None


class _Lines:
    """Lines of a text file, remembering whether the newest one lacks its end: the sign of a file cut off."""

    def __init__(self, file: io.TextIOWrapper, most: int | None) -> None:
        self._file = file
        self._left = most
        self.is_last_unfinished = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(_MAX_LINE)
        if not line:
            raise StopIteration
        if len(line) == _MAX_LINE:
            raise NotATable
        if self._left is not None:
            self._left -= len(line)
            if self._left < 0:
                raise TableInflated
        self.is_last_unfinished = not line.endswith(("\n", "\r"))
        return line


def _open_workbook(path: Path) -> Table:
    try:
        workbooks.require_bounded(path)
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0)
        rows = _sheet_rows(sheet.iter_rows())
        header = next(rows, None)
    except workbooks.TooLarge:
        raise WorkbookTooLarge from None
    except (CalamineError, zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, workbooks.Dishonest):
        raise DamagedWorkbook from None
    if header is None:
        raise TableEmpty
    return Table(header=_heading(header), rows=rows)


def _heading(row: Row) -> list[str]:
    """The headings; what is no character in them is shown as the replacement sign. Raises TooManyColumns."""
    if len(row.cells) > _MAX_COLUMNS:
        raise TooManyColumns(most=_MAX_COLUMNS)
    return [cell.strip().replace("\x00", "\ufffd").encode("utf-8", "replace").decode() for cell in row.cells]


def _sheet_rows(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        texts = [_cell_text(cell) for cell in cells]
        if any(texts):
            yield Row(number, texts)


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return "" if cell is None else str(cell)
