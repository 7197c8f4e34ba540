"""What benefits do when two members become one: what both had stays, and no occasion comes twice."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName

from .actions import forget, read_members, revoke_many

_LABEL = LocalName("未使用的权益", "Unused benefits")
_OPEN = """
    select member_id, count(*) as count from benefit_entitlement
    where member_id = any($1::bigint[]) and state = 'open' group by member_id
"""
# What the absorbed member had, and had had as others: the survivor does not have it again.
_INHERIT = """
    insert into benefit_occasion (member_id, benefit_id, occasion, holder_id, merge_id)
    select $2::bigint, benefit_id, occasion, $1::bigint, $3::bigint from benefit_entitlement where member_id = $1
    union all
    select $2::bigint, benefit_id, occasion, holder_id, $3::bigint from benefit_occasion where member_id = $1
    on conflict do nothing
"""
# Of two for one occasion the used one stays; where none was used, the survivor's.
_TWICE = """
    with held as (
        select e.entitlement_id, e.benefit_id, e.occasion, e.state, e.used, e.member_id = $1 as is_own
        from benefit_entitlement e where e.member_id = $1
        union all
        select e.entitlement_id, e.benefit_id, e.occasion, e.state, e.used, false
        from benefit_occasion o
        join benefit_entitlement e
            on e.member_id = o.holder_id and e.benefit_id = o.benefit_id and e.occasion = o.occasion
        where o.member_id = $1
    )
    select entitlement_id from (
        select entitlement_id, state, used, row_number() over (
            partition by benefit_id, occasion
            order by (state = 'used') desc, used desc, (state = 'open') desc, is_own desc, entitlement_id
        ) as place
        from held
    ) ranked
    where place > 1 and state = 'open' and used = 0
"""
_DISINHERIT = "delete from benefit_occasion where merge_id = $1"
_REOPEN = """
    update benefit_entitlement
    set state = 'open', ended_at = null, ended_by = null, ended_because = null, merge_id = null
    where merge_id = $1 and state = 'revoked'
"""


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """How many each can use, and how many the survivor can use then at most."""
    del language
    rows = await (await raw(session)).fetch(_OPEN, [absorbed_id, survivor_id])
    counts = {row["member_id"]: row["count"] for row in rows}
    absorbed, survivor = counts.get(absorbed_id, 0), counts.get(survivor_id, 0)
    if not absorbed and not survivor:
        return []
    after = f"≤ {absorbed + survivor}"
    return [members.MergeLine(label=_LABEL, absorbed=str(absorbed), survivor=str(survivor), after=after)]


async def merge(session: Session, merging: members.Merging) -> None:
    """The survivor has had what the absorbed member had; what both could use for one occasion is usable once."""
    driver = await raw(session)
    await driver.execute(_INHERIT, merging.absorbed_id, merging.survivor_id, merging.merge_id)
    rows = await driver.fetch(_TWICE, merging.survivor_id)
    ids = [row["entitlement_id"] for row in rows]
    await revoke_many(session, ids, because="merged", actor=merging.actor, merge_id=merging.merge_id)
    await forget(session, [merging.absorbed_id])
    await read_members(session, [merging.survivor_id])


async def undo(session: Session, merging: members.Merging) -> None:
    """Each has had their own again."""
    driver = await raw(session)
    await driver.execute(_DISINHERIT, merging.merge_id)
    await driver.execute(_REOPEN, merging.merge_id)
    await read_members(session, [merging.absorbed_id, merging.survivor_id])


PART = members.MergePart(key="benefits", preview=preview, merge=merge, undo=undo)
