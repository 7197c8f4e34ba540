"""How long a session, a lock, a proof and a half-open sign-in hold."""

from datetime import datetime, timedelta
from typing import Literal

Method = Literal["password", "second_factor", "passkey", "provider"]

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=8)
# How long a proof of who one is opens sensitive acts.
FRESH_FOR = timedelta(minutes=5)
# How long a sign-in may stand half open, and how often a code may be tried in it.
HALF_OPEN_FOR = timedelta(minutes=5)
TRIES = 5
# How often a session's last use is written down; the idle limit is exact to this.
SEEN_EVERY = timedelta(minutes=1)


def plain_username(typed: str) -> str:
    """A user name as it is kept and compared."""
    return typed.strip().casefold()


def locked_for(failures: int, locks: int) -> timedelta | None:
    """How long an account is closed for an address that has failed so often in a row: twice as long each time."""
    if failures < FAILURES_BEFORE_LOCK:
        return None
    doublings: int = 2 ** min(locks, 10)
    return min(LOCKED_FOR * doublings, LONGEST_LOCK)


def is_live(
    *, created_at: datetime, seen_at: datetime, at: datetime, idle: timedelta = IDLE, longest: timedelta = LONGEST
) -> bool:
    """Whether a session still holds."""
    return at - seen_at < idle and at - created_at < longest


def is_fresh(proved_at: datetime | None, at: datetime) -> bool:
    """Whether who holds a session has shown lately enough who it is to do sensitive things."""
    return proved_at is not None and at - proved_at < FRESH_FOR


def is_half_open(created_at: datetime, at: datetime, tries: int) -> bool:
    """Whether a half-open sign-in may still be finished."""
    return at - created_at < HALF_OPEN_FOR and tries < TRIES
