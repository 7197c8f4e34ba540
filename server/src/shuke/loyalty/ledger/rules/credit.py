"""Credits: a lot is opened, open debt is repaid out of it first, and the cap on balances is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import BalanceCapReached
from . import expiry
from .lots import note_opened, open_lot, repay, settle, take
from .model import Account, Entry, Operation
from .posting import post


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a credit says of its own lot; what is left out follows the currency's policies."""

    expires_on: date | None = None
    available_on: date | None = None
    matures_on: str | None = None
    funding: str | None = None
    rule_version_id: int | None = None


PLAIN = Terms()


def credit(
    account: Account,
    operation: Operation,
    amount: int,
    *,
    explanation: dict[str, Any],
    terms: Terms = PLAIN,
    kind: str = "earn",
    may_refuse: bool = True,
) -> Entry | None:
    """Open a lot of `amount` (> 0) earned on the operation's business day. `kind`: earn or adjust.

    `may_refuse` False: a cap always cuts, because what happened cannot be refused (an order).
    None when the cap on balances leaves no room. Raises BalanceCapReached where the cap refuses.
    """
    granted = _within_cap(account, amount, kind=kind, may_refuse=may_refuse)
    if granted < amount:
        explanation = {**explanation, "cut": amount - granted}
    if granted == 0:
        return None
    currency, earned_on = account.currency, operation.business_day
    has_own_wait = terms.available_on is not None or terms.matures_on is not None
    # What a person gives by hand is usable at once unless they say otherwise.
    waits = not has_own_wait and kind == "earn"
    lot = open_lot(
        account,
        operation,
        granted,
        earned_on=earned_on,
        expires_on=terms.expires_on or expiry.expires_on(currency.expiry, earned_on),
        available_on=expiry.available_on(currency.pending, earned_on) if waits else terms.available_on,
        matures_on=currency.pending.event if waits else terms.matures_on,
        funding=terms.funding,
        rule_version_id=terms.rule_version_id,
    )
    drawn = []
    if lot.state == "open" and account.debt:
        # Debt and usable value never stand side by side, so what repays is this very lot.
        repaid = min(account.debt, granted)
        take(lot, repaid, "earn")
        account.available -= repaid
        account.debt -= repaid
        drawn = [(lot, -repaid, 0)]
    entry = post(
        account,
        operation,
        "adjust" if kind == "adjust" else "earn",
        "adjustment" if kind == "adjust" else "issuance",
        granted,
        drawn=drawn,
        opened=[lot],
        rule_version_id=terms.rule_version_id,
        explanation=explanation,
    )
    note_opened(account, lot)
    return entry


def _within_cap(account: Account, amount: int, *, kind: str, may_refuse: bool) -> int:
    cap = account.currency.cap
    if cap is None:
        return amount
    room = max(0, cap.amount - account.balance)
    if amount > room and may_refuse and (cap.mode == "reject" or kind == "adjust"):
        raise BalanceCapReached(cap=cap.amount, room=room)
    return min(amount, room)


def refresh(account: Account, operation: Operation) -> Entry:
    """Note an activity that keeps value alive; the balance stays as it is."""
    entry = post(account, operation, "refresh", "internal", 0, explanation={"activity": operation.kind})
    settle(account)
    return entry


def mature(account: Account, operation: Operation, numbers: set[int]) -> Entry | None:
    """Pending lots become usable; debt is repaid out of them. None when none of them is pending."""
    lots = [lot for lot in account.lots if lot.state == "pending" and lot.lot_no in numbers]
    if not lots:
        return None
    moved = sum(lot.remaining for lot in lots)
    for lot in lots:
        lot.state = "open"
    account.pending -= moved
    account.available += moved
    repaid = {lot.lot_no: amount for lot, amount, _ in repay(account, "mature")}
    entry = post(
        account,
        operation,
        "mature",
        "internal",
        0,
        moved=moved,
        # A lot that only matured is named too, with nothing taken: the chain must know which.
        drawn=[(lot, repaid.get(lot.lot_no, 0), 0) for lot in lots],
        explanation={
            "lots": [[lot.lot_no, lot.earned_on.isoformat()] for lot in lots],
            "repaid": -sum(repaid.values()),
        },
    )
    settle(account)
    return entry
