"""Files of batches: a look at one that is to be imported, and the rows that were handed back."""

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from shuke.platform.i18n import Language
from shuke.platform.spreadsheets import harmless
from shuke.platform.tabular import open_table

from .queries import Batch, Reject
from .reasons import say
from .rows import guess, plain
from .schemas import CouponCodeSampleOut

_ROWS, _LONGEST = 6, 200
_HEADER: dict[Language, list[str]] = {"zh": ["行号", "原因"], "en": ["row", "reason"]}


def look_at(path: Path) -> CouponCodeSampleOut:
    """The beginning of a file. Blocks: call it in a thread. Raises UnreadableTable."""
    table = open_table(path, is_list=True)
    rows = [[plain(cell)[:_LONGEST] for cell in row.cells] for row in islice(table.rows, _ROWS)]
    return CouponCodeSampleOut(
        header=[column[:_LONGEST] for column in table.header], rows=rows, guess=guess(table.header)
    )


def rejects_csv(batch: Batch, rows: Sequence[Reject], language: Language) -> bytes:
    """Rows handed back as CSV, UTF-8 with BOM so that Excel reads it: row, reason, the cells as they stood."""
    text = io.StringIO()
    writer = csv.writer(text)
    header = batch.details.get("header") or []
    writer.writerow([*_HEADER[language], *(harmless(column) for column in header)])
    for row in rows:
        cells = [harmless(cell) for cell in row.cells]
        writer.writerow([row.row_no, say(row.code, row.values, language), *cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
