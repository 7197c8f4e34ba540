"""Which row spoiled an entry's hash? What the rows say of each other often tells. Pure.

A lot's amount follows from what remains of it and what was taken; a part taken, from the lot; an operation's times
stand in its entry too. When an entry gets its hash with such a value put back, the row that held another one is named.
Otherwise the entry is, with all that its hash covers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.i18n import LocalName

from .findings import Wrong
from .loading import AccountRows, Row
from .replay import hash_of

_COPIED = ("occurred_at", "business_day", "recorded_at", "origin_kind", "origin_id")
_CHANGED = LocalName("这一行与链上的哈希不符，内容被改动过", "It does not fit the hash in the chain: it was changed")
_SOMETHING = LocalName(
    "流水与它的哈希不符：流水、所属操作，或它的批次、批次使用、冻结中有一处被改动、添加或删除",
    "The entry does not fit its hash: it, its operation, or one of its lots, allocations or holds was changed, "
    "added or taken away",
)


@dataclass(frozen=True, kw_only=True)
class _Guess:
    """One row put back as others say it was."""

    table: str
    row: Mapping[str, int | str]
    operation: Row
    drawn: Sequence[Row]
    opened: Sequence[Row]


def find_culprit(
    rows: AccountRows,
    entry: Row,
    operation: Row,
    drawn: Sequence[Row],
    opened: Sequence[Row],
    holds: Sequence[Row],
) -> Wrong:
    """The row to name where an entry does not fit its hash."""
    for guess in _guesses(rows, entry, operation, drawn, opened):
        if hash_of(rows, entry, guess.operation, guess.drawn, guess.opened, holds) == entry["hash"]:
            return _wrong(rows, guess.table, guess.row, _CHANGED)
    return _wrong(rows, "ledger_entry", {"version": entry["version"]}, _SOMETHING)


def _guesses(
    rows: AccountRows, entry: Row, operation: Row, drawn: Sequence[Row], opened: Sequence[Row]
) -> Iterator[_Guess]:
    told = {name: entry[name] for name in _COPIED}
    if any(operation[name] != value for name, value in told.items()):
        row = {"key": operation["key"]}
        mended = {**operation, **told}
        yield _Guess(table="ledger_operation", row=row, operation=mended, drawn=drawn, opened=opened)
    for place, lot in enumerate(opened):
        amount = lot["remaining"] - _sum_of(rows, lot["lot_no"], "amount")
        yield _Guess(
            table="ledger_lot",
            row={"lot_no": lot["lot_no"]},
            operation=operation,
            drawn=drawn,
            opened=_with(opened, place, amount=amount),
        )
    lots = {lot["lot_no"]: lot for lot in rows.lots}
    for place, part in enumerate(drawn):
        if part["lot_no"] not in lots:
            continue
        lot = lots[part["lot_no"]]
        amount = lot["remaining"] - lot["amount"] - _sum_of(rows, part["lot_no"], "amount") + part["amount"]
        held = lot["held"] - _sum_of(rows, part["lot_no"], "held") + part["held"]
        yield _Guess(
            table="ledger_allocation",
            row={"version": part["version"], "lot_no": part["lot_no"]},
            operation=operation,
            drawn=_with(drawn, place, amount=amount, held=held),
            opened=opened,
        )


def _sum_of(rows: AccountRows, lot_no: int, column: str) -> int:
    return sum(part[column] for part in rows.allocations if part["lot_no"] == lot_no)


def _with(rows: Sequence[Row], place: int, **values: Any) -> list[Row]:
    return [*rows[:place], {**rows[place], **values}, *rows[place + 1 :]]


def _wrong(rows: AccountRows, table: str, row: Mapping[str, int | str], what: LocalName) -> Wrong:
    return Wrong(table=table, member_id=rows.member_id, currency=rows.code, row=row, what=what)
