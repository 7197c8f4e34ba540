"""Verbs of relations."""

from sqlalchemy import text

from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..queries.aliases import aliases
from .errors import InviterGoesRound, RelationNotFound, RelationToSelf, TooManyRelatives
from .model import MOST_RELATIVES, Role, inverse

# Two people who set inviters at once could close a circle that neither of them saw.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('members.inviters'))")
_ABOVE = """
    with recursive above (member_id, depth) as (
        select $1::bigint, 0
        union
        select coalesce(into_whom.member_id, i.member_id), depth + 1
        from above a
        join member m on m.member_id = a.member_id or m.merged_into = a.member_id
        join member i on i.member_id = m.inviter_id
        left join member into_whom on into_whom.member_id = i.merged_into
        where depth < 10000
    )
    select exists (select from above where member_id = $2)
"""
_SET_INVITER = "update member set inviter_id = $2, version = version + 1 where member_id = $1"
_COUNT = "select count(*) from member_family where member_id = any($1::bigint[]) or other_id = any($1::bigint[])"
_SET_FAMILY = """
    insert into member_family (member_id, other_id, role, noted_at, actor) values ($1, $2, $3, $4, $5)
    on conflict (member_id, other_id) do update
    set role = excluded.role, noted_at = excluded.noted_at, actor = excluded.actor
"""
_REMOVE_FAMILY = """
    delete from member_family
    where member_id = any($1::bigint[]) and other_id = any($2::bigint[])
        or member_id = any($2::bigint[]) and other_id = any($1::bigint[])
"""


async def set_inviter(session: Session, member_id: int, inviter_id: int | None) -> None:
    """Say who brought a member. Raises RelationToSelf or InviterGoesRound."""
    driver = await raw(session)
    if inviter_id is not None:
        if inviter_id == member_id:
            raise RelationToSelf
        await session.execute(_ONE_AT_A_TIME)
        if await driver.fetchval(_ABOVE, inviter_id, member_id):
            raise InviterGoesRound
    await driver.execute(_SET_INVITER, member_id, inviter_id)


async def set_family(session: Session, member_id: int, other_id: int, role: Role, actor: str) -> None:
    """Say what another member is to this one; both sides see it. Raises RelationToSelf or TooManyRelatives."""
    if other_id == member_id:
        raise RelationToSelf
    driver = await raw(session)
    known = await aliases(session, member_id), await aliases(session, other_id)
    await driver.execute(_REMOVE_FAMILY, *known)
    for side in known:
        if await driver.fetchval(_COUNT, side) >= MOST_RELATIVES:
            raise TooManyRelatives(limit=MOST_RELATIVES)
    low, high = sorted((member_id, other_id))
    kept = role if low == member_id else inverse(role)
    await driver.execute(_SET_FAMILY, low, high, kept, clock.now(), actor)


async def remove_family(session: Session, member_id: int, other_id: int) -> None:
    """Say that two members are no family after all. Raises RelationNotFound."""
    driver = await raw(session)
    done = await driver.execute(_REMOVE_FAMILY, await aliases(session, member_id), await aliases(session, other_id))
    if done == "DELETE 0":
        raise RelationNotFound
