"""Signing in, in one step or two; proving again who one is; signing out."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock, ids
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .. import passwords, rules
from ..errors import SessionNotFound
from ..queries import Factors, LiveSession, get_factors, get_security, token_hash
from ..tables import (
    staff_challenge,
    staff_session,
    staff_sign_in_failure,
    staff_user,
)
from . import challenges
from .checks import check_code, check_password


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A fresh session: the token goes to the browser and is kept nowhere else."""

    token: str
    user_id: int


@dataclass(frozen=True, kw_only=True)
class HalfSignedIn:
    """The password was right; a second factor is asked for. The token goes to the browser."""

    token: str
    factors: Factors


@dataclass(frozen=True, kw_only=True)
class From:
    """Where a request comes from, and the token of a session that it already holds."""

    address: str
    user_agent: str
    token: str | None = None


async def sign_in(session: Session, *, username: str, password: str, origin: From) -> SignedIn | HalfSignedIn:
    """Open a session, or half of one where a second factor is on. Raises SignInFailed and SignInLocked."""
    username = rules.plain_username(username)
    user = await check_password(session, username=username, password=password, address=origin.address)
    if passwords.needs_rehash(user.password_hash):
        values = {"password_hash": await passwords.hash_password(password)}
        await session.execute(update(staff_user).where(staff_user.c.user_id == user.user_id).values(values))
    factors = await get_factors(session, user.user_id)
    if factors.is_on:
        token = await challenges.start(session, "second_factor", address=origin.address, user_id=user.user_id)
        return HalfSignedIn(token=token, factors=factors)
    return await open_session(session, user_id=user.user_id, method="password", origin=origin)


async def finish_with_code(session: Session, *, token: str | None, code: str, origin: From) -> SignedIn:
    """The second step: a one-time code or a recovery code.

    Raises SignInExpired, SecondFactorFailed and SignInLocked.
    """
    half = await challenges.attempt(session, "second_factor", token, address=origin.address)
    user_id = half.user_id or 0
    await check_code(session, user_id=user_id, code=code, address=origin.address, takes_recovery=True)
    await challenges.finish(session, half)
    return await open_session(session, user_id=user_id, method="second_factor", origin=origin)


async def open_session(session: Session, *, user_id: int, method: rules.Method, origin: From) -> SignedIn:
    """A fresh session for somebody who has shown who it is; the browser's earlier one ends."""
    if origin.token:
        await sign_out(session, origin.token)
    token = ids.new_token()
    at = clock.wall()
    values = {
        "token_hash": token_hash(token),
        "user_id": user_id,
        "created_at": at,
        "seen_at": at,
        "proved_at": at,
        "method": method,
        "address": origin.address,
        "user_agent": origin.user_agent[:300],
    }
    await session.execute(insert(staff_session).values(values))
    actor = Actor(kind="staff", id=user_id)
    await audit.record(session, actor, "staff.signed_in", "staff_user", user_id, {"method": method})
    return SignedIn(token=token, user_id=user_id)


async def prove_by_password(session: Session, *, user_id: int, password: str, origin: From) -> SignedIn:
    """Show again with the password who one is. Raises SignInFailed and SignInLocked."""
    row = (await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))).one()
    await check_password(session, username=row.username, password=password, address=origin.address)
    return await renew(session, user_id=user_id, origin=origin)


async def prove_by_code(session: Session, *, user_id: int, code: str, origin: From) -> SignedIn:
    """Show again with a one-time code who one is. Raises SecondFactorFailed and SignInLocked."""
    await check_code(session, user_id=user_id, code=code, address=origin.address, takes_recovery=False)
    return await renew(session, user_id=user_id, origin=origin)


async def renew(session: Session, *, user_id: int, origin: From) -> SignedIn:
    """The same session under a new token, freshly proved: the old token opens nothing from now on."""
    token = ids.new_token()
    mine = (staff_session.c.user_id == user_id, staff_session.c.token_hash == token_hash(origin.token or ""))
    values = {"token_hash": token_hash(token), "proved_at": clock.wall()}
    if (await session.execute(update(staff_session).where(*mine).values(values))).rowcount == 0:
        raise SessionNotFound
    return SignedIn(token=token, user_id=user_id)


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


async def end_sessions(session: Session, user_id: int) -> None:
    """End every session of a user."""
    await session.execute(delete(staff_session).where(staff_session.c.user_id == user_id))


async def choose_language(session: Session, *, user_id: int, language: Language) -> None:
    """Keep the language in which a user works, so that it holds wherever the user signs in."""
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(language=language))


async def forget_ended(session: Session) -> None:
    """Delete sessions, failures and half-open sign-ins that no longer mean anything."""
    at = clock.wall()
    chosen = await get_security(session)
    ended = (staff_session.c.seen_at < at - chosen.idle) | (staff_session.c.created_at < at - chosen.longest)
    await session.execute(delete(staff_session).where(ended))
    await session.execute(delete(staff_challenge).where(staff_challenge.c.created_at < at - rules.HALF_OPEN_FOR))
    # Kept beyond the longest lock, so that the next one is longer.
    await session.execute(
        delete(staff_sign_in_failure).where(staff_sign_in_failure.c.last_at < at - 2 * rules.LONGEST_LOCK)
    )
