"""Debits: spending, adjusting downwards, taking back, cancelling what is pending.

Debt is a bucket of its own and is repaid by the next credit, so lots never go below zero and expiry and debt live
side by side.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import LotNotPending, NotEnough
from .lots import Part, by_end, draw, settle, take, total, usable
from .model import Account, Contra, Entry, Lot, Operation
from .posting import post


def spend(
    account: Account, operation: Operation, amount: int, *, keep_at_least: int = 0, explanation: dict[str, Any]
) -> Entry:
    """Use an amount, leaving at least `keep_at_least` available. Raises NotEnough, which says how much is missing."""
    require(account, amount, keep_at_least=keep_at_least)
    parts = draw(usable(account), amount, "spend")
    account.available -= amount
    entry = post(account, operation, "spend", "redemption", -amount, drawn=parts, explanation=explanation)
    settle(account)
    return entry


def require(account: Account, amount: int, *, keep_at_least: int = 0) -> None:
    """Raises NotEnough when less than the amount and what must stay is available."""
    missing = amount + keep_at_least - account.available
    if missing > 0:
        raise NotEnough(available=account.available, wanted=amount, missing=missing)


def adjust_down(account: Account, operation: Operation, amount: int, *, explanation: dict[str, Any]) -> Entry:
    """Take an amount by hand; beyond what is available only as far as the negative policy allows debt.

    Raises NotEnough.
    """
    beyond = max(0, amount - account.available)
    allowed = _allowed_debt(account, beyond)
    if allowed < beyond:
        raise NotEnough(available=account.available, wanted=amount, missing=beyond - allowed)
    parts = draw(usable(account), amount - beyond, "adjust")
    account.available -= amount - beyond
    account.debt += beyond
    explanation = {**explanation, "to_debt": beyond}
    entry = post(account, operation, "adjust", "adjustment", -amount, drawn=parts, explanation=explanation)
    settle(account)
    return entry


def take_back(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    origin_ids: Iterable[int] = (),
    own_lots: Iterable[int] = (),
    contra: Contra = "clawback",
    reverses_version: int | None = None,
    explanation: dict[str, Any],
) -> Entry | None:
    """Take back what had been given: from its own lots first, pending or open, then from those that end first, then
    as debt.

    `origin_ids` are the orders refunded, in the order they are to be drawn on; `own_lots` the numbers of lots. What
    the negative policy does not allow as debt is forgiven, and the explanation says so. None when nothing could be
    taken.
    """
    pending: list[Part] = []
    usual: list[Part] = []
    left = amount
    for lot in _order_of_taking_back(account, list(origin_ids), set(own_lots)):
        if left == 0:
            break
        is_pending = lot.state == "pending"
        parts = draw([lot], left, "take_back")
        (pending if is_pending else usual).extend(parts)
        left -= total(parts)
    to_debt = _allowed_debt(account, left)
    account.pending -= total(pending)
    account.available -= total(usual)
    account.debt += to_debt
    taken = amount - left + to_debt
    if taken == 0:
        return None
    entry = post(
        account,
        operation,
        "take_back",
        contra,
        -taken,
        drawn=[*pending, *usual],
        reverses_version=reverses_version,
        explanation={**explanation, "to_debt": to_debt, "forgiven": left - to_debt},
    )
    settle(account)
    return entry


def cancel(
    account: Account, operation: Operation, lot_no: int, amount: int | None, *, explanation: dict[str, Any]
) -> Entry:
    """Cancel a pending lot, whole or in part. Raises LotNotPending and NotEnough."""
    lot = next((lot for lot in account.lots if lot.lot_no == lot_no and lot.state == "pending"), None)
    if lot is None:
        raise LotNotPending(lot=lot_no)
    wanted = lot.remaining if amount is None else amount
    if wanted > lot.remaining:
        raise NotEnough(available=lot.remaining, wanted=wanted, missing=wanted - lot.remaining)
    take(lot, wanted, "cancel")
    account.pending -= wanted
    entry = post(account, operation, "cancel", "clawback", -wanted, drawn=[(lot, -wanted, 0)], explanation=explanation)
    settle(account)
    return entry


def _order_of_taking_back(account: Account, origin_ids: list[int], own_lots: set[int]) -> Iterator[Lot]:
    """The lots concerned, in the order of their origins, then all usable ones by their end.

    Of stored value the bonus goes back first: the member paid for the principal.
    """
    place = {origin_id: place for place, origin_id in enumerate(origin_ids)}
    own = [
        lot for lot in account.lots if lot.lot_no in own_lots or (lot.origin_kind == "order" and lot.origin_id in place)
    ]
    bonus_first = account.currency.kind == "stored_value"
    yield from sorted(
        own, key=lambda lot: (place.get(lot.origin_id or 0, 0), bonus_first and lot.funding != "bonus", by_end(lot))
    )
    # Sorted only where the own lots are not enough: a member may have many.
    own_numbers = {lot.lot_no for lot in own}
    others = [lot for lot in usable(account) if lot.lot_no not in own_numbers]
    yield from sorted(others, key=lambda lot: bonus_first and lot.funding != "bonus")


def _allowed_debt(account: Account, wanted: int) -> int:
    policy = account.currency.negative
    if policy.kind == "unlimited":
        return wanted
    if policy.kind == "debt":
        return max(0, min(wanted, policy.limit - account.debt))
    return 0
