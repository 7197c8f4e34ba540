"""Passwords: what is kept, what is too weak, what was used before."""

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock, ids
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session

from .. import passwords, rules
from ..errors import (
    PasswordTooCommon,
    PasswordTooSimple,
    PasswordTooWeak,
    PasswordUsedBefore,
    StaffUserNotFound,
)
from ..queries import get_security, token_hash
from ..tables import staff_password_history, staff_session, staff_user
from . import attempts
from .checks import check_password


async def change_password(session: Session, *, user_id: int, present: str, new: str, address: str, token: str) -> None:
    """Change one's own password and end one's other sessions.

    Raises SignInFailed, SignInLocked, PasswordTooWeak, PasswordTooSimple, PasswordTooCommon, PasswordUsedBefore.
    """
    row = (await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))).one()
    user = await check_password(session, username=row.username, password=present, address=address)
    await _require_strong(session, user_id=user_id, username=row.username, new=new, present=present)
    await _keep_former(session, user_id, user.password_hash)
    await _set(session, user_id, new, is_temporary=False)
    others = (staff_session.c.user_id == user_id, staff_session.c.token_hash != token_hash(token))
    await session.execute(delete(staff_session).where(*others))


async def reset_password(session: Session, username: str, *, actor: Actor = SYSTEM) -> str:
    """Give a user a temporary password, end every session and open every lock. Raises StaffUserNotFound."""
    username = rules.plain_username(username)
    found = select(staff_user.c.user_id, staff_user.c.password_hash).where(staff_user.c.username == username)
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise StaffUserNotFound(username=username)
    password = ids.new_password()
    await _keep_former(session, row.user_id, row.password_hash)
    await _set(session, row.user_id, password, is_temporary=True)
    await session.execute(delete(staff_session).where(staff_session.c.user_id == row.user_id))
    await attempts.forgive_everywhere(session, username)
    await audit.record(session, actor, "staff.password_reset", "staff_user", row.user_id)
    return password


async def _set(session: Session, user_id: int, password: str, *, is_temporary: bool) -> None:
    values = {
        "password_hash": await passwords.hash_password(password),
        "is_password_temporary": is_temporary,
        "password_changed_at": clock.wall(),
    }
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(values))


async def _require_strong(session: Session, *, user_id: int, username: str, new: str, present: str) -> None:
    policy = (await get_security(session)).policy
    weakness = rules.weakness_of(new, username=username, policy=policy)
    if weakness == "simple" or (weakness == "short" and policy == "dengbao"):
        raise PasswordTooSimple
    if weakness == "common":
        raise PasswordTooCommon
    if weakness is not None or new == present:
        raise PasswordTooWeak
    if policy == "dengbao" and await _was_used(session, user_id, new):
        raise PasswordUsedBefore(count=rules.BARRED)


async def _was_used(session: Session, user_id: int, new: str) -> bool:
    former = (
        select(staff_password_history.c.password_hash)
        .where(staff_password_history.c.user_id == user_id)
        .order_by(staff_password_history.c.changed_at.desc())
        .limit(rules.BARRED - 1)
    )
    for password_hash in (await session.execute(former)).scalars():
        if await passwords.verify(password_hash, new):
            return True
    return False


async def _keep_former(session: Session, user_id: int, password_hash: str) -> None:
    """Remember a password that goes, and no more of them than can be barred."""
    if not password_hash:
        return
    table = staff_password_history.c
    new = insert(staff_password_history).values(user_id=user_id, changed_at=clock.wall(), password_hash=password_hash)
    await session.execute(new)
    kept = (
        select(table.changed_at)
        .where(table.user_id == user_id)
        .order_by(table.changed_at.desc())
        .limit(rules.BARRED - 1)
    )
    await session.execute(
        delete(staff_password_history).where(table.user_id == user_id, table.changed_at.not_in(kept.scalar_subquery()))
    )
