"""Identity providers: their settings, and whom they sign in."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session

from .. import rules
from ..errors import ProviderRefused, UsernameTaken
from ..queries import Provider, get_provider, get_roles
from ..tables import staff_provider, staff_provider_subject, staff_user, staff_user_role
from . import secrets
from .sign_in import From, SignedIn, open_session
from .users import insert_user, require_grantable

_PLAIN = re.compile(r"[^\w.@+-]")


@dataclass(frozen=True, kw_only=True)
class Vouching:
    """Whom a provider vouches for, as far as accounts here are concerned."""

    subject: str
    email: str | None
    username: str | None
    name: str | None


async def add_provider(session: Session, actor: Actor, *, values: dict[str, object], secret: str) -> int:
    """Add an identity provider. Returns its id. Raises RoleNotFound and NotYoursToGive."""
    await _require_role(session, actor, values)
    new = insert(staff_provider).values(**values, created_at=clock.wall()).returning(staff_provider.c.provider_id)
    provider_id: int = (await session.execute(new)).scalar_one()
    await secrets.keep(session, _secret_name(provider_id), secret)
    return provider_id


async def edit_provider(
    session: Session, actor: Actor, provider_id: int, *, values: dict[str, object], secret: str | None
) -> None:
    """Change an identity provider; its secret stays where none is given.

    Raises ProviderNotFound, RoleNotFound and NotYoursToGive.
    """
    before = await get_provider(session, provider_id)
    await _require_role(session, actor, values)
    mine = staff_provider.c.provider_id == provider_id
    await session.execute(update(staff_provider).where(mine).values(values))
    if values.get("issuer") != before.issuer:
        # The numbers of another issuer mean other people.
        subjects = staff_provider_subject.c.provider_id == provider_id
        await session.execute(delete(staff_provider_subject).where(subjects))
    if secret:
        await secrets.keep(session, _secret_name(provider_id), secret)


async def delete_provider(session: Session, provider_id: int) -> None:
    """Forget an identity provider and whom it vouched for. Raises ProviderNotFound."""
    await get_provider(session, provider_id)
    for table in (staff_provider_subject, staff_provider):
        await session.execute(delete(table).where(table.c.provider_id == provider_id))
    await secrets.forget(session, _secret_name(provider_id))


async def secret_of(session: Session, provider_id: int) -> str:
    """The secret that the provider has given to this console."""
    return await secrets.read(session, _secret_name(provider_id))


async def sign_in_vouched(session: Session, provider: Provider, vouched: Vouching, *, origin: From) -> SignedIn:
    """Sign in whom a provider vouches for: known by its number, else matched, else added where the shop wants that.

    Raises ProviderRefused.
    """
    user_id = await _known(session, provider.id, vouched.subject)
    if user_id is None:
        user_id = await _matched(session, provider, vouched)
        if user_id is None and provider.default_role is not None:
            user_id = await _added(session, provider.default_role, vouched)
        if user_id is None:
            raise ProviderRefused
        link = {"provider_id": provider.id, "subject": vouched.subject, "user_id": user_id}
        new = insert(staff_provider_subject).values(**link, matched_at=clock.wall())
        await session.execute(new.on_conflict_do_nothing())
    active = select(staff_user.c.user_id).where(staff_user.c.user_id == user_id, staff_user.c.is_active)
    if (await session.execute(active)).first() is None:
        raise ProviderRefused
    return await open_session(session, user_id=user_id, method="provider", origin=origin)


async def _known(session: Session, provider_id: int, subject: str) -> int | None:
    table = staff_provider_subject.c
    query = select(table.user_id).where(table.provider_id == provider_id, table.subject == subject)
    return (await session.execute(query)).scalar_one_or_none()


async def _matched(session: Session, provider: Provider, vouched: Vouching) -> int | None:
    wanted: ColumnElement[bool]
    if provider.matching == "email":
        if not vouched.email:
            return None
        wanted = staff_user.c.email == vouched.email.casefold()
    else:
        if not vouched.username:
            return None
        wanted = staff_user.c.username == rules.plain_username(vouched.username)
    return (await session.execute(select(staff_user.c.user_id).where(wanted))).scalar_one_or_none()


async def _added(session: Session, role: str, vouched: Vouching) -> int | None:
    username = _PLAIN.sub("", vouched.username or vouched.email or "")[:64]
    if not username:
        return None
    try:
        user_id = await insert_user(
            session,
            username=username,
            display_name=(vouched.name or username)[:80],
            password=None,
            email=vouched.email,
        )
    except UsernameTaken:
        # Somebody else has the name here: an account is never taken over by a likeness.
        return None
    await session.execute(insert(staff_user_role).values(user_id=user_id, role_code=role))
    await audit.record(session, SYSTEM, "staff.user_added", "staff_user", user_id)
    return user_id


async def _require_role(session: Session, actor: Actor, values: dict[str, object]) -> None:
    role = values.get("default_role")
    if role is not None:
        require_grantable(actor, await get_roles(session, [str(role)]))


def _secret_name(provider_id: int) -> str:
    return f"provider:{provider_id}"
