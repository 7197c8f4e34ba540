"""What stands half open for minutes: bound to an address, counted, and used once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, ids
from shuke.platform.db import Session

from .. import rules
from ..errors import SignInExpired
from ..queries import token_hash
from ..tables import staff_challenge

Kind = Literal["second_factor", "passkey_sign_in", "passkey_registration", "passkey_proof", "provider"]


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """Something half open: for whom, and what was noted when it began."""

    token: str
    user_id: int | None
    details: Mapping[str, Any]


async def start(
    session: Session, kind: Kind, *, address: str, user_id: int | None = None, details: Mapping[str, Any] | None = None
) -> str:
    """Open something half; the token goes to the browser and is kept nowhere else."""
    token = ids.new_token()
    values = {"token_hash": token_hash(token), "kind": kind, "user_id": user_id, "address": address}
    await session.execute(
        insert(staff_challenge).values(**values, created_at=clock.wall(), tries=0, details=dict(details or {}))
    )
    return token


async def attempt(session: Session, kind: Kind, token: str | None, *, address: str) -> Challenge:
    """Count one try at what stands half open. Raises SignInExpired: unknown, too old, elsewhere, or tried too often."""
    mine = (staff_challenge.c.token_hash == token_hash(token or ""), staff_challenge.c.kind == kind)
    counted = update(staff_challenge).where(*mine).values(tries=staff_challenge.c.tries + 1)
    row = (await session.execute(counted.returning(staff_challenge))).one_or_none()
    if row is None or token is None or row.address != address:
        raise SignInExpired
    if not rules.is_half_open(row.created_at, clock.wall(), row.tries - 1):
        raise SignInExpired
    return Challenge(token=token, user_id=row.user_id, details=row.details)


async def finish(session: Session, challenge: Challenge) -> None:
    """Close what stood half open: it is used up. Raises SignInExpired when it was used in the same moment."""
    mine = staff_challenge.c.token_hash == token_hash(challenge.token)
    if (await session.execute(delete(staff_challenge).where(mine))).rowcount == 0:
        raise SignInExpired
