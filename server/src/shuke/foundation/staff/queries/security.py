"""What the shop has chosen for signing in, and which factors a user has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from shuke.platform.db import Session

from ..rules import Policy
from ..tables import staff_passkey, staff_recovery_code, staff_security, staff_totp


@dataclass(frozen=True, kw_only=True)
class Security:
    """How passwords, sessions and second factors are held in this shop."""

    policy: Policy
    idle_minutes: int
    absolute_hours: int
    requires_second_factor: bool

    @property
    def idle(self) -> timedelta:
        """After how long without use a session ends."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> timedelta:
        """After how long a session ends in any case."""
        return timedelta(hours=self.absolute_hours)


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A key on a device of the user's."""

    id: int
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What a user has beside the password."""

    totp_since: datetime | None
    passkeys: int
    recovery_codes: int

    @property
    def is_on(self) -> bool:
        """Whether signing in with the password asks for a second factor."""
        return self.totp_since is not None or self.passkeys > 0


async def get_security(session: Session) -> Security:
    """What the shop has chosen."""
    row = (await session.execute(select(staff_security))).one()
    return Security(
        policy=row.policy,
        idle_minutes=row.idle_minutes,
        absolute_hours=row.absolute_hours,
        requires_second_factor=row.requires_second_factor,
    )


async def get_factors(session: Session, user_id: int) -> Factors:
    """What a user has beside the password, in one statement."""
    codes = staff_recovery_code.c
    query = select(
        select(staff_totp.c.confirmed_at).where(staff_totp.c.user_id == user_id).scalar_subquery().label("totp_since"),
        select(func.count())
        .select_from(staff_passkey)
        .where(staff_passkey.c.user_id == user_id)
        .scalar_subquery()
        .label("passkeys"),
        select(func.count())
        .select_from(staff_recovery_code)
        .where(codes.user_id == user_id, codes.used_at.is_(None))
        .scalar_subquery()
        .label("recovery_codes"),
    )
    row = (await session.execute(query)).one()
    return Factors(totp_since=row.totp_since, passkeys=row.passkeys, recovery_codes=row.recovery_codes)


async def list_passkeys(session: Session, user_id: int) -> list[Passkey]:
    """A user's passkeys, oldest first."""
    query = select(staff_passkey).where(staff_passkey.c.user_id == user_id).order_by(staff_passkey.c.passkey_id)
    return [_passkey(row) for row in await session.execute(query)]


async def find_passkey(session: Session, credential_id: bytes) -> tuple[int, Passkey] | None:
    """The user and the passkey of a credential; held until the transaction ends."""
    query = select(staff_passkey).where(staff_passkey.c.credential_id == credential_id).with_for_update()
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row.user_id, _passkey(row))


def _passkey(row: Any) -> Passkey:
    return Passkey(
        id=row.passkey_id,
        credential_id=row.credential_id,
        public_key=row.public_key,
        sign_count=row.sign_count,
        name=row.name,
        created_at=row.created_at,
        used_at=row.used_at,
    )
