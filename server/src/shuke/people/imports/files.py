"""Rows handed back, as a file that people open in a spreadsheet, mend, and import again."""

from shuke.platform import spreadsheets
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .queries import Import, RejectKind, each_handed_back
from .rules.reasons import say

# Before the file's own headings, as with the rows that imports of orders hand back.
_HEADER = {"zh": ["行号", "退回原因"], "en": ["row", "reason"]}


async def handed_back_csv(session: Session, found: Import, kinds: tuple[RejectKind, ...], language: Language) -> bytes:
    """The rows of these kinds as CSV: row number, reason, the cells as they stood under the file's own headings."""
    parts = [spreadsheets.START, spreadsheets.csv_rows([[*_HEADER[language], *found.header]])]
    async for row in each_handed_back(session, found, kinds):
        reason = say(row.code, row.values, language)
        # Cells are texts here: a number that begins with zero, or a phone, must not become something else.
        parts.append(spreadsheets.csv_rows([[row.row_no, reason, *row.cells]]))
    return b"".join(parts)
