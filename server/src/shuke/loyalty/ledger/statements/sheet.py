"""A statement as CSV: the opening balance, every entry with the balance after it, the closing balance."""

from collections.abc import AsyncIterator, Sequence

from shuke.platform.i18n import Language
from shuke.platform.spreadsheets import START, csv_rows

from . import words
from .queries import Balances
from .views import Head, ToldLine

_COLUMNS = (
    words.DAY,
    words.VERSION,
    words.KIND,
    words.CHANGE,
    words.TOTAL,
    words.AVAILABLE,
    words.PENDING,
    words.HELD,
    words.DEBT,
    words.WHY,
    words.ORDER,
    words.OPERATION,
    words.OCCURRED,
    words.RECORDED,
)


async def sheet(head: Head, lines: AsyncIterator[Sequence[ToldLine]], language: Language) -> AsyncIterator[bytes]:
    """The file piece by piece. It is whole when its last row is the closing balance."""
    yield START + csv_rows(
        [
            [column.pick(language) for column in _COLUMNS],
            [head.first, None, words.OPENING.pick(language), None, *_parts(head.opening)],
        ]
    )
    async for page in lines:
        yield csv_rows(_row(told, language) for told in page)
    yield csv_rows([[head.last, None, words.CLOSING.pick(language), None, *_parts(head.closing)]])


def _row(told: ToldLine, language: Language) -> Sequence[object]:
    entry = told.line.entry
    return [
        entry.business_day,
        entry.version,
        words.KINDS[entry.kind].pick(language),
        entry.amount,
        *_parts(told.balance),
        told.why,
        told.order.number if told.order else None,
        entry.operation_key,
        entry.occurred_at.isoformat(),
        entry.recorded_at.isoformat(),
    ]


def _parts(balance: Balances) -> list[int]:
    return [balance.total, balance.available, balance.pending, balance.held, balance.debt]
