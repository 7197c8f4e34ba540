"""Whether it is who it says: password, code, and the counting of wrong ones."""

from typing import Any

from sqlalchemy import Row, select

from shuke.platform.db import Session

from .. import passwords
from ..errors import SecondFactorFailed, SignInFailed
from ..tables import staff_user
from . import attempts, totp


async def check_password(session: Session, *, username: str, password: str, address: str) -> Row[Any]:
    """The user whose password this is. The attempt counts before the password is looked at.

    Raises SignInFailed and SignInLocked.
    """
    attempt = await attempts.count(session, username, address)
    row = (
        await session.execute(select(staff_user).where(staff_user.c.username == username, staff_user.c.is_active))
    ).one_or_none()
    if not await passwords.verify(row.password_hash if row else None, password) or row is None:
        await attempts.lock_after(session, attempt, username, address)
        raise SignInFailed
    await attempts.forgive(session, username, address)
    return row


async def check_code(session: Session, *, user_id: int, code: str, address: str, takes_recovery: bool) -> None:
    """Whether a code is the present one of the user's app, or one of the codes kept for the worst case.

    Raises SecondFactorFailed and SignInLocked.
    """
    username = (
        await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))
    ).scalar_one()
    attempt = await attempts.count(session, username, address, "second_factor")
    is_right = await totp.use_code(session, user_id, code)
    if not is_right and takes_recovery:
        is_right = await totp.use_recovery_code(session, user_id, code)
    if not is_right:
        await attempts.lock_after(session, attempt, username, address, "second_factor")
        raise SecondFactorFailed
    await attempts.forgive(session, username, address, "second_factor")


async def remove_own_totp(session: Session, *, user_id: int, password: str, code: str, address: str) -> None:
    """Switch one's own app off, with the password and a code. Raises SignInFailed, SecondFactorFailed, SignInLocked."""
    username = (
        await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))
    ).scalar_one()
    await check_password(session, username=username, password=password, address=address)
    await check_code(session, user_id=user_id, code=code, address=address, takes_recovery=True)
    await totp.remove_totp(session, user_id)
