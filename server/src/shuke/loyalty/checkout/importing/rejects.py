"""Rows handed back, as a file that people open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from shuke.platform.spreadsheets import harmless

from .reasons import say
from .runs import Run

_HEADER = {"zh": ["行号", "原因"], "en": ["row", "reason"]}


def rejects_csv(run: Run, rows: Sequence[dict[str, Any]], language: str) -> bytes:
    """Rejected rows as CSV, UTF-8 with BOM so that Excel reads it: row number, reason, the cells as they stood."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_HEADER[language], *(harmless(column) for column in run.header)])
    for row in rows:
        cells = [harmless(cell) for cell in row["cells"]]
        writer.writerow([row["row_no"], say(row["code"], row["values"], language), *cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
