"""Moving value between two members with its lots: transfers, merges of two accounts, and their undoing.

Lots keep their end, their day of earning and their cost. The two entries sum to zero.
"""

from collections.abc import Sequence
from typing import Any

from ..errors import BalanceCapReached, HoldsOpen, NotEnough
from .debit import require
from .lots import by_end, draw, open_lot, repay, settle, take, usable
from .model import Account, Entry, Lot, Operation
from .posting import post
from .reversal import Posted, restore, reversible

_OUT = {"direction": "out"}
_IN = {"direction": "in"}


def transfer(
    source: Account,
    target: Account,
    given: Operation,
    received: Operation,
    amount: int,
    *,
    explanation: dict[str, Any],
) -> tuple[Entry, Entry]:
    """Give an amount of usable value to another member. Raises NotEnough and BalanceCapReached."""
    require(source, amount)
    cap = target.currency.cap
    if cap is not None and target.balance + amount > cap.amount:
        raise BalanceCapReached(cap=cap.amount, room=max(0, cap.amount - target.balance))
    parts = draw(usable(source), amount, "transfer")
    source.available -= amount
    out = post(source, given, "transfer", "transfer", -amount, drawn=parts, explanation={**explanation, **_OUT})
    settle(source)
    return out, _receive(target, received, [(lot, -part) for lot, part, _ in parts], explanation=explanation)


def merge(
    source: Account, target: Account, given: Operation, received: Operation, *, explanation: dict[str, Any]
) -> tuple[Entry, Entry] | None:
    """Move everything: lots, pending ones too, and debt. None when there is nothing. Raises HoldsOpen."""
    if source.holds:
        raise HoldsOpen(member=source.member_id, count=len(source.holds))
    lots = sorted(source.lots, key=by_end)
    debt = source.debt
    if not lots and not debt:
        return None
    pending = frozenset(lot.lot_no for lot in lots if lot.state == "pending")
    moved = [(lot, lot.remaining) for lot in lots]
    for lot in lots:
        take(lot, lot.remaining, "transfer")
    amount = -source.balance
    source.available = source.pending = source.debt = 0
    explanation = {**explanation, "debt": debt}
    parts = [(lot, -part, 0) for lot, part in moved]
    out = post(source, given, "transfer", "transfer", amount, drawn=parts, explanation={**explanation, **_OUT})
    settle(source)
    if source.active_on is not None:
        target.active_on = max(source.active_on, target.active_on or source.active_on)
    return out, _receive(target, received, moved, pending=pending, debt=debt, explanation=explanation)


def _receive(
    target: Account,
    operation: Operation,
    parts: Sequence[tuple[Lot, int]],
    *,
    pending: frozenset[int] = frozenset(),
    debt: int = 0,
    explanation: dict[str, Any],
) -> Entry:
    first_new = len(target.opened_lots)
    for lot, part in parts:
        waits = lot.lot_no in pending
        open_lot(
            target,
            operation,
            part,
            earned_on=lot.earned_on,
            expires_on=lot.expires_on,
            available_on=lot.available_on if waits else None,
            matures_on=lot.matures_on if waits else None,
            unit_cost_micro=lot.unit_cost_micro,
            funding=lot.funding,
            rule_version_id=lot.rule_version_id,
            origin=(lot.origin_kind, lot.origin_id),
        )
    target.debt += debt
    drawn = repay(target, "transfer")
    entry = post(
        target,
        operation,
        "transfer",
        "transfer",
        sum(part for _, part in parts) - debt,
        drawn=drawn,
        opened=target.opened_lots[first_new:],
        explanation={**explanation, **_IN},
    )
    settle(target)
    return entry


def reverse_transfer(
    source: Account,
    target: Account,
    back: Operation,
    returned: Operation,
    out: Posted,
    received: Posted,
    amount: int | None,
    *,
    explanation: dict[str, Any],
) -> tuple[Entry, Entry]:
    """Take a transfer back from who received it, its own lots first, and give it to who gave it. Raises NotEnough."""
    wanted = reversible(out, amount)
    missing = wanted - target.available
    if missing > 0:
        raise NotEnough(available=target.available, wanted=wanted, missing=missing)
    own = set(received.opened)
    lots = sorted(usable(target), key=lambda lot: (lot.lot_no not in own, by_end(lot)))
    parts = draw(lots, wanted, "transfer")
    target.available -= wanted
    taken = post(
        target,
        back,
        "transfer",
        "transfer",
        -wanted,
        drawn=parts,
        reverses_version=received.version,
        explanation={**explanation, **_OUT},
    )
    settle(target)
    return taken, restore(source, returned, out, wanted, kind="transfer", explanation={**explanation, **_IN})
