"""The shop's own roles, and what the shop chooses for signing in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from shuke.platform import clock, ids
from shuke.platform.actor import Actor, FieldView
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import rules
from ..errors import NotYoursToGive, OwnAccount, PermissionUnknown, RoleFixed, RoleInUse
from ..queries import Role, Security, get_person, get_roles, known_permissions
from ..tables import staff_role, staff_security
from .users import end_sessions_of_role, may_show


@dataclass(frozen=True, kw_only=True)
class RoleWish:
    """What a role is called, allows and shows."""

    name: LocalName
    permissions: Sequence[str]
    scope: rules.Scope
    fields: Mapping[str, FieldView]


async def add_role(session: Session, actor: Actor, wish: RoleWish) -> str:
    """Add a role. Returns its code. Raises PermissionUnknown and NotYoursToGive."""
    _require_giveable(actor, wish, None)
    code = ids.new_code("role-", 8).lower()
    await session.execute(insert(staff_role).values(code=code, is_built_in=False, **_values(wish)))
    return code


async def edit_role(session: Session, actor: Actor, code: str, wish: RoleWish) -> None:
    """Change one of the shop's own roles; when it allows or shows more, its holders sign in again.

    Raises RoleNotFound, RoleFixed, PermissionUnknown, NotYoursToGive, and OwnAccount where one's own would grow.
    """
    (role,) = await get_roles(session, [code])
    if role.is_built_in:
        raise RoleFixed
    _require_giveable(actor, wish, role)
    if _is_wider(wish, role) and actor.kind == "staff" and code in (await get_person(session, actor.id)).roles:
        # Who delegates hands on what they do not hold themselves, and so could have it by way of a role of their own.
        raise OwnAccount
    await session.execute(update(staff_role).where(staff_role.c.code == code).values(_values(wish)))
    if _is_wider(wish, role):
        await end_sessions_of_role(session, code)


async def delete_role(session: Session, code: str) -> None:
    """Delete one of the shop's own roles. Raises RoleNotFound, RoleFixed and RoleInUse."""
    (role,) = await get_roles(session, [code])
    if role.is_built_in:
        raise RoleFixed
    try:
        async with session.begin_nested():  # allow: transaction-edge — a foreign key answers whether it is in use
            await session.execute(delete(staff_role).where(staff_role.c.code == code))
    except IntegrityError:
        raise RoleInUse from None


async def choose_security(session: Session, chosen: Security) -> None:
    """Keep what the shop chooses for passwords, sessions and second factors."""
    values = {
        "policy": chosen.policy,
        "idle_minutes": chosen.idle_minutes,
        "absolute_hours": chosen.absolute_hours,
        "requires_second_factor": chosen.requires_second_factor,
    }
    await session.execute(update(staff_security).values(**values, updated_at=clock.wall()))


def _values(wish: RoleWish) -> dict[str, object]:
    return {
        "name_zh": wish.name.zh.strip(),
        "name_en": wish.name.en.strip() or wish.name.zh.strip(),
        "permissions": sorted(set(wish.permissions)),
        "scope": wish.scope,
        "fields": dict(wish.fields),
    }


def _require_giveable(actor: Actor, wish: RoleWish, role: Role | None) -> None:
    """Nobody gives what they do not hold: permissions, nor a clearer view of personal fields."""
    unknown = sorted(set(wish.permissions) - known_permissions())
    if unknown:
        raise PermissionUnknown(permission=unknown[0][:80])
    present = role.permissions if role else frozenset()
    missing = set(rules.not_grantable(frozenset(wish.permissions) - present, held=actor.permissions))
    before = role.fields if role else {}
    own = actor.sight.fields
    for name in rules.FIELDS:
        view = wish.fields.get(name, "masked")
        is_more = rules.is_wider({name: view}, {name: before.get(name, "masked")})
        if is_more and rules.is_wider({name: view}, {name: own.get(name, "masked")}) and not may_show(actor):
            missing.add(name)
    if missing:
        raise NotYoursToGive(permissions=", ".join(sorted(missing)[:10]))


def _is_wider(wish: RoleWish, role: Role) -> bool:
    widths = ("own", "stores", "regions", "all")
    return (
        bool(set(wish.permissions) - role.permissions)
        or widths.index(wish.scope) > widths.index(role.scope)
        or rules.is_wider(wish.fields, role.fields)
    )
