"""Reversing an entry, whole or in part: what was used goes back into its lots, what was given is taken back.

All reversals of an entry together never exceed it, and a reversal is never reversed itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from ..errors import AlreadyReversed, NotReversible, ReversalOfReversal
from . import expiry
from .debit import take_back
from .lots import Part, by_end, merged, open_lot, repay, settle
from .model import Account, Contra, Entry, EntryKind, Lot, Operation
from .posting import post

_USES = {"spend", "capture"}
_REVERSALS = {"take_back", "restore"}


@dataclass(frozen=True, kw_only=True)
class Posted:
    """An entry of the past: what it did, and how much of it has been reversed. `lots`: every lot it touched."""

    version: int
    kind: EntryKind
    contra: Contra
    amount: int
    reverses_version: int | None
    reversed_amount: int
    reversal_count: int
    # Lot number → change of its remaining.
    parts: dict[int, int] = field(default_factory=dict)
    lots: dict[int, Lot] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How much of it can still be reversed."""
        return abs(self.amount) - self.reversed_amount

    def bound_to(self, account: Account) -> "Posted":
        """The same, with the lots of a working copy in place of what was read from the database."""
        mine = {lot.lot_no: lot for lot in account.lots} | account.touched_lots
        return replace(self, lots={number: mine.get(number, lot) for number, lot in self.lots.items()})

    def after(self, amount: int) -> "Posted":
        """The same, with an amount more reversed."""
        return replace(self, reversed_amount=self.reversed_amount + amount, reversal_count=self.reversal_count + 1)

    @property
    def opened(self) -> list[int]:
        """The numbers of the lots it opened."""
        return sorted(number for number, lot in self.lots.items() if lot.opened_version == self.version)


def posted_of(account: Account, entry: Entry) -> Posted:
    """An entry that has just been decided, as something to be reversed."""
    parts = {}
    for part in reversed(account.allocations):
        if part.version < entry.version:
            break
        if part.version == entry.version:
            parts[part.lot_no] = part.amount
    known = {lot.lot_no: lot for lot in account.lots} | account.touched_lots
    return Posted(
        version=entry.version,
        kind=entry.kind,
        contra=entry.contra,
        amount=entry.amount,
        reverses_version=None,
        reversed_amount=0,
        reversal_count=0,
        parts=parts,
        lots={number: known[number] for number in parts},
    )


def reverse(
    account: Account, operation: Operation, posted: Posted, amount: int | None, *, explanation: dict[str, Any]
) -> Entry | None:
    """Reverse an amount of an entry, or all that is left of it. None when a take-back found nothing to take.

    Raises ReversalOfReversal, NotReversible and AlreadyReversed.
    """
    if posted.kind == "transfer":
        # Both sides of it move together: transfers and merges have ways of their own.
        raise NotReversible(kind=posted.kind)
    wanted = reversible(posted, amount)
    if posted.kind in _USES or (posted.kind == "adjust" and posted.amount < 0):
        return restore(account, operation, posted, wanted, explanation=explanation)
    contra: Contra = "adjustment" if posted.kind == "adjust" else "clawback"
    return take_back(
        account,
        operation,
        wanted,
        own_lots=posted.opened,
        contra=contra,
        reverses_version=posted.version,
        explanation=explanation,
    )


def reversible(posted: Posted, amount: int | None) -> int:
    """The amount to reverse, checked. Raises ReversalOfReversal, NotReversible and AlreadyReversed."""
    if posted.kind in _REVERSALS or posted.reverses_version is not None:
        raise ReversalOfReversal
    if posted.kind not in _USES | {"earn", "adjust", "transfer"}:
        raise NotReversible(kind=posted.kind)
    wanted = posted.left if amount is None else amount
    if wanted == 0 or wanted > posted.left:
        raise AlreadyReversed(left=posted.left, wanted=wanted)
    return wanted


def restore(
    account: Account,
    operation: Operation,
    posted: Posted,
    amount: int,
    *,
    kind: EntryKind = "restore",
    explanation: dict[str, Any],
) -> Entry:
    """Give back an amount that an entry took: debt first, then into its lots, those that end last first."""
    # Closed lots may live again; those that do not are forgotten when the account settles.
    account.lots += [lot for lot in posted.lots.values() if not lot.is_live]
    first_new = len(account.opened_lots)
    parts: list[Part] = []
    left = amount
    for lot, part in _given_back(posted, amount):
        parts += _into(account, operation, lot, part)
        left -= part
    if left:
        # What had become debt has been repaid since: it comes back as value of its own.
        open_lot(
            account,
            operation,
            left,
            earned_on=operation.business_day,
            expires_on=expiry.expires_on(account.currency.expiry, operation.business_day),
        )
    parts += repay(account, kind)
    entry = post(
        account,
        operation,
        kind,
        posted.contra,
        amount,
        drawn=merged(parts),
        opened=account.opened_lots[first_new:],
        reverses_version=posted.version,
        explanation=explanation,
    )
    settle(account)
    return entry


def _given_back(posted: Posted, amount: int) -> Iterable[tuple[Lot, int]]:
    """How much goes back into which lot: the order of taking backwards, behind what was given back before."""
    before, left = posted.reversed_amount, amount
    taken = [posted.lots[number] for number, part in posted.parts.items() if part < 0]
    for lot in sorted(taken, key=by_end, reverse=True):
        part = -posted.parts[lot.lot_no]
        skipped = min(before, part)
        before -= skipped
        given = min(part - skipped, left)
        if given:
            left -= given
            yield lot, given


def _into(account: Account, operation: Operation, lot: Lot, amount: int) -> list[Part]:
    """Put an amount back into a lot, or into a new one where the policy gives it a later end."""
    today = operation.business_day
    policy = account.currency.restore
    expires_on = lot.expires_on
    if policy.kind == "new":
        expires_on = expiry.expires_on(account.currency.expiry, today)
    elif policy.kind == "grace" and lot.expires_on is not None:
        expires_on = max(lot.expires_on, today + timedelta(days=policy.days))
    if expires_on == lot.expires_on and policy.kind != "new":
        lot.remaining += amount
        lot.state = "open"
        account.available += amount
        return [(lot, amount, 0)]
    open_lot(
        account,
        operation,
        amount,
        earned_on=today if policy.kind == "new" else lot.earned_on,
        expires_on=expires_on,
        unit_cost_micro=lot.unit_cost_micro,
        funding=lot.funding,
        rule_version_id=lot.rule_version_id,
        origin=(lot.origin_kind, lot.origin_id),
    )
    return []
