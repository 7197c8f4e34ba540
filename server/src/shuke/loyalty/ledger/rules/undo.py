"""Undoing a merge of two accounts: what has not been used since goes back into the very lots it came from."""

from dataclasses import dataclass
from typing import Any

from ..errors import AlreadyReversed
from . import expiry
from .lots import Part, by_end, merged, open_lot, repay, settle, take
from .model import Account, Entry, Lot, Operation
from .posting import post
from .reversal import Posted


@dataclass(frozen=True, slots=True)
class _Returned:
    """What one lot gives back: the lot it came from, the amount, whether it is pending, and whether it has matured."""

    lot: Lot
    amount: int
    is_pending: bool
    has_matured: bool


def undo_merge(
    source: Account,
    target: Account,
    back: Operation,
    returned: Operation,
    out: Posted,
    received: Posted,
    *,
    debt: int,
    explanation: dict[str, Any],
) -> tuple[Entry, Entry]:
    """Give back to `source` what a merge moved to `target`, less what has been used since; `debt` is what it moved.

    Undone at once, both accounts own and owe what they did before. Raises AlreadyReversed.
    """
    if out.reversal_count:
        raise AlreadyReversed(left=0, wanted=abs(out.amount))
    first_new = len(target.opened_lots)
    used = _used_since(target, received)
    items, parts = _take_out(target, out, received)
    given_back, debt = _give_debt_back(target, back, received, debt, used)
    parts += given_back
    parts += repay(target, "transfer")
    amount = sum(item.amount for item in items) - debt
    taken = post(
        target,
        back,
        "transfer",
        "transfer",
        -amount,
        drawn=merged(parts),
        opened=target.opened_lots[first_new:],
        reverses_version=received.version,
        explanation={**explanation, "direction": "out"},
    )
    settle(target)
    return taken, _put_back(source, returned, out, items, debt=debt, explanation=explanation)


def _take_out(target: Account, out: Posted, received: Posted) -> tuple[list[_Returned], list[Part]]:
    """Take what is left of the merged lots; where one had repaid debt of the target, that debt is open again."""
    came_from = sorted((lot for lot in out.lots.values() if lot.opened_version != out.version), key=by_end)
    items: list[_Returned] = []
    parts: list[Part] = []
    for origin, number in zip(came_from, received.opened, strict=True):
        # The working copy of a lot that still lives, or the lot as it was closed.
        lot = next((one for one in target.lots if one.lot_no == number), received.lots[number])
        repaid = -received.parts.get(number, 0)
        free = lot.free if lot.is_live else 0
        is_pending = lot.state == "pending"
        has_matured = not is_pending and (lot.available_on is not None or lot.matures_on is not None)
        if free:
            if is_pending:
                target.pending -= free
            else:
                target.available -= free
            take(lot, free, "transfer")
            parts.append((lot, -free, 0))
        target.debt += repaid
        if free + repaid:
            items.append(_Returned(origin, free + repaid, is_pending, has_matured))
    return items, parts


def _used_since(target: Account, received: Posted) -> int:
    """How much of the merged lots is gone, beyond what repaid debt in the merge itself."""
    mine = {lot.lot_no: lot for lot in target.lots}
    lots = [mine.get(number, received.lots[number]) for number in received.opened]
    return sum(lot.amount + received.parts.get(lot.lot_no, 0) - lot.remaining for lot in lots)


def _give_debt_back(
    target: Account, operation: Operation, received: Posted, debt: int, used: int
) -> tuple[list[Part], int]:
    """The target owes the moved debt no more: open debt first, then the lots that had repaid it, the rest as a lot.

    What the merged lots themselves have repaid since stays repaid: that part of the debt is gone on both sides.
    Answers the changes of lots and the debt that goes back.
    """
    forgiven = min(target.debt, debt)
    target.debt -= forgiven
    left = debt - forgiven
    parts: list[Part] = []
    opened = set(received.opened)
    for number, amount in sorted(received.parts.items()):
        if number in opened or left == 0:
            continue
        lot = next((one for one in target.lots if one.lot_no == number), received.lots[number])
        part = min(-amount, left)
        lot.remaining += part
        lot.state = "open"
        if all(one is not lot for one in target.lots):
            target.lots.append(lot)
        target.available += part
        parts.append((lot, part, 0))
        left -= part
    repaid_by_merged = min(left, used)
    left -= repaid_by_merged
    if left:
        today = operation.business_day
        ends = expiry.expires_on(target.currency.expiry, today)
        open_lot(target, operation, left, earned_on=today, expires_on=ends)
    return parts, debt - repaid_by_merged


def _put_back(
    source: Account,
    operation: Operation,
    out: Posted,
    items: list[_Returned],
    *,
    debt: int,
    explanation: dict[str, Any],
) -> Entry:
    first_new = len(source.opened_lots)
    parts: list[Part] = []
    for item in items:
        lot = item.lot
        if item.has_matured:
            # The chain knows the old lot as pending; what matured elsewhere comes back usable, in a lot of its own.
            open_lot(
                source,
                operation,
                item.amount,
                earned_on=lot.earned_on,
                expires_on=lot.expires_on,
                unit_cost_micro=lot.unit_cost_micro,
                funding=lot.funding,
                rule_version_id=lot.rule_version_id,
                origin=(lot.origin_kind, lot.origin_id),
            )
            continue
        _reopen(source, lot, item)
        parts.append((lot, item.amount, 0))
    source.debt += debt
    parts += repay(source, "transfer")
    entry = post(
        source,
        operation,
        "transfer",
        "transfer",
        sum(item.amount for item in items) - debt,
        drawn=merged(parts),
        opened=source.opened_lots[first_new:],
        reverses_version=out.version,
        explanation={**explanation, "direction": "in"},
    )
    settle(source)
    return entry


def _reopen(source: Account, lot: Lot, item: _Returned) -> None:
    lot.remaining += item.amount
    lot.state = "pending" if item.is_pending else "open"
    if item.is_pending:
        source.pending += item.amount
    else:
        source.available += item.amount
    source.lots.append(lot)
