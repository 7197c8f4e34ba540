"""Staff users and roles as administrators see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Select, func, or_, select

from shuke.platform import clock, module
from shuke.platform.actor import FieldView
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from .. import rules
from ..errors import RoleNotFound, UserNotFound
from ..tables import (
    staff_passkey,
    staff_role,
    staff_session,
    staff_sign_in_failure,
    staff_totp,
    staff_user,
    staff_user_region,
    staff_user_role,
    staff_user_store,
)

UserState = Literal["active", "disabled", "locked"]
_SORT = "username"
# What users hold, by user.
_Held = dict[int, list[Any]]


@dataclass(frozen=True, kw_only=True)
class Role:
    """A named set of permissions, with whose records and which fields its holders see."""

    code: str
    name: LocalName
    patterns: tuple[str, ...]
    permissions: frozenset[str]
    is_built_in: bool
    scope: rules.Scope
    fields: Mapping[str, FieldView]
    admin_kind: rules.AdminKind | None
    users: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """A staff user as administrators see it."""

    id: int
    username: str
    display_name: str
    email: str | None
    state: UserState
    roles: tuple[str, ...]
    stores: tuple[int, ...]
    regions: tuple[int, ...]
    employee_id: int | None
    is_password_temporary: bool
    has_second_factor: bool
    created_at: datetime
    seen_at: datetime | None


async def list_people(
    session: Session,
    *,
    search: str | None = None,
    state: UserState | None = None,
    role: str | None = None,
    cursor: str | None = None,
    limit: int,
) -> Page[Person]:
    """Staff users by user name. Raises pages.BadCursor."""
    query = _people().order_by(staff_user.c.username).limit(limit + 1)
    if search:
        wanted = search.strip().casefold()
        query = query.where(
            or_(
                staff_user.c.username.contains(wanted, autoescape=True),
                func.lower(staff_user.c.display_name).contains(wanted, autoescape=True),
                staff_user.c.email.contains(wanted, autoescape=True),
            )
        )
    if state == "disabled":
        query = query.where(~staff_user.c.is_active)
    elif state is not None:
        query = query.where(staff_user.c.is_active, _is_locked() if state == "locked" else ~_is_locked())
    if role is not None:
        holders = select(staff_user_role.c.user_id).where(staff_user_role.c.role_code == role)
        query = query.where(staff_user.c.user_id.in_(holders))
    if cursor is not None:
        (after,) = decode_cursor(cursor, _SORT, 1)
        query = query.where(staff_user.c.username > str(after))
    rows = (await session.execute(query)).all()
    people = await _with_holdings(session, rows[:limit])
    return Page(people, encode_cursor(_SORT, [people[-1].username]) if len(rows) > limit else None)


async def get_person(session: Session, user_id: int) -> Person:
    """One staff user. Raises UserNotFound."""
    row = (await session.execute(_people().where(staff_user.c.user_id == user_id))).one_or_none()
    if row is None:
        raise UserNotFound(user=user_id)
    (person,) = await _with_holdings(session, [row])
    return person


async def list_roles(session: Session) -> list[Role]:
    """Every role: the built-in ones in their order, then the shop's own by name."""
    users = (
        select(func.count())
        .select_from(staff_user_role)
        .where(staff_user_role.c.role_code == staff_role.c.code)
        .scalar_subquery()
    )
    rows = await session.execute(select(staff_role, users.label("users")))
    known = known_permissions()
    order = {role.code: place for place, role in enumerate(rules.BUILT_IN_ROLES)}
    found = [
        Role(
            code=row.code,
            name=LocalName(row.name_zh, row.name_en),
            patterns=tuple(row.permissions),
            permissions=rules.expand(row.permissions, known),
            is_built_in=row.is_built_in,
            scope=row.scope,
            fields=row.fields,
            admin_kind=row.admin_kind,
            users=row.users,
        )
        for row in rows
    ]
    return sorted(found, key=lambda role: (order.get(role.code, len(order)), role.name.zh, role.code))


async def get_roles(session: Session, codes: Sequence[str]) -> list[Role]:
    """The roles of codes. Raises RoleNotFound for the first that does not exist."""
    found = {role.code: role for role in await list_roles(session)}
    for code in codes:
        if code not in found:
            raise RoleNotFound(role=code)
    return [found[code] for code in codes]


async def list_clashes(session: Session) -> dict[int, str]:
    """Which active users hold administrators' duties together that the stricter policy keeps apart, by name."""
    query = (
        select(staff_user.c.user_id, staff_user.c.display_name, staff_role.c.code, staff_role.c.admin_kind)
        .join(staff_user_role, staff_user_role.c.user_id == staff_user.c.user_id)
        .join(staff_role, staff_role.c.code == staff_user_role.c.role_code)
        .where(staff_user.c.is_active)
        .order_by(staff_user.c.username)
    )
    names: dict[int, str] = {}
    kinds: dict[int, list[rules.AdminKind | None]] = {}
    for row in await session.execute(query):
        names[row.user_id] = row.display_name
        held = kinds.setdefault(row.user_id, [])
        held.extend(("system", "security", "audit") if row.code == "administrator" else (row.admin_kind,))
    return {user_id: names[user_id] for user_id, duties in kinds.items() if rules.clashing_duties(duties)}


def known_permissions() -> frozenset[str]:
    """Every permission that the installed modules declare."""
    return frozenset(permission.code for item in module.installed() for permission in item.permissions)


def _people() -> Select[Any]:
    factor = (
        select(staff_totp.c.user_id).where(staff_totp.c.user_id == staff_user.c.user_id).exists()
        | select(staff_passkey.c.user_id).where(staff_passkey.c.user_id == staff_user.c.user_id).exists()
    )
    seen = (
        select(func.max(staff_session.c.seen_at))
        .where(staff_session.c.user_id == staff_user.c.user_id)
        .scalar_subquery()
    )
    return select(staff_user, factor.label("has_second_factor"), seen.label("seen_at"), _is_locked().label("is_locked"))


def _is_locked() -> ColumnElement[bool]:
    """Whether some address is shut out of a user's account just now."""
    table = staff_sign_in_failure.c
    named = func.sha256(func.convert_to(staff_user.c.username, "UTF8"))
    return select(table.address).where(table.username_hash == named, table.locked_until > clock.wall()).exists()


async def _with_holdings(session: Session, rows: Sequence[Any]) -> list[Person]:
    ids = [row.user_id for row in rows]
    roles = await _grouped(session, staff_user_role.c.user_id, staff_user_role.c.role_code, ids)
    stores = await _grouped(session, staff_user_store.c.user_id, staff_user_store.c.store_id, ids)
    regions = await _grouped(session, staff_user_region.c.user_id, staff_user_region.c.region_id, ids)
    return [_person(row, roles, stores, regions) for row in rows]


def _person(row: Any, roles: _Held, stores: _Held, regions: _Held) -> Person:
    state: UserState = "disabled" if not row.is_active else "locked" if row.is_locked else "active"
    return Person(
        id=row.user_id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        state=state,
        roles=tuple(roles.get(row.user_id, ())),
        stores=tuple(stores.get(row.user_id, ())),
        regions=tuple(regions.get(row.user_id, ())),
        employee_id=row.employee_id,
        is_password_temporary=row.is_password_temporary,
        has_second_factor=row.has_second_factor,
        created_at=row.created_at,
        seen_at=row.seen_at,
    )


async def _grouped(session: Session, key: Column[Any], value: Column[Any], ids: Sequence[int]) -> _Held:
    found: _Held = {}
    for row in await session.execute(select(key, value).where(key.in_(ids)).order_by(key, value)):
        found.setdefault(row[0], []).append(row[1])
    return found
