"""One-time codes of an app, and the recovery codes for the day the phone is lost."""

import hashlib
import hmac
from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, ids
from shuke.platform.db import Session

from ..errors import SecondFactorFailed, TotpNotBegun
from ..queries import get_factors
from ..tables import staff_recovery_code, staff_session, staff_totp, staff_user
from . import secrets

STEP_SECONDS = 30
RECOVERY_CODES = 10
_ISSUER = "Shuke"


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What the app needs: the secret, and the address that a QR code carries."""

    secret: str
    address: str


async def begin_totp(session: Session, user_id: int) -> Enrolment:
    """Make a new secret; it counts when a code of it was given. One that counts already stays until then."""
    username = (
        await session.execute(select(staff_user.c.username).where(staff_user.c.user_id == user_id))
    ).scalar_one()
    secret = pyotp.random_base32()
    await secrets.keep(session, _waiting(user_id), secret)
    return Enrolment(secret=secret, address=pyotp.TOTP(secret).provisioning_uri(username, issuer_name=_ISSUER))


async def confirm_totp(session: Session, user_id: int, code: str, *, session_id: int) -> list[str]:
    """Switch the second factor on with a code of the new secret. Returns fresh recovery codes, shown once.

    Raises TotpNotBegun and SecondFactorFailed.
    """
    if not await secrets.exists(session, _waiting(user_id)):
        raise TotpNotBegun
    secret = await secrets.read(session, _waiting(user_id))
    step = _step_of(secret, code)
    if step is None:
        raise SecondFactorFailed
    await secrets.keep(session, _name(user_id), secret)
    await secrets.forget(session, _waiting(user_id))
    at = clock.wall()
    values = {"created_at": at, "confirmed_at": at, "last_step": step}
    new = insert(staff_totp).values(user_id=user_id, **values)
    await session.execute(new.on_conflict_do_update(index_elements=["user_id"], set_=values))
    # Who has just shown a code holds a session of two factors.
    mine = staff_session.c.session_id == session_id
    await session.execute(update(staff_session).where(mine).values(method="second_factor"))
    return await renew_recovery_codes(session, user_id)


async def remove_totp(session: Session, user_id: int) -> None:
    """Switch the one-time codes off, and the recovery codes where no passkey is left either."""
    await session.execute(delete(staff_totp).where(staff_totp.c.user_id == user_id))
    if not (await get_factors(session, user_id)).is_on:
        await session.execute(delete(staff_recovery_code).where(staff_recovery_code.c.user_id == user_id))
    for name in (_name(user_id), _waiting(user_id)):
        await secrets.forget(session, name)


async def use_code(session: Session, user_id: int, code: str) -> bool:
    """Whether a code is right; each step's code is right once, so what was read over a shoulder opens nothing."""
    has_one = select(func.count()).select_from(staff_totp).where(staff_totp.c.user_id == user_id)
    if not (await session.execute(has_one)).scalar_one():
        return False
    step = _step_of(await secrets.read(session, _name(user_id)), code)
    if step is None:
        return False
    mine = (staff_totp.c.user_id == user_id, staff_totp.c.last_step < step)
    return bool((await session.execute(update(staff_totp).where(*mine).values(last_step=step))).rowcount)


async def use_recovery_code(session: Session, user_id: int, code: str) -> bool:
    """Whether a recovery code is right; each opens once."""
    table = staff_recovery_code.c
    mine = (table.user_id == user_id, table.code_hash == _code_hash(user_id, code), table.used_at.is_(None))
    used = update(staff_recovery_code).where(*mine).values(used_at=clock.wall())
    return bool((await session.execute(used)).rowcount)


async def renew_recovery_codes(session: Session, user_id: int) -> list[str]:
    """Fresh recovery codes in place of all earlier ones; shown once."""
    codes = [ids.new_password() for _ in range(RECOVERY_CODES)]
    await session.execute(delete(staff_recovery_code).where(staff_recovery_code.c.user_id == user_id))
    rows = [{"user_id": user_id, "code_hash": _code_hash(user_id, code)} for code in codes]
    await session.execute(insert(staff_recovery_code), rows)
    return codes


def _step_of(secret: str, code: str) -> int | None:
    """The step, now or a neighbour, whose code this is."""
    typed = code.replace(" ", "").strip()
    if not (typed.isascii() and typed.isdigit()):
        return None
    now = int(clock.wall().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    steps = [step for step in (now, now - 1, now + 1) if hmac.compare_digest(app.at(step * STEP_SECONDS), typed)]
    return steps[0] if steps else None


def _code_hash(user_id: int, code: str) -> bytes:
    # 95 random bits: a fast hash will do, and the user's number keeps equal codes apart.
    plain = code.replace("-", "").replace(" ", "").strip().upper()
    return hashlib.sha256(f"{user_id}:{plain}".encode()).digest()


def _name(user_id: int) -> str:
    return f"totp:{user_id}"


def _waiting(user_id: int) -> str:
    return f"totp_waiting:{user_id}"
