"""Questions about staff users and their sessions."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform import clock, module
from shuke.platform.actor import FieldView, Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language

from .. import rules
from ..tables import staff_role, staff_session, staff_user, staff_user_role
from .security import get_security


@dataclass(frozen=True, kw_only=True)
class StaffUser:
    """A person who signs in, with what the roles allow."""

    id: int
    username: str
    display_name: str
    is_password_temporary: bool
    has_password: bool
    language: Language | None
    permissions: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class LiveSession:
    """A session that still holds."""

    id: int
    user_id: int
    created_at: datetime
    seen_at: datetime
    address: str
    user_agent: str
    proved_at: datetime | None
    method: rules.Method


def token_hash(token: str) -> bytes:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).digest()


async def find_live_session(session: Session, token: str) -> LiveSession | None:
    """The session of a token, if it still holds and its user is active."""
    query = (
        select(staff_session)
        .join(staff_user, staff_user.c.user_id == staff_session.c.user_id)
        .where(staff_session.c.token_hash == token_hash(token), staff_user.c.is_active)
    )
    row = (await session.execute(query)).first()
    if row is None:
        return None
    chosen = await get_security(session)
    is_live = rules.is_live(
        created_at=row.created_at, seen_at=row.seen_at, at=clock.wall(), idle=chosen.idle, longest=chosen.longest
    )
    return _live(row._mapping) if is_live else None


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who holds a session, what their roles allow, and what they see."""

    session: LiveSession
    permissions: frozenset[str]
    sight: Sight
    # What the person has to do before anything else: choose a new password, or switch a second factor on.
    must_first: Literal["password", "second_factor"] | None


# Roles as "scope, fields, patterns"; the stores and regions are read only where a role is narrowed to them.
_CALLER = """
    select s.session_id, s.user_id, s.created_at, s.seen_at, s.address, s.user_agent, s.proved_at, s.method,
        u.employee_id, u.is_password_temporary, u.password_changed_at, u.password_hash,
        c.policy, c.idle_minutes, c.absolute_hours, c.requires_second_factor,
        roles.patterns, roles.scopes, roles.fields,
        case when not 'all' = any(roles.scopes) then array(
            select us.store_id from staff_user_store us where us.user_id = s.user_id
        ) end as stores,
        case when 'regions' = any(roles.scopes) then array(
            select st.store_id from staff_user_region ur join store st on st.region_id = ur.region_id
            where ur.user_id = s.user_id
        ) end as stores_of_regions
    from staff_session s
    join staff_user u on u.user_id = s.user_id
    cross join staff_security c
    cross join lateral (
        select array_agg(array_to_string(r.permissions, ' ')) as patterns, array_agg(r.scope) as scopes,
            array_agg(r.fields::text) as fields
        from staff_user_role held join staff_role r on r.code = held.role_code
        where held.user_id = s.user_id
    ) roles
    where s.token_hash = $1 and u.is_active
"""


async def find_caller(session: Session, token: str) -> Caller | None:
    """Who calls with a token, in one statement: every request asks this. None when the session holds no more."""
    driver = await raw(session)
    row = await driver.fetchrow(_CALLER, token_hash(token))
    if row is None:
        return None
    idle, longest = timedelta(minutes=row["idle_minutes"]), timedelta(hours=row["absolute_hours"])
    at = clock.wall()
    if not rules.is_live(created_at=row["created_at"], seen_at=row["seen_at"], at=at, idle=idle, longest=longest):
        return None
    permissions = permissions_of(row["patterns"] or ())
    must_first = _must_first(row, permissions, at)
    return Caller(session=_live(row), permissions=permissions, sight=sight_of_row(row), must_first=must_first)


def permissions_of(patterns: Iterable[str]) -> frozenset[str]:
    """What roles allow together; each role's patterns stand in one text."""
    known = tuple(permission.code for item in module.installed() for permission in item.permissions)
    return frozenset().union(*(_expanded(tuple(text.split()), known) for text in patterns))


def _must_first(row: Any, permissions: frozenset[str], at: datetime) -> Literal["password", "second_factor"] | None:
    if row["password_hash"] and row["method"] != "provider":
        is_old = rules.has_expired(row["password_changed_at"], at, row["policy"])
        if is_old or (row["is_password_temporary"] and row["policy"] == "dengbao"):
            return "password"
    if row["requires_second_factor"] and row["method"] == "password" and rules.is_sensitive(permissions):
        return "second_factor"
    return None


def sight_of_row(row: Any) -> Sight:
    """What a user sees, by the roles, stores and regions that a row holds."""
    holdings = [
        rules.Holding(scope=scope, fields=_fields(fields))
        for scope, fields in zip(row["scopes"] or (), row["fields"] or (), strict=True)
    ]
    return rules.sight_of(
        holdings,
        stores=row["stores"] or (),
        stores_of_regions=row["stores_of_regions"] or (),
        employee_id=row["employee_id"],
    )


@lru_cache(maxsize=256)
def _fields(written: str) -> dict[str, FieldView]:
    found: dict[str, FieldView] = json.loads(written)
    return found


@lru_cache(maxsize=256)
def _expanded(patterns: tuple[str, ...], known: tuple[str, ...]) -> frozenset[str]:
    return rules.expand(patterns, known)


async def list_live_sessions(session: Session, user_id: int) -> list[LiveSession]:
    """The sessions of a user that still hold, newest first."""
    query = select(staff_session).where(staff_session.c.user_id == user_id).order_by(staff_session.c.session_id.desc())
    chosen, at = await get_security(session), clock.wall()
    rows = await session.execute(query)
    return [
        _live(row._mapping)
        for row in rows
        if rules.is_live(
            created_at=row.created_at, seen_at=row.seen_at, at=at, idle=chosen.idle, longest=chosen.longest
        )
    ]


async def get_user(session: Session, user_id: int) -> StaffUser:
    """A staff user with the permissions of all roles together."""
    row = (await session.execute(select(staff_user).where(staff_user.c.user_id == user_id))).one()
    roles = (
        select(staff_role.c.permissions)
        .join(staff_user_role, staff_user_role.c.role_code == staff_role.c.code)
        .where(staff_user_role.c.user_id == user_id)
    )
    known = [permission.code for item in module.installed() for permission in item.permissions]
    granted = [rules.expand(patterns, known) for patterns in (await session.execute(roles)).scalars()]
    return StaffUser(
        id=row.user_id,
        username=row.username,
        display_name=row.display_name,
        is_password_temporary=row.is_password_temporary,
        has_password=bool(row.password_hash),
        language=row.language,
        permissions=frozenset().union(*granted),
    )


async def list_allowed(session: Session, permission: str) -> frozenset[int]:
    """Which active users may do something."""
    query = (
        select(staff_user_role.c.user_id, staff_role.c.permissions)
        .join(staff_role, staff_user_role.c.role_code == staff_role.c.code)
        .join(staff_user, staff_user.c.user_id == staff_user_role.c.user_id)
        .where(staff_user.c.is_active)
    )
    rows = await session.execute(query)
    return frozenset(row.user_id for row in rows if rules.expand(row.permissions, [permission]))


async def count_allowed(session: Session, permission: str) -> int:
    """How many active users may do something."""
    return len(await list_allowed(session, permission))


async def display_names(session: Session, user_ids: Sequence[int]) -> dict[int, str]:
    """What users are called; those that do not exist are left out."""
    rows = await session.execute(
        select(staff_user.c.user_id, staff_user.c.display_name).where(staff_user.c.user_id.in_(user_ids))
    )
    return {row.user_id: row.display_name for row in rows}


async def actor_names(session: Session, actors: Sequence[str]) -> dict[str, str]:
    """What the staff users among actors (`staff:7`) are called; others are left out."""
    users = {actor: int(actor.removeprefix("staff:")) for actor in actors if actor.startswith("staff:")}
    names = await display_names(session, sorted(set(users.values())))
    return {actor: names[user_id] for actor, user_id in users.items() if user_id in names}


def _live(values: Any) -> LiveSession:
    return LiveSession(
        id=values["session_id"],
        user_id=values["user_id"],
        created_at=values["created_at"],
        seen_at=values["seen_at"],
        address=values["address"],
        user_agent=values["user_agent"],
        proved_at=values["proved_at"],
        method=values["method"],
    )
