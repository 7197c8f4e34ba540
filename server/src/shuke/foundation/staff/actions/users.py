"""Staff users: added, changed, closed and opened again by administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from shuke.platform import audit, clock, ids
from shuke.platform.actor import SYSTEM, Actor, FieldView
from shuke.platform.db import Session

from .. import passwords, rules
from ..errors import (
    DutiesClash,
    LastAdministrator,
    NotYoursToGive,
    OwnAccount,
    PlaceUnknown,
    UsernameTaken,
)
from ..queries import Person, Role, get_person, get_roles, get_security, list_allowed
from ..tables import (
    staff_passkey,
    staff_provider_subject,
    staff_recovery_code,
    staff_role,
    staff_security,
    staff_session,
    staff_user,
    staff_user_region,
    staff_user_role,
    staff_user_store,
)
from . import attempts, totp
from .own_password import reset_password
from .sign_in import end_sessions

ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class FirstUser:
    """A new user, and the temporary password to show once."""

    username: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """What a staff user may do and whose records it sees; None: as before."""

    roles: Sequence[str] | None = None
    stores: Sequence[int] | None = None
    regions: Sequence[int] | None = None
    employee_id: int | None = None
    sets_employee: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return self.roles is None and self.stores is None and self.regions is None and not self.sets_employee


async def ensure_roles(session: Session) -> None:
    """Make the built-in roles what this release says they are."""
    rows = [
        {
            "code": role.code,
            "name_zh": role.zh,
            "name_en": role.en,
            "permissions": list(role.patterns),
            "is_built_in": True,
            "scope": role.scope,
            "fields": dict(role.fields),
            "admin_kind": role.admin_kind,
        }
        for role in rules.BUILT_IN_ROLES
    ]
    new = insert(staff_role).values(rows)
    changed = {name: new.excluded[name] for name in rows[0] if name != "code"}
    await session.execute(new.on_conflict_do_update(index_elements=["code"], set_=changed))


async def ensure_first_user(session: Session, username: str = "admin") -> FirstUser | None:
    """Make the built-in roles and, where there is no staff user at all, the first administrator."""
    await ensure_roles(session)
    if (await session.execute(select(func.count()).select_from(staff_user))).scalar_one():
        return None
    password = ids.new_password()
    user_id = await insert_user(session, username=username, display_name=username, password=password)
    await session.execute(insert(staff_user_role).values(user_id=user_id, role_code=ADMINISTRATOR))
    await audit.record(session, SYSTEM, "staff.user_added", "staff_user", user_id)
    return FirstUser(username=username, password=password)


async def insert_user(
    session: Session, *, username: str, display_name: str, password: str | None, email: str | None = None
) -> int:
    """Add a staff user who may do nothing yet; without a password only a provider signs it in. Raises UsernameTaken."""
    at = clock.wall()
    values = {
        "username": rules.plain_username(username),
        "display_name": display_name.strip(),
        "email": email.strip().casefold() if email else None,
        "password_hash": await passwords.hash_password(password) if password else "",
        "is_password_temporary": password is not None,
        "is_active": True,
        "created_at": at,
        "password_changed_at": at,
    }
    new = insert(staff_user).values(values).on_conflict_do_nothing().returning(staff_user.c.user_id)
    user_id: int | None = (await session.execute(new)).scalar_one_or_none()
    if user_id is None:
        raise UsernameTaken
    return user_id


async def add_user(
    session: Session, actor: Actor, *, username: str, display_name: str, email: str | None, holdings: Holdings
) -> tuple[int, str]:
    """Add a staff user. Returns the id and a temporary password, which is shown once.

    Raises UsernameTaken, RoleNotFound, NotYoursToGive, DutiesClash and PlaceUnknown.
    """
    password = ids.new_password()
    user_id = await insert_user(session, username=username, display_name=display_name, password=password, email=email)
    await _hold(session, actor, await get_person(session, user_id), holdings)
    return user_id, password


async def edit_user(
    session: Session,
    actor: Actor,
    user_id: int,
    *,
    display_name: str | None,
    email: str | None,
    sets_email: bool,
    holdings: Holdings,
) -> None:
    """Change a staff user; its sessions end when what it may do or see changes.

    Raises UserNotFound, OwnAccount, UsernameTaken, RoleNotFound, NotYoursToGive, DutiesClash, LastAdministrator and
    PlaceUnknown.
    """
    person = await get_person(session, user_id)
    values: dict[str, str | None] = {} if display_name is None else {"display_name": display_name.strip()}
    if sets_email:
        values["email"] = email.strip().casefold() if email else None
        if values["email"] != person.email:
            # Identity providers find accounts by their address: whoever sets it could come in as that person.
            require_grantable(actor, await get_roles(session, person.roles))
        taken = select(staff_user.c.user_id).where(
            staff_user.c.email == values["email"], staff_user.c.user_id != user_id
        )
        if values["email"] and (await session.execute(taken)).first():
            raise UsernameTaken
    if values:
        await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(values))
    if holdings.is_empty:
        return
    if actor.kind == "staff" and actor.id == user_id:
        raise OwnAccount
    await _hold(session, actor, person, holdings)
    await end_sessions(session, user_id)
    await _require_administrators(session)


async def disable_user(session: Session, actor: Actor, user_id: int) -> None:
    """Close an account and end its sessions. Raises UserNotFound, OwnAccount and LastAdministrator."""
    await get_person(session, user_id)
    if actor.kind == "staff" and actor.id == user_id:
        raise OwnAccount
    await _lock_holdings(session)
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(is_active=False))
    await end_sessions(session, user_id)
    await _require_administrators(session)


async def enable_user(session: Session, user_id: int) -> None:
    """Open an account again. Raises UserNotFound."""
    await get_person(session, user_id)
    await session.execute(update(staff_user).where(staff_user.c.user_id == user_id).values(is_active=True))


async def unlock_user(session: Session, user_id: int) -> None:
    """Open the doors that too many wrong passwords have closed. Raises UserNotFound."""
    person = await get_person(session, user_id)
    await attempts.forgive_everywhere(session, person.username)


async def reset_password_of(session: Session, actor: Actor, user_id: int) -> str:
    """Give a user a temporary password. Raises UserNotFound, OwnAccount and NotYoursToGive."""
    person = await get_person(session, user_id)
    await _require_not_above(session, actor, person)
    return await reset_password(session, person.username, actor=actor)


async def remove_factors_of(session: Session, actor: Actor, user_id: int) -> None:
    """Take a user's second factors away, as when the phone is lost. Raises UserNotFound, OwnAccount, NotYoursToGive."""
    person = await get_person(session, user_id)
    await _require_not_above(session, actor, person)
    for table in (staff_passkey, staff_recovery_code, staff_provider_subject):
        await session.execute(delete(table).where(table.c.user_id == user_id))
    await totp.remove_totp(session, user_id)
    await end_sessions(session, user_id)


async def _require_not_above(session: Session, actor: Actor, person: Person) -> None:
    """Whoever could sign in as another gets what the other may do: so only where it was theirs to give."""
    if actor.kind == "staff" and actor.id == person.id:
        raise OwnAccount
    require_grantable(actor, await get_roles(session, person.roles))


async def _hold(session: Session, actor: Actor, person: Person, holdings: Holdings) -> None:
    await _lock_holdings(session)
    if holdings.roles is not None:
        wanted = await get_roles(session, sorted(set(holdings.roles)))
        require_grantable(actor, [role for role in wanted if role.code not in person.roles])
        await _require_apart(session, wanted)
        await _replace(session, staff_user_role, person.id, "role_code", [role.code for role in wanted])
    try:
        async with session.begin_nested():  # allow: transaction-edge — a foreign key answers whether a place exists
            if holdings.stores is not None:
                await _replace(session, staff_user_store, person.id, "store_id", holdings.stores)
            if holdings.regions is not None:
                await _replace(session, staff_user_region, person.id, "region_id", holdings.regions)
            if holdings.sets_employee:
                change = update(staff_user).where(staff_user.c.user_id == person.id)
                await session.execute(change.values(employee_id=holdings.employee_id))
    except IntegrityError:
        raise PlaceUnknown from None
    details = {"roles": sorted(holdings.roles or ()), "stores": list(holdings.stores or ())}
    await audit.record(session, actor, "staff.holdings_changed", "staff_user", person.id, details)


async def _replace(session: Session, table: Table, user_id: int, column: str, values: Sequence[Any]) -> None:
    await session.execute(delete(table).where(table.c.user_id == user_id))
    if values:
        await session.execute(insert(table), [{"user_id": user_id, column: value} for value in sorted(set(values))])


def require_grantable(actor: Actor, roles: Sequence[Role]) -> None:
    """Nobody passes on what they do not hold, nor a clearer view than theirs. Raises NotYoursToGive."""
    wanted = frozenset[str]().union(*(role.permissions for role in roles))
    missing = set(rules.not_grantable(wanted, held=actor.permissions))
    if not may_show(actor):
        own: dict[str, FieldView] = {name: actor.sight.view_of(name) for name in rules.FIELDS}
        missing |= {
            name
            for role in roles
            for name in rules.FIELDS
            if rules.is_wider({**own, name: role.fields.get(name, "masked")}, own)
        }
    if actor.kind != "system" and missing:
        raise NotYoursToGive(permissions=", ".join(sorted(missing)[:10]))


def may_show(actor: Actor) -> bool:
    """Whether somebody gives clearer views than their own: who may unmask sees everything by asking anyhow."""
    return bool({"members.unmask", rules.DELEGATE} & actor.permissions)


async def _require_apart(session: Session, roles: Sequence[Role]) -> None:
    """Under the policy that parts the administrators' duties, nobody gets two of them. Raises DutiesClash."""
    if (await get_security(session)).policy != "dengbao":
        return
    kinds = [role.admin_kind for role in roles]
    if rules.clashing_duties(kinds) or any(role.code == ADMINISTRATOR for role in roles):
        raise DutiesClash


async def _lock_holdings(session: Session) -> None:
    """Changes of who may do what go one after the other: two administrators must not remove each other at once."""
    await session.execute(select(staff_security.c.security_id).with_for_update())


async def _require_administrators(session: Session) -> None:
    for permission in ("staff.write", "staff.roles"):
        if not await list_allowed(session, permission):
            raise LastAdministrator
    if (await get_security(session)).policy == "dengbao":
        return
    holders = (
        select(staff_user.c.user_id)
        .join(staff_user_role, staff_user_role.c.user_id == staff_user.c.user_id)
        .where(staff_user_role.c.role_code == ADMINISTRATOR, staff_user.c.is_active)
        .limit(1)
    )
    if (await session.execute(holders)).first() is None:
        raise LastAdministrator


async def end_sessions_of_role(session: Session, code: str) -> None:
    """End the sessions of everybody who holds a role."""
    holders = select(staff_user_role.c.user_id).where(staff_user_role.c.role_code == code)
    await session.execute(delete(staff_session).where(staff_session.c.user_id.in_(holders)))
