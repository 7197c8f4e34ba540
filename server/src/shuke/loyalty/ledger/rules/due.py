"""What comes due by itself: pending value matures, holds time out, lots end. In the order of time, each once."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from shuke.platform import clock

from .credit import mature
from .holds import release
from .lots import Part, by_end, end, settle, take, total
from .model import Account, Lot, Operation
from .posting import post

# At one instant value matures first, then holds free theirs, then lots end: a member never loses what the same
# instant gave, and nothing outlives its end because it was held.
_MATURES, _TIMES_OUT, _ENDS = range(3)
_Due = tuple[datetime, int, int]


def bring_forward(
    account: Account, until: datetime, recorded_at: datetime, *, floor: datetime | None = None
) -> list[Operation]:
    """Do everything that is due at or before `until`; one entry for each instant and kind. Returns the operations.

    `floor`: nothing is dated before it (what a release has just freed ends now, not in the past).
    """
    if account.due_at is None or account.due_at > until:
        return []
    done: list[Operation] = []
    due = sorted(one for one in _all_due(account) if one[0] <= until)
    for (instant, what), group in groupby(due, key=lambda one: one[:2]):
        at = max(instant, floor) if floor else instant
        numbers = [number for _, _, number in group]
        if what == _MATURES:
            done += _mature(account, at, recorded_at, set(numbers))
        elif what == _TIMES_OUT:
            done += [_time_out(account, at, recorded_at, number) for number in numbers]
        # Asked again: value that comes free after its end is gone at once, and what was kept alive meanwhile is not.
        ended = {lot.lot_no for lot in account.lots if _ended(account, lot, at)}
        done += _expire(account, at, recorded_at, ended.intersection(numbers) if what == _ENDS else ended)
    settle(account)
    return done


def _all_due(account: Account) -> Iterator[_Due]:
    for lot in account.lots:
        if lot.state == "pending" and lot.available_on is not None:
            yield clock.start_of_day(lot.available_on, account.zone), _MATURES, lot.lot_no
        ends = end(account, lot)
        if ends is not None:
            yield ends, _ENDS, lot.lot_no
    for hold in account.holds.values():
        if hold.expires_at is not None:
            yield hold.expires_at, _TIMES_OUT, hold.hold_no


def _ended(account: Account, lot: Lot, at: datetime) -> bool:
    ends = end(account, lot)
    return ends is not None and ends <= at


def _operation(account: Account, kind: str, at: datetime, recorded_at: datetime) -> Operation:
    # What ends at midnight belongs to the day before.
    day = clock.last_day(at, account.zone) if kind == "expire" else clock.business_day(at, account.zone)
    key = f"{kind}:{account.currency.code}:{day}:{account.version + 1}"
    return Operation(key, kind, at, day, recorded_at, "system:0", sha256(key.encode()).digest())


def _mature(account: Account, at: datetime, recorded_at: datetime, numbers: set[int]) -> list[Operation]:
    operation = _operation(account, "mature", at, recorded_at)
    return [operation] if mature(account, operation, numbers) else []


def _time_out(account: Account, at: datetime, recorded_at: datetime, hold_no: int) -> Operation:
    operation = _operation(account, "time_out", at, recorded_at)
    release(account, operation, hold_no, is_time_out=True, explanation={})
    return operation


def _expire(account: Account, at: datetime, recorded_at: datetime, numbers: set[int]) -> list[Operation]:
    # Pending value ends with its day, too: its event may never come.
    due = [lot for lot in account.lots if lot.lot_no in numbers and lot.is_live and lot.free > 0]
    if not due:
        return []
    operation = _operation(account, "expire", at, recorded_at)
    parts: list[Part] = [(lot, -lot.free, 0) for lot in sorted(due, key=by_end)]
    lots = [{"lot_no": lot.lot_no, "earned_on": lot.earned_on.isoformat(), "amount": -part} for lot, part, _ in parts]
    expired = total(parts)
    waiting = total(part for part in parts if part[0].state == "pending")
    for lot, part, _ in parts:
        take(lot, -part, "expire")
    account.pending -= waiting
    account.available -= expired - waiting
    post(
        account,
        operation,
        "expire",
        "breakage",
        -expired,
        drawn=parts,
        explanation={"lots": lots, "on": operation.business_day.isoformat()},
    )
    return [operation]
