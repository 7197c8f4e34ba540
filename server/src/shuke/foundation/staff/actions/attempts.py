"""Attempts at a door, counted by account and address before anything is looked at."""

import hashlib
from typing import Any, Literal

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session

from .. import rules
from ..errors import SignInLocked
from ..tables import staff_sign_in_failure

# A second factor is a door of its own: whoever knows the password gets no more tries by starting anew.
Door = Literal["password", "second_factor"]


async def count(session: Session, username: str, address: str, door: Door = "password") -> int:
    """One more attempt of this address on this account; attempts at once queue here. Raises SignInLocked."""
    at = clock.wall()
    new = insert(staff_sign_in_failure).values(
        username_hash=_hash(username, door), address=address, failures=1, last_at=at
    )
    table = staff_sign_in_failure.c
    counted = new.on_conflict_do_update(
        index_elements=["username_hash", "address"],
        set_={"failures": table.failures + 1, "last_at": at},
    ).returning(table.failures, table.locked_until)
    row = (await session.execute(counted)).one()
    if row.locked_until is None:
        return int(row.failures)
    if row.locked_until > at:
        seconds = int((row.locked_until - at).total_seconds()) + 1
        raise SignInLocked(minutes=-(-seconds // 60), retry_after=seconds)
    # The lock is over: counting starts again, and the next lock is longer.
    again = update(staff_sign_in_failure).where(*_of(username, address, door))
    await session.execute(again.values(failures=1, locked_until=None))
    return 1


async def lock_after(session: Session, failures: int, username: str, address: str, door: Door = "password") -> None:
    """Close the door when there were too many failures."""
    if failures < rules.FAILURES_BEFORE_LOCK:
        return
    mine = _of(username, address, door)
    locks = update(staff_sign_in_failure).where(*mine).values(locks=staff_sign_in_failure.c.locks + 1)
    count_of_locks = (await session.execute(locks.returning(staff_sign_in_failure.c.locks))).scalar_one()
    closed = rules.locked_for(failures, count_of_locks - 1)
    if closed is not None:
        change = update(staff_sign_in_failure).where(*mine)
        await session.execute(change.values(locked_until=clock.wall() + closed))


async def forgive(session: Session, username: str, address: str, door: Door = "password") -> None:
    """Forget the failures of an address that has now succeeded."""
    await session.execute(delete(staff_sign_in_failure).where(*_of(username, address, door)))


async def forgive_everywhere(session: Session, username: str) -> None:
    """Open every door of an account, from every address."""
    hashes = [_hash(username, "password"), _hash(username, "second_factor")]
    await session.execute(delete(staff_sign_in_failure).where(staff_sign_in_failure.c.username_hash.in_(hashes)))


def _of(username: str, address: str, door: Door) -> tuple[Any, Any]:
    table = staff_sign_in_failure.c
    return table.username_hash == _hash(username, door), table.address == address


def _hash(username: str, door: Door) -> bytes:
    # A NUL stands in no user name, so the doors of two accounts never meet.
    named = username if door == "password" else f"{door}\x00{username}"
    return hashlib.sha256(named.encode()).digest()
