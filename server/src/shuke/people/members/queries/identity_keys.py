"""Identities by what the uniqueness table knows them by, for those who compare many and need no value."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from shuke.platform.db import Session, raw

from ..events import MemberProfileChanged
from ..rules.identities import normalise
from ..rules.values import IdentityKind, Status
from ..tables import member, member_identity, member_status_change
from .reading import IdentityKey, blind_key
from .vault import any_of

_LAST_FIELD_CHANGES = """
    select member_id, max(id) as event_id from event
    where member_id = any($1::bigint[]) and name = $2 and body -> 'fields' ? $3
    group by member_id
"""


def identity_key(kind: IdentityKind, source: str, value: str) -> IdentityKey:
    """The key of an identity. Raises BadPhone, BadEmail or BadIdentity."""
    return blind_key(kind, *normalise(kind, source, value))


async def identity_kinds(session: Session, member_ids: Sequence[int]) -> dict[int, set[str]]:
    """The kinds of identities that each of these members has."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = await session.execute(
        select(member_identity.c.member_id, member_identity.c.kind).where(
            member_identity.c.member_id == any_of(member_ids)
        )
    )
    for row in rows:
        found[row.member_id].add(row.kind)
    return found


async def statuses(session: Session, member_ids: Sequence[int]) -> dict[int, Status]:
    """The status of each of these members; unknown ids are left out."""
    rows = await session.execute(
        select(member.c.member_id, member.c.status).where(member.c.member_id == any_of(member_ids))
    )
    return {row.member_id: row.status for row in rows}


async def last_status_changes(session: Session, member_ids: Sequence[int]) -> dict[int, int]:
    """The version that the last change of status gave each of these members; whose never changed is left out."""
    column = member_status_change.c
    rows = await session.execute(
        select(column.member_id, func.max(column.version).label("version"))
        .where(column.member_id == any_of(member_ids))
        .group_by(column.member_id)
    )
    return {row.member_id: row.version for row in rows}


async def last_field_changes(session: Session, member_ids: Sequence[int], key: str) -> dict[int, int]:
    """The event that last changed a custom field of each of these members; whose it never changed is left out."""
    driver = await raw(session)
    rows = await driver.fetch(_LAST_FIELD_CHANGES, sorted(member_ids), MemberProfileChanged.name, f"custom.{key}")
    return {row["member_id"]: row["event_id"] for row in rows}


async def numbers(session: Session, member_ids: Sequence[int]) -> dict[int, str]:
    """The number of each of these members; unknown ids are left out. Whoever asks has looked at who is in sight."""
    rows = await session.execute(
        select(member.c.member_id, member.c.number).where(member.c.member_id == any_of(member_ids))
    )
    return {row.member_id: row.number for row in rows}
