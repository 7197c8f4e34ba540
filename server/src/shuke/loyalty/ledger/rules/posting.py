"""Writing an entry: the one place where an account's version moves and its chain grows."""

from collections.abc import Sequence
from typing import Any

import orjson

from .expiry import inactive_from
from .hashing import canonical, entry_hash, microseconds
from .model import Account, Allocation, Contra, Entry, EntryKind, Hold, Lot, Operation

# Bumped when the list below changes its order or meaning.
_FORMAT = 1


def post(
    account: Account,
    operation: Operation,
    kind: EntryKind,
    contra: Contra,
    amount: int,
    *,
    moved: int = 0,
    drawn: Sequence[tuple[Lot, int, int]] = (),
    opened: Sequence[Lot] = (),
    opened_hold: Hold | None = None,
    hold_no: int | None = None,
    rule_version_id: int | None = None,
    reverses_version: int | None = None,
    explanation: dict[str, Any],
) -> Entry:
    """Append one entry to a working copy whose buckets and lots have been changed already.

    `amount` is the change of the balance, `moved` what only changed its place. `drawn`: lot, change of its remaining,
    change of its held part; each lot once.
    """
    account.version += 1
    _keep_alive(account, operation, kind)
    parts = [Allocation(account.version, lot.lot_no, taken, held) for lot, taken, held in drawn]
    for lot, _, _ in drawn:
        account.touched_lots[lot.lot_no] = lot
    text = orjson.dumps(explanation).decode()
    numbers = [amount, moved, account.available, account.pending, account.held, account.debt]
    columns = [
        *_of_operation(account, operation),
        *[kind, contra, *numbers, account.active_on, rule_version_id, hold_no, reverses_version],
        orjson.Fragment(text),
        [[part.lot_no, part.amount, part.held] for part in sorted(parts, key=lambda part: part.lot_no)],
        [_of_lot(lot) for lot in sorted(opened, key=lambda lot: lot.lot_no)],
        _of_hold(opened_hold) if opened_hold else None,
    ]
    entry = Entry(
        version=account.version,
        operation=operation,
        kind=kind,
        contra=contra,
        amount=amount,
        moved=moved,
        available_after=account.available,
        pending_after=account.pending,
        held_after=account.held,
        debt_after=account.debt,
        active_after=account.active_on,
        rule_version_id=rule_version_id,
        hold_no=hold_no,
        reverses_version=reverses_version,
        explanation=explanation,
        explanation_text=text,
        previous_hash=account.head_hash,
        hash=entry_hash(account.head_hash, canonical(columns)),
    )
    account.head_hash = entry.hash
    account.entries.append(entry)
    account.allocations.extend(parts)
    return entry


def _keep_alive(account: Account, operation: Operation, kind: EntryKind) -> None:
    """Value that ends by inactivity lives on from the day of a chosen activity."""
    policy = account.currency.expiry
    if policy.kind != "inactivity":
        return
    if account.active_on is None or inactive_from(policy, account.active_on) < operation.business_day:
        # Whatever was there has ended by now; what comes begins a new life.
        account.active_on = operation.business_day
    elif kind in policy.resets or operation.kind in policy.resets:
        account.active_on = max(account.active_on, operation.business_day)


def _of_operation(account: Account, operation: Operation) -> list[Any]:
    return [
        _FORMAT,
        account.member_id,
        account.currency.code,
        account.version,
        operation.key,
        operation.kind,
        operation.request_hash.hex(),
        operation.actor,
        operation.reason,
        operation.approved_by,
        operation.reverses_key,
        operation.counterpart_member_id,
        operation.origin_kind,
        operation.origin_id,
        microseconds(operation.occurred_at),
        operation.business_day,
        microseconds(operation.recorded_at),
    ]


def _of_lot(lot: Lot) -> list[Any]:
    return [
        lot.lot_no,
        lot.amount,
        lot.earned_on,
        lot.available_on,
        lot.matures_on,
        lot.expires_on,
        lot.unit_cost_micro,
        lot.funding,
        lot.rule_version_id,
        lot.origin_kind,
        lot.origin_id,
    ]


def _of_hold(hold: Hold) -> list[Any]:
    return [hold.hold_no, hold.amount, microseconds(hold.expires_at), hold.origin_kind, hold.origin_id]
