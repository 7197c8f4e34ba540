"""Credit, take back, expire: each changes the working copy and appends exactly one entry, or none.

Debits take the lots that expire first; the lot of the order concerned comes before all others when that order is
refunded. Debt is a bucket of its own and is repaid by the next credit, so lots never go below zero and expiry and
debt live side by side.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .expiry import expires_at
from .hashing import entry_hash
from .model import Account, Allocation, Contra, Entry, EntryKind, Lot, LotState, Operation

_NEVER = datetime.max.replace(tzinfo=UTC)


def credit(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    zone: ZoneInfo,
    rule_version_id: int | None,
    explanation: dict[str, Any],
) -> Entry:
    """Open a lot of `amount` (> 0) earned on the operation's business day; open debt is repaid out of it first."""
    repaid = min(account.debt, amount)
    account.lot_count += 1
    lot = Lot(
        lot_no=account.lot_count,
        opened_version=account.version + 1,
        amount=amount,
        remaining=amount - repaid,
        held=0,
        state="open" if amount > repaid else "spent",
        earned_on=operation.business_day,
        expires_at=expires_at(account.currency.expiry, operation.business_day, zone),
        unit_cost_micro=account.currency.unit_cost_micro,
        rule_version_id=rule_version_id,
        origin_kind=operation.origin_kind,
        origin_id=operation.origin_id,
    )
    account.opened_lots.append(lot)
    if lot.state == "open":
        account.open_lots.append(lot)
        account.due_at = min((end for end in (account.due_at, lot.expires_at) if end is not None), default=None)
    account.available += lot.remaining
    account.debt -= repaid
    taken = [(lot, repaid)] if repaid else []
    return _post(account, operation, "earn", "issuance", amount, taken, rule_version_id, explanation, opened=lot)


def take_back(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    origin_ids: Iterable[int],
    explanation: dict[str, Any],
) -> Entry | None:
    """Take back what refunded orders had earned: their own lots first, then those that expire first, then as debt.

    `origin_ids` are the orders refunded, in the order they are to be drawn on. What the negative policy does not
    allow as debt is forgiven, and the explanation says so. None when nothing could be taken.
    """
    taken: list[tuple[Lot, int]] = []
    left = amount
    for lot in _refund_order(account, list(origin_ids)):
        if left == 0:
            break
        part = min(lot.remaining - lot.held, left)
        if part > 0:
            _take(account, lot, part, "taken_back")
            taken.append((lot, part))
            left -= part
    to_debt = _allowed_debt(account, left)
    account.available -= amount - left
    account.debt += to_debt
    explanation = {**explanation, "to_debt": to_debt, "forgiven": left - to_debt}
    account.drop_closed_lots()
    if amount - left + to_debt == 0:
        return None
    return _post(
        account, operation, "take_back", "clawback", -(amount - left + to_debt), taken, None, explanation, opened=None
    )


def expire_due(account: Account, until: datetime, *, zone: ZoneInfo, recorded_at: datetime) -> list[Operation]:
    """Expire every open lot whose end is at or before `until`: one entry per day of expiry. Returns the operations."""
    if account.due_at is None or account.due_at > until:
        return []
    due = sorted(
        (lot for lot in account.open_lots if lot.expires_at is not None and lot.expires_at <= until),
        key=lambda lot: (_end(lot), lot.lot_no),
    )
    operations = []
    for end, group in groupby(due, key=_end):
        taken = [(lot, lot.remaining - lot.held) for lot in group if lot.remaining > lot.held]
        if not taken:
            continue
        day = clock.last_day(end, zone)
        key = f"expire:{account.currency.code}:{day}:{account.version + 1}"
        operation = Operation(key, "expire", end, day, recorded_at, "system:0", sha256(key.encode()).digest())
        _expire_day(account, operation, taken)
        operations.append(operation)
    return operations


def _expire_day(account: Account, operation: Operation, taken: list[tuple[Lot, int]]) -> None:
    lots = [{"lot_no": lot.lot_no, "earned_on": lot.earned_on.isoformat(), "amount": amount} for lot, amount in taken]
    total = sum(amount for _, amount in taken)
    for lot, amount in taken:
        _take(account, lot, amount, "expired")
    account.available -= total
    account.drop_closed_lots()
    explanation = {"lots": lots, "on": operation.business_day.isoformat()}
    _post(account, operation, "expire", "breakage", -total, taken, None, explanation, opened=None)


def _refund_order(account: Account, origin_ids: list[int]) -> Iterator[Lot]:
    """The lots of the refunded orders, in the order of those, then all others by their end."""
    place = {origin_id: place for place, origin_id in enumerate(origin_ids)}
    own = [lot for lot in account.open_lots if lot.origin_kind == "order" and lot.origin_id in place]
    yield from sorted(own, key=lambda lot: (place[lot.origin_id or 0], _end(lot), lot.lot_no))
    # Sorted only where the own lots are not enough: a member may have many.
    taken = {lot.lot_no for lot in own}
    yield from sorted(
        (lot for lot in account.open_lots if lot.lot_no not in taken), key=lambda lot: (_end(lot), lot.lot_no)
    )


def _end(lot: Lot) -> datetime:
    return lot.expires_at or _NEVER


def _take(account: Account, lot: Lot, amount: int, state: LotState) -> None:
    lot.remaining -= amount
    if lot.remaining == 0:
        lot.state = state
    account.touched_lots[lot.lot_no] = lot


def _allowed_debt(account: Account, wanted: int) -> int:
    policy = account.currency.negative
    if policy.kind == "unlimited":
        return wanted
    if policy.kind == "debt":
        return max(0, min(wanted, policy.limit - account.debt))
    return 0


def _post(
    account: Account,
    operation: Operation,
    kind: EntryKind,
    contra: Contra,
    amount: int,
    taken: list[tuple[Lot, int]],
    rule_version_id: int | None,
    explanation: dict[str, Any],
    *,
    opened: Lot | None,
) -> Entry:
    account.version += 1
    allocations = [Allocation(account.version, lot.lot_no, -part, 0) for lot, part in taken]
    hashed = _hashed_columns(
        account, operation, kind, contra, amount, rule_version_id, explanation, allocations, opened
    )
    entry = Entry(
        version=account.version,
        operation=operation,
        kind=kind,
        contra=contra,
        amount=amount,
        moved=0,
        available_after=account.available,
        pending_after=account.pending,
        held_after=account.held,
        debt_after=account.debt,
        rule_version_id=rule_version_id,
        explanation=explanation,
        previous_hash=account.head_hash,
        hash=entry_hash(account.head_hash, hashed),
    )
    account.head_hash = entry.hash
    account.entries.append(entry)
    account.allocations.extend(allocations)
    return entry


def _hashed_columns(
    account: Account,
    operation: Operation,
    kind: EntryKind,
    contra: Contra,
    amount: int,
    rule_version_id: int | None,
    explanation: dict[str, Any],
    allocations: list[Allocation],
    opened: Lot | None,
) -> list[Any]:
    """Every column of the entry, its operation, the lot it opened and the lots it drew on, in a fixed order."""
    return [
        account.member_id,
        account.currency.code,
        account.version,
        [operation.key, operation.kind, operation.actor, operation.request_hash.hex()],
        [operation.occurred_at, operation.business_day, operation.recorded_at],
        [operation.origin_kind, operation.origin_id],
        [kind, contra, amount, 0],
        [account.available, account.pending, account.held, account.debt],
        rule_version_id,
        explanation,
        [[allocation.lot_no, allocation.amount, allocation.held] for allocation in allocations],
        [opened.lot_no, opened.amount, opened.expires_at, opened.earned_on, opened.unit_cost_micro] if opened else None,
    ]
