"""Callers: a signed-in user with any role and any sight, written straight into the tables of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from sqlalchemy import insert, select

from shuke.foundation.staff import rules
from shuke.foundation.staff.queries import token_hash
from shuke.foundation.staff.tables import (
    staff_role,
    staff_session,
    staff_user,
    staff_user_region,
    staff_user_role,
    staff_user_store,
)
from shuke.platform import clock, ids
from shuke.platform.db import Session

_numbers = count(1)
# Who works for no place at all, and is no employee, sees nobody.
NOBODY = "nothing"


@dataclass(frozen=True, kw_only=True)
class Holds:
    """What a caller may do and see. `scopes`: one role for each, all with the same permissions."""

    patterns: tuple[str, ...]
    scopes: tuple[str, ...] = ("all",)
    stores: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    employee: int | None = None
    is_fresh: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)


async def a_session_that(session: Session, holds: Holds) -> str:
    """The token of somebody who is signed in and holds this."""
    at = clock.wall()
    number = next(_numbers)
    user_id = await _user(session, number, holds)
    for scope in holds.scopes:
        code = f"case-{number}-{scope}"
        role = {
            "code": code,
            "name_zh": code,
            "name_en": code,
            "permissions": list(holds.patterns),
            "is_built_in": False,
            "scope": scope,
            "fields": dict(holds.fields),
        }
        await session.execute(insert(staff_role).values(role))
        await session.execute(insert(staff_user_role).values(user_id=user_id, role_code=code))
    for table, column, values in (
        (staff_user_store, "store_id", holds.stores),
        (staff_user_region, "region_id", holds.regions),
    ):
        if values:
            await session.execute(insert(table), [{"user_id": user_id, column: value} for value in values])
    token = ids.new_token()
    values = {"token_hash": token_hash(token), "user_id": user_id, "created_at": at, "seen_at": at}
    # Proofs hold for minutes; a long run must not outlive them.
    proved_at = at + timedelta(hours=12) if holds.is_fresh else None
    await session.execute(insert(staff_session).values(**values, address="", user_agent="", proved_at=proved_at))
    return token


async def _user(session: Session, number: int, holds: Holds) -> int:
    at = clock.wall()
    user = {
        "username": f"case-{number}",
        "display_name": "Case",
        "password_hash": "",
        "is_password_temporary": False,
        "is_active": True,
        "created_at": at,
        "password_changed_at": at,
        "employee_id": holds.employee,
    }
    return int((await session.execute(insert(staff_user).values(user).returning(staff_user.c.user_id))).scalar_one())


def patterns_of_roles(permissions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Every built-in role, a role for each permission alone, and one without any: patterns by name."""
    built_in = {role.code: role.patterns for role in rules.BUILT_IN_ROLES}
    return {**built_in, **{f"only {code}": (code,) for code in sorted(permissions)}, "no permission": ()}


async def built_in_scopes(session: Session) -> dict[str, str]:
    """The scope of each built-in role, as it is kept."""
    rows = await session.execute(select(staff_role.c.code, staff_role.c.scope).where(staff_role.c.is_built_in))
    return {row.code: row.scope for row in rows}
