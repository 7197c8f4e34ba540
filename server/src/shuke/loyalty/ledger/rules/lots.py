"""Lots: opening them, drawing on them, and what is due next. Debits take the lots that end first, then the oldest."""

from collections.abc import Iterable
from datetime import date, datetime

from shuke.platform import clock

from .expiry import end_of, inactive_from
from .model import Account, EntryKind, Lot, LotState, Operation

_NO_END = date.max

# The state of a lot that an entry of a kind has emptied.
CLOSED_BY: dict[EntryKind, LotState] = {
    "earn": "spent",
    "adjust": "spent",
    "spend": "spent",
    "capture": "spent",
    "restore": "spent",
    "release": "spent",
    "mature": "spent",
    "take_back": "taken_back",
    "expire": "expired",
    "cancel": "cancelled",
    "transfer": "transferred",
}

# A lot, the change of its remaining, the change of its held part.
Part = tuple[Lot, int, int]


def by_end(lot: Lot) -> tuple[date, int]:
    """The order in which lots are used: what ends first, then what was opened first."""
    return lot.expires_on or _NO_END, lot.lot_no


def usable(account: Account) -> list[Lot]:
    """The lots with something to use, in the order of use."""
    return sorted((lot for lot in account.lots if lot.state == "open" and lot.free > 0), key=by_end)


def draw(lots: Iterable[Lot], amount: int, kind: EntryKind) -> list[Part]:
    """Take an amount from lots in the order given, as far as they reach."""
    parts: list[Part] = []
    left = amount
    for lot in lots:
        if left == 0:
            break
        taken = min(lot.free, left)
        if taken > 0:
            take(lot, taken, kind)
            parts.append((lot, -taken, 0))
            left -= taken
    return parts


def take(lot: Lot, amount: int, kind: EntryKind) -> None:
    """Take an amount that is free from one lot."""
    lot.remaining -= amount
    if lot.remaining == 0:
        lot.state = CLOSED_BY[kind]


def total(parts: Iterable[Part]) -> int:
    """What parts took, as a positive number."""
    return -sum(amount for _, amount, _ in parts)


def merged(parts: Iterable[Part]) -> list[Part]:
    """The same changes with each lot once."""
    sums: dict[int, Part] = {}
    for lot, amount, held in parts:
        _, before, before_held = sums.get(lot.lot_no, (lot, 0, 0))
        sums[lot.lot_no] = (lot, before + amount, before_held + held)
    return list(sums.values())


def open_lot(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    earned_on: date,
    expires_on: date | None,
    available_on: date | None = None,
    matures_on: str | None = None,
    unit_cost_micro: int | None = None,
    funding: str | None = None,
    rule_version_id: int | None = None,
    origin: tuple[str | None, int | None] | None = None,
) -> Lot:
    """Open a lot with the account's next number, pending where a day or an event says so, and count it."""
    account.lot_count += 1
    is_pending = available_on is not None or matures_on is not None
    origin_kind, origin_id = origin or (operation.origin_kind, operation.origin_id)
    cost = account.currency.unit_cost_micro if unit_cost_micro is None else unit_cost_micro
    lot = Lot(
        lot_no=account.lot_count,
        opened_version=account.version + 1,
        amount=amount,
        remaining=amount,
        held=0,
        state="pending" if is_pending else "open",
        earned_on=earned_on,
        available_on=available_on,
        matures_on=matures_on,
        expires_on=expires_on,
        unit_cost_micro=cost,
        funding=funding,
        rule_version_id=rule_version_id,
        origin_kind=origin_kind,
        origin_id=origin_id,
    )
    account.opened_lots.append(lot)
    account.lots.append(lot)
    if is_pending:
        account.pending += amount
    else:
        account.available += amount
    return lot


def repay(account: Account, kind: EntryKind) -> list[Part]:
    """Pay debt out of what can be used, so that nobody has debt and usable value at once."""
    amount = min(account.debt, account.available)
    if amount == 0:
        return []
    parts = draw(usable(account), amount, kind)
    account.debt -= amount
    account.available -= amount
    return parts


def settle(account: Account) -> None:
    """After a decision: forget lots and holds that are closed, and find when something is due next."""
    account.lots = [lot for lot in account.lots if lot.is_live]
    account.holds = {number: hold for number, hold in account.holds.items() if hold.state == "open"}
    # A copy without its lots knows only its own: what was due before may still be.
    account.due_at = next_due(account) if account.has_lots else _earliest([account.due_at, next_due(account)])


def note_opened(account: Account, lot: Lot) -> None:
    """After a credit: nothing has been closed, and only the new lot can be due earlier. Looks at no other lot."""
    account.due_at = _earliest([account.due_at, _due(account, lot)])
    if not lot.is_live:
        account.lots.pop()


def end(account: Account, lot: Lot) -> datetime | None:
    """The first instant at which a lot is gone; None: it has no end."""
    if account.currency.expiry.kind == "inactivity":
        return (
            end_of(inactive_from(account.currency.expiry, account.active_on), account.zone)
            if account.active_on
            else None
        )
    return end_of(lot.expires_on, account.zone) if lot.expires_on else None


def next_due(account: Account) -> datetime | None:
    """When the next lot matures or ends or the next hold times out, in the zone of the working copy."""
    holds = [hold.expires_at for hold in account.holds.values()]
    # Days are compared before they are turned into instants, which costs more.
    pending = min(
        (lot.available_on for lot in account.lots if lot.state == "pending" and lot.available_on), default=None
    )
    matures = clock.start_of_day(pending, account.zone) if pending else None
    ending = [lot for lot in account.lots if lot.is_live and lot.free > 0]
    first = min(ending, key=by_end, default=None)
    return _earliest([*holds, matures, end(account, first) if first else None])


def _due(account: Account, lot: Lot) -> datetime | None:
    ends = end(account, lot) if lot.free > 0 else None
    if lot.state == "pending" and lot.available_on:
        return _earliest([ends, clock.start_of_day(lot.available_on, account.zone)])
    return ends


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)
