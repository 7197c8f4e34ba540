"""Tables for people who open them in a spreadsheet: CSV in UTF-8 in which no cell can act as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8"
# Without it Excel takes UTF-8 for the code page of its country.
START = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_UNSEEN = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a country parts cells by these, quotes hold a text together in the first cell of a row only.
_CUT = re.compile(f'([;|\t\r\n]["{_UNSEEN}]*)(?=[=+\\-@＝＋－＠])')


def csv_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV. Whole numbers stay numbers, None is an empty cell, everything else is text."""
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    return harmless(str(value))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers below zero stay numbers."""
    text = _CUT.sub(r"\1'", text)
    # Blanks, and characters without width, in front of a formula do not disarm it everywhere.
    if not text.lstrip(_UNSEEN).startswith(_FORMULA_STARTS) and not text.startswith(_FORMULA_STARTS):
        return text
    return text if _NUMBER.fullmatch(text) else f"'{text}"
