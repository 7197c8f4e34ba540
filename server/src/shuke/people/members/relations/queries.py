"""Questions about relations, read through merges; whoever was erased, or is out of sight, is left out."""

from dataclasses import dataclass

from shuke.foundation import organization
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw

from ..queries.aliases import aliases
from ..queries.reading import names
from ..queries.sight import seen_among
from ..rules.values import MemberName
from .model import Role, inverse

MOST_INVITED = 50

_INVITER = "select inviter_id from member where member_id = any($1::bigint[]) and inviter_id is not null limit 1"
_INVITED = "select member_id from member where inviter_id = any($1::bigint[]) order by member_id desc limit $2"
_COUNT_INVITED = """
    select count(*) from member
    where inviter_id = any($1::bigint[]) and merged_into is null and status <> 'erased'
"""
_FAMILY = """
    select other_id, role, false as is_inverse from member_family where member_id = any($1::bigint[])
    union all
    select member_id, role, true from member_family where other_id = any($1::bigint[])
"""
_SHOWN = """
    select m.member_id, coalesce(m.merged_into, m.member_id) as root from member m
    join member r on r.member_id = coalesce(m.merged_into, m.member_id)
    where m.member_id = any($1::bigint[]) and r.status <> 'erased'
"""
_MANAGER = "select manager_id from member where member_id = $1"


@dataclass(frozen=True, kw_only=True)
class Relative:
    """Somebody of the family, and what they are to the member."""

    member: MemberName
    role: Role


@dataclass(frozen=True, kw_only=True)
class Relations:
    """Who belongs to a member. `invited_count` counts all; `invited` are the latest."""

    inviter: MemberName | None
    invited: list[MemberName]
    invited_count: int
    family: list[Relative]
    manager: organization.Employee | None


async def get_relations(session: Session, member_id: int, sight: Sight) -> Relations:
    """Everybody who belongs to a member, as far as the caller sees them."""
    driver = await raw(session)
    own = await aliases(session, member_id)
    inviter_id = await driver.fetchval(_INVITER, own)
    invited = [row["member_id"] for row in await driver.fetch(_INVITED, own, MOST_INVITED)]
    family = await driver.fetch(_FAMILY, own)
    wanted = [*invited, *(row["other_id"] for row in family), *([inviter_id] if inviter_id else [])]
    shown = {row["member_id"]: row["root"] for row in await driver.fetch(_SHOWN, wanted)}
    seen = await seen_among(session, sorted(set(shown.values())), sight)
    people = await names(session, sorted(seen - {member_id}), sight)
    manager_id = await driver.fetchval(_MANAGER, member_id)
    return Relations(
        inviter=people.get(shown.get(inviter_id, 0)),
        invited=[people[root] for root in dict.fromkeys(shown.get(one, 0) for one in invited) if root in people],
        invited_count=await driver.fetchval(_COUNT_INVITED, own),
        family=[
            Relative(member=people[root], role=inverse(row["role"]) if row["is_inverse"] else row["role"])
            for row in family
            if (root := shown.get(row["other_id"], 0)) in people
        ],
        manager=(await organization.get_employees(session, [manager_id])).get(manager_id) if manager_id else None,
    )
