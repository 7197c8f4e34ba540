"""Holds: value set aside for one purpose, used later in one or several steps, or given free again."""

from datetime import datetime
from typing import Any

from ..errors import HoldClosed, HoldTooSmall
from .debit import require
from .lots import Part, by_end, merged, repay, settle, take, usable
from .model import Account, Entry, Hold, Lot, Operation
from .posting import post


def hold(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    until: datetime | None,
    keep_at_least: int = 0,
    explanation: dict[str, Any],
) -> Entry:
    """Set an amount aside, from the lots that end first. Raises NotEnough."""
    require(account, amount, keep_at_least=keep_at_least)
    account.hold_count += 1
    made = Hold(
        hold_no=account.hold_count,
        opened_version=account.version + 1,
        amount=amount,
        remaining=amount,
        state="open",
        expires_at=until,
        origin_kind=operation.origin_kind,
        origin_id=operation.origin_id,
    )
    parts: list[Part] = []
    left = amount
    for lot in usable(account):
        part = min(lot.free, left)
        lot.held += part
        made.parts[lot.lot_no] = part
        parts.append((lot, 0, part))
        left -= part
        if left == 0:
            break
    account.available -= amount
    account.held += amount
    account.holds[made.hold_no] = account.touched_holds[made.hold_no] = made
    entry = post(
        account,
        operation,
        "hold",
        "internal",
        0,
        moved=amount,
        drawn=parts,
        opened_hold=made,
        hold_no=made.hold_no,
        explanation=explanation,
    )
    settle(account)
    return entry


def capture(
    account: Account,
    operation: Operation,
    hold_no: int,
    amount: int | None,
    *,
    release_rest: bool = False,
    explanation: dict[str, Any],
) -> Entry:
    """Use what a hold has set aside: all that remains, or a part; the rest stays held or is given free at once.

    Raises HoldClosed and HoldTooSmall.
    """
    made = _open_hold(account, hold_no)
    wanted = _within(made, amount)
    used = _take_from(account, made, wanted)
    parts: list[Part] = [(lot, -part, -part) for lot, part in used]
    for lot, part in used:
        lot.held -= part
        take(lot, part, "capture")
    account.held -= wanted
    if made.remaining == 0:
        made.state = "captured"
    entry = post(
        account,
        operation,
        "capture",
        "redemption",
        -wanted,
        drawn=parts,
        hold_no=hold_no,
        explanation=explanation,
    )
    settle(account)
    if release_rest and made.remaining:
        # An entry of its own: what was used can then be reversed into the very lots it came from.
        release(account, operation, hold_no, explanation=explanation)
    return entry


def release(
    account: Account,
    operation: Operation,
    hold_no: int,
    amount: int | None = None,
    *,
    is_time_out: bool = False,
    explanation: dict[str, Any],
) -> Entry:
    """Give held value free again, whole or in part; debt is repaid out of it. Raises HoldClosed and HoldTooSmall."""
    made = _open_hold(account, hold_no)
    wanted = _within(made, amount)
    parts = _free(account, made, wanted)
    parts += repay(account, "release")
    if made.remaining == 0:
        made.state = "timed_out" if is_time_out else "released"
    entry = post(
        account,
        operation,
        "release",
        "internal",
        0,
        moved=wanted,
        drawn=merged(parts),
        hold_no=hold_no,
        explanation=explanation,
    )
    settle(account)
    return entry


def _open_hold(account: Account, hold_no: int) -> Hold:
    made = account.holds.get(hold_no)
    if made is None or made.state != "open":
        raise HoldClosed(hold=hold_no)
    account.touched_holds[hold_no] = made
    return made


def _within(made: Hold, amount: int | None) -> int:
    if amount is None:
        return made.remaining
    if amount > made.remaining:
        raise HoldTooSmall(held=made.remaining, wanted=amount, missing=amount - made.remaining)
    return amount


def _take_from(account: Account, made: Hold, amount: int) -> list[tuple[Lot, int]]:
    """Take an amount off a hold, from the lots that end first."""
    lots = sorted((lot for lot in account.lots if lot.lot_no in made.parts), key=by_end)
    used: list[tuple[Lot, int]] = []
    left = amount
    for lot in lots:
        part = min(made.parts[lot.lot_no], left)
        if part == 0:
            continue
        made.parts[lot.lot_no] -= part
        if made.parts[lot.lot_no] == 0:
            del made.parts[lot.lot_no]
        used.append((lot, part))
        left -= part
    made.remaining -= amount
    return used


def _free(account: Account, made: Hold, amount: int) -> list[Part]:
    freed = _take_from(account, made, amount)
    for lot, part in freed:
        lot.held -= part
    account.held -= amount
    account.available += amount
    return [(lot, 0, -part) for lot, part in freed]
