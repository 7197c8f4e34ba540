"""Builders for tests."""

from sqlalchemy import insert

from shuke.platform import clock, ids
from shuke.platform.db import Session

from . import actions
from .jobs import close_old_approvals
from .queries import token_hash
from .tables import staff_session, staff_user, staff_user_role

__all__ = ["CLIENT_HEADERS", "a_session_of", "close_old_approvals"]

CLIENT_HEADERS = {"X-Shuke-Client": "console"}


async def a_session_of(session: Session, *, role: str) -> str:
    """The token of a signed-in user with one built-in role, without the cost of a password."""
    await actions.ensure_roles(session)
    at = clock.wall()
    user = {
        "username": f"{role}-{ids.new_code('', 6).lower()}",
        "display_name": role,
        "password_hash": "",
        "is_password_temporary": False,
        "is_active": True,
        "created_at": at,
        "password_changed_at": at,
    }
    user_id = (await session.execute(insert(staff_user).values(user).returning(staff_user.c.user_id))).scalar_one()
    await session.execute(insert(staff_user_role).values(user_id=user_id, role_code=role))
    token = ids.new_token()
    values = {"token_hash": token_hash(token), "user_id": user_id, "created_at": at, "seen_at": at, "proved_at": at}
    await session.execute(insert(staff_session).values(**values, address="", user_agent=""))
    return token
