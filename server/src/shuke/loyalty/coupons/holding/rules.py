"""What a coupon is as of an instant, and whether it may be given away. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from ..rules import Transfer

State = Literal["issued", "locked", "redeemed", "expired", "void", "given"]
TransferState = Literal["offered", "accepted", "withdrawn", "expired"]
# As a move names that a coupon was locked by its holder's own offer, or released from it.
TRANSFER = "transfer"
# Why a coupon cannot be given away by its terms.
Refusal = Literal["not_transferable", "too_often"]

_STAYS: Mapping[str, State] = {"redeemed": "redeemed", "expired": "expired", "void": "void", "given": "given"}


def state_at(state: str, *, locked_until: datetime | None, expires_at: datetime | None, at: datetime) -> State:
    """What a stored state means at an instant: a lapsed lock is none, and what is over is expired.

    A cart that locked a coupon in time keeps it to the end of its lock.
    """
    if state in _STAYS:
        return _STAYS[state]
    if state == "locked" and locked_until is not None and locked_until > at:
        return "locked"
    return "expired" if expires_at is not None and expires_at <= at else "issued"


def may_give(terms: Transfer, times: int) -> Refusal | None:
    """Why a coupon that has changed hands so many times may not be given on; None: it may."""
    if not terms.is_allowed:
        return "not_transferable"
    return "too_often" if times >= terms.most_times else None


def offer_ends(terms: Transfer, at: datetime, expires_at: datetime | None) -> datetime:
    """Until when an offer may be accepted: no longer than the coupon holds."""
    until = at + timedelta(days=terms.days_to_accept)
    return until if expires_at is None else min(until, expires_at)
