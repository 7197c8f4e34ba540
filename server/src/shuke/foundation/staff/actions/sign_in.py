"""Signing in and out, and passwords."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock, ids
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .. import passwords, rules
from ..errors import PasswordTooWeak, SessionNotFound, SignInFailed, SignInLocked, StaffUserNotFound
from ..queries import LiveSession, token_hash
from ..tables import staff_role, staff_session, staff_sign_in_failure, staff_user, staff_user_role


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A fresh session: the token goes to the browser and is kept nowhere else."""

    token: str
    user_id: int


@dataclass(frozen=True, kw_only=True)
class FirstUser:
    """The user that a new installation starts with, and the password to show once."""

    username: str
    password: str


async def sign_in(session: Session, *, username: str, password: str, address: str, user_agent: str) -> SignedIn:
    """Open a session. Raises SignInFailed and SignInLocked."""
    username = rules.plain_username(username)
    user = await _check_password(session, username=username, password=password, address=address)
    if passwords.needs_rehash(user.password_hash):
        await _keep_password(session, user.user_id, {"password_hash": await passwords.hash_password(password)})
    token = ids.new_token()
    at = clock.wall()
    values = {
        "token_hash": token_hash(token),
        "user_id": user.user_id,
        "created_at": at,
        "seen_at": at,
        "proved_at": at,
    }
    await session.execute(
        insert(staff_session).values(**values, created_at=at, seen_at=at, address=address, user_agent=user_agent[:300])
    )
    await audit.record(session, _actor(user.user_id), "staff.signed_in", "staff_user", user.user_id)
    return SignedIn(token=token, user_id=user.user_id)


async def touch(session: Session, live: LiveSession) -> None:
    """Note that a session was used; at most once a minute, and never waiting for another request of the same user."""
    at = clock.wall()
    if at - live.seen_at < rules.SEEN_EVERY:
        return
    free = select(staff_session.c.session_id).where(staff_session.c.session_id == live.id)
    free = free.with_for_update(skip_locked=True)
    change = update(staff_session).where(staff_session.c.session_id.in_(free.scalar_subquery()))
    await session.execute(change.values(seen_at=at))


async def sign_out(session: Session, token: str) -> None:
    """End the session of a token."""
    await session.execute(delete(staff_session).where(staff_session.c.token_hash == token_hash(token)))


async def end_session(session: Session, *, user_id: int, session_id: int) -> None:
    """End one of a user's sessions. Raises SessionNotFound."""
    mine = (staff_session.c.user_id == user_id, staff_session.c.session_id == session_id)
    if (await session.execute(delete(staff_session).where(*mine))).rowcount == 0:
        raise SessionNotFound


async def change_password(session: Session, *, user_id: int, present: str, new: str, address: str, token: str) -> None:
    """Change one's own password and end one's other sessions. Raises SignInFailed, SignInLocked, PasswordTooWeak."""
    row = (await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))).one()
    await _check_password(session, username=row.username, password=present, address=address)
    if rules.is_weak(new, username=row.username, present=present):
        raise PasswordTooWeak
    values = {"password_hash": await passwords.hash_password(new), "is_password_temporary": False}
    await _keep_password(session, user_id, values | {"password_changed_at": clock.wall()})
    others = (staff_session.c.user_id == user_id, staff_session.c.token_hash != token_hash(token))
    await session.execute(delete(staff_session).where(*others))


async def choose_language(session: Session, *, user_id: int, language: Language) -> None:
    """Keep the language in which a user works, so that it holds wherever the user signs in."""
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(language=language))


async def reset_password(session: Session, username: str) -> str:
    """Give a user a temporary password, end every session and open every lock. Raises StaffUserNotFound."""
    username = rules.plain_username(username)
    user_id = (
        await session.execute(select(staff_user.c.user_id).where(staff_user.c.username == username))
    ).scalar_one_or_none()
    if user_id is None:
        raise StaffUserNotFound(username=username)
    password = ids.new_password()
    values = {"password_hash": await passwords.hash_password(password), "is_password_temporary": True}
    await _keep_password(session, user_id, values | {"password_changed_at": clock.wall()})
    await session.execute(delete(staff_session).where(staff_session.c.user_id == user_id))
    await session.execute(
        delete(staff_sign_in_failure).where(staff_sign_in_failure.c.username_hash == _username_hash(username))
    )
    await audit.record(session, SYSTEM, "staff.password_reset", "staff_user", user_id)
    return password


async def ensure_roles(session: Session) -> None:
    """Make the built-in roles what this release says they are."""
    rows = [
        {
            "code": role.code,
            "name_zh": role.zh,
            "name_en": role.en,
            "permissions": list(role.patterns),
            "is_built_in": True,
        }
        for role in rules.BUILT_IN_ROLES
    ]
    new = insert(staff_role).values(rows)
    changed = {name: new.excluded[name] for name in ("name_zh", "name_en", "permissions", "is_built_in")}
    await session.execute(new.on_conflict_do_update(index_elements=["code"], set_=changed))


async def ensure_first_user(session: Session, username: str = "admin") -> FirstUser | None:
    """Make the built-in roles and, where there is no staff user at all, the first administrator."""
    await ensure_roles(session)
    if (await session.execute(select(func.count()).select_from(staff_user))).scalar_one():
        return None
    password = ids.new_password()
    await add_user(session, username=username, display_name=username, password=password, roles=("administrator",))
    return FirstUser(username=username, password=password)


async def add_user(session: Session, *, username: str, display_name: str, password: str, roles: tuple[str, ...]) -> int:
    """Add a staff user with a temporary password. Returns the id."""
    at = clock.wall()
    values = {
        "username": rules.plain_username(username),
        "display_name": display_name,
        "password_hash": await passwords.hash_password(password),
        "is_password_temporary": True,
        "is_active": True,
        "created_at": at,
        "password_changed_at": at,
    }
    added = await session.execute(insert(staff_user).values(values).returning(staff_user.c.user_id))
    user_id: int = added.scalar_one()
    await session.execute(insert(staff_user_role), [{"user_id": user_id, "role_code": role} for role in roles])
    await audit.record(session, SYSTEM, "staff.user_added", "staff_user", user_id)
    return user_id


async def forget_ended(session: Session) -> None:
    """Delete sessions and failures that no longer mean anything."""
    at = clock.wall()
    ended = (staff_session.c.seen_at < at - rules.IDLE) | (staff_session.c.created_at < at - rules.LONGEST)
    await session.execute(delete(staff_session).where(ended))
    await session.execute(
        delete(staff_sign_in_failure).where(staff_sign_in_failure.c.last_at < at - 2 * rules.LOCKED_FOR)
    )


async def _check_password(session: Session, *, username: str, password: str, address: str) -> Row[Any]:
    """The user whose password this is. The attempt counts before the password is looked at."""
    attempt = await _count_attempt(session, username, address)
    row = (
        await session.execute(select(staff_user).where(staff_user.c.username == username, staff_user.c.is_active))
    ).one_or_none()
    if not await passwords.verify(row.password_hash if row else None, password) or row is None:
        await _lock_after(session, attempt, username, address)
        raise SignInFailed
    await session.execute(delete(staff_sign_in_failure).where(*_attempts_of(username, address)))
    return row


async def _count_attempt(session: Session, username: str, address: str) -> int:
    """One more attempt of this address on this account; attempts at once queue here. Raises SignInLocked."""
    at = clock.wall()
    new = insert(staff_sign_in_failure).values(
        username_hash=_username_hash(username), address=address, failures=1, last_at=at
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
    # The lock is over: counting starts again.
    await session.execute(
        update(staff_sign_in_failure).where(*_attempts_of(username, address)).values(failures=1, locked_until=None)
    )
    return 1


async def _lock_after(session: Session, failures: int, username: str, address: str) -> None:
    until = rules.locked_until(failures, clock.wall())
    if until is not None:
        change = update(staff_sign_in_failure).where(*_attempts_of(username, address))
        await session.execute(change.values(locked_until=until))


def _attempts_of(username: str, address: str) -> tuple[Any, Any]:
    table = staff_sign_in_failure.c
    return table.username_hash == _username_hash(username), table.address == address


def _username_hash(username: str) -> bytes:
    return hashlib.sha256(username.encode()).digest()


async def _keep_password(session: Session, user_id: int, values: dict[str, Any]) -> None:
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(values))


def _actor(user_id: int) -> Actor:
    return Actor(kind="staff", id=user_id)
