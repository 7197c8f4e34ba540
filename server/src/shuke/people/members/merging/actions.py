"""Merging two members and undoing it: an alias, and what every module has to move, in one transaction."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from shuke.platform import audit, clock, crypto, events, module
from shuke.platform.actor import Actor
from shuke.platform.db import Session, dump_json, raw, take_ids

from ..actions.enrol import replace_words, words_of
from ..errors import MemberNotFound
from ..events import MemberMerged, MemberParted
from ..extensions import MergePart, Merging
from ..queries.vault import OpenMember, open_members
from ..rules import contexts, profiles
from ..rules.values import Profile
from ..tables import member, member_merge
from .errors import CannotMerge, MergedOnward, MergeNotFound, MergeUndone, SamePerson, TooManyPeople
from .model import MergeWanted, combined, restored

# Nobody is fifty people; whoever seems to be is a till that sends one number for everybody.
MOST_PEOPLE = 50
MOST_IDENTITIES = 10

_PEOPLE = """
    select member_id, number, status, merged_into from member
    where member_id = any($1::bigint[]) or merged_into = any($1::bigint[])
    order by member_id
"""
_LOCK = _PEOPLE + " for update"
# Where one of them lacks a place of their own, the other's counts; a person joined when the first of them did.
_JOIN_SUMMARIES = """
    update member_summary kept
    set joined_at = least(kept.joined_at, gone.joined_at), store_id = coalesce(kept.store_id, gone.store_id),
        employee_id = coalesce(kept.employee_id, gone.employee_id)
    from member_summary gone
    where kept.member_id = $1 and gone.member_id = $2
"""
_HIDE = "update member_summary set status = 'merged' where member_id = $1"
_PART_SUMMARIES = """
    update member_summary kept
    set joined_at = ($2::jsonb ->> 'joined_at')::timestamptz,
        store_id = case when ($2::jsonb ->> 'store_id') is null and kept.store_id is not distinct from $3
            then null else kept.store_id end,
        employee_id = case when ($2::jsonb ->> 'employee_id') is null and kept.employee_id is not distinct from $4
            then null else kept.employee_id end
    where kept.member_id = $1
"""
_SHOW = """
    update member_summary summary set status = member.status
    from member where member.member_id = summary.member_id and summary.member_id = $1
    returning summary.store_id, summary.employee_id
"""


async def merge(session: Session, actor: Actor, wanted: MergeWanted) -> int:
    """Make two members one person; the id of the merge. Everything stays with whom it was, and is read as one.

    Raises MemberNotFound, SamePerson, CannotMerge, TooManyPeople, and what the modules refuse.
    """
    absorbed, survivor = await require_mergeable(session, wanted, statement=_LOCK)
    (merge_id,) = await take_ids(session, "member_merge_merge_id_seq", 1)
    merging = Merging(
        merge_id=merge_id,
        absorbed_id=wanted.absorbed_id,
        survivor_id=wanted.survivor_id,
        at=clock.now(),
        actor=actor.name,
        reason=wanted.reason,
    )
    after = combined(absorbed.profile, survivor.profile, wanted.choices)
    await _write_merge(session, merging, wanted, survivor, after)
    await _join(session, merging)
    await _rewrite(session, wanted.survivor_id, after)
    for part in module.contributions(MergePart):
        await part.merge(session, merging)
    await events.publish(
        session,
        [
            MemberMerged(
                member_id=wanted.survivor_id,
                occurred_at=merging.at,
                absorbed_id=wanted.absorbed_id,
                merge_id=merge_id,
                policy=wanted.policy,
            )
        ],
    )
    details = {"absorbed_id": wanted.absorbed_id, "merge_id": merge_id, "policy": wanted.policy}
    survivor_id = wanted.survivor_id
    await audit.record(session, actor, "members.merged", "members", survivor_id, details, member_id=survivor_id)
    return merge_id


async def undo_merge(session: Session, actor: Actor, merge_id: int, reason: str) -> None:
    """Make them two again; both are as they were, but for what happened since.

    Raises MergeNotFound, MergeUndone, MergedOnward, and what the modules refuse.
    """
    known = await _lock_merge(session, merge_id)
    survivor = (await open_members(session, [known.survivor_id]))[known.survivor_id]
    before, after = (
        _opened(survivor, sealed, merge_id, side)
        for sealed, side in ((known.profile_before, "before"), (known.profile_after, "after"))
    )
    merging = Merging(
        merge_id=merge_id,
        absorbed_id=known.absorbed_id,
        survivor_id=known.survivor_id,
        at=clock.now(),
        actor=actor.name,
        reason=reason,
    )
    await _part(session, merging, known)
    await _rewrite(session, known.survivor_id, restored(survivor.profile, before, after))
    for part in reversed(module.contributions(MergePart)):
        await part.undo(session, merging)
    # What was kept for the undo has served: it would only outlive somebody's erasure.
    kept = {"profile_before": None, "profile_after": None}
    values = {"undone_at": merging.at, "undone_by": actor.name, "undone_because": reason, **kept}
    await session.execute(member_merge.update().where(member_merge.c.merge_id == merge_id).values(values))
    await events.publish(
        session,
        [
            MemberParted(
                member_id=known.survivor_id,
                occurred_at=merging.at,
                absorbed_id=known.absorbed_id,
                merge_id=merge_id,
            )
        ],
    )
    details = {"absorbed_id": known.absorbed_id, "merge_id": merge_id}
    survivor_id = known.survivor_id
    await audit.record(session, actor, "members.parted", "members", survivor_id, details, member_id=survivor_id)


async def require_mergeable(
    session: Session, wanted: MergeWanted, *, statement: str = _PEOPLE
) -> tuple[OpenMember, OpenMember]:
    """The absorbed member and the survivor, opened; nobody is locked by looking.

    Raises MemberNotFound, SamePerson, CannotMerge and TooManyPeople.
    """
    if wanted.absorbed_id == wanted.survivor_id:
        raise SamePerson
    ids = [wanted.absorbed_id, wanted.survivor_id]
    driver = await raw(session)
    rows = {row["member_id"]: row for row in await driver.fetch(statement, ids)}
    for member_id in ids:
        if member_id not in rows or rows[member_id]["merged_into"] is not None:
            raise MemberNotFound
        if rows[member_id]["status"] != "active":
            raise CannotMerge(number=rows[member_id]["number"])
    if len(rows) > MOST_PEOPLE:
        raise TooManyPeople(count=len(rows), what="会员 / members", limit=MOST_PEOPLE)
    opened = await open_members(session, ids)
    kinds = Counter(identity.kind for one in opened.values() for identity in one.identities)
    for kind, count in sorted(kinds.items()):
        if kind in ("phone", "email") and count > MOST_IDENTITIES:
            raise TooManyPeople(count=count, what=kind, limit=MOST_IDENTITIES)
    return opened[wanted.absorbed_id], opened[wanted.survivor_id]


async def _write_merge(
    session: Session, merging: Merging, wanted: MergeWanted, survivor: OpenMember, after: Profile
) -> None:
    merge_id, survivor_id = merging.merge_id, merging.survivor_id
    sealed_before, sealed_after = crypto.seal_many(
        survivor.sealing_key,
        [
            (profiles.write(survivor.profile), contexts.merge(survivor_id, merge_id, "before")),
            (profiles.write(after), contexts.merge(survivor_id, merge_id, "after")),
        ],
    )
    driver = await raw(session)
    await driver.execute(
        """
        insert into member_merge (merge_id, absorbed_id, survivor_id, merged_at, actor, policy, reason, followers,
            profile_before, profile_after, facts_before)
        overriding system value
        select $1, $2, $3, $4, $5, $6, $7, array(select member_id from member where merged_into = $2), $8, $9,
            jsonb_build_object('joined_at', joined_at, 'store_id', store_id, 'employee_id', employee_id)
        from member_summary where member_id = $3
        """,
        *(merge_id, merging.absorbed_id, survivor_id, merging.at, merging.actor, wanted.policy, wanted.reason),
        *(sealed_before, sealed_after),
    )


async def _join(session: Session, merging: Merging) -> None:
    driver = await raw(session)
    await driver.execute(
        "update member set merged_into = $1, version = version + 1 where member_id = $2 or merged_into = $2",
        *(merging.survivor_id, merging.absorbed_id),
    )
    await driver.execute(_JOIN_SUMMARIES, merging.survivor_id, merging.absorbed_id)
    await driver.execute(_HIDE, merging.absorbed_id)


async def _lock_merge(session: Session, merge_id: int) -> Any:
    found = (
        await session.execute(select(member_merge).where(member_merge.c.merge_id == merge_id).with_for_update())
    ).one_or_none()
    if found is None:
        raise MergeNotFound
    if found.undone_at is not None:
        raise MergeUndone
    driver = await raw(session)
    rows = {row["member_id"]: row for row in await driver.fetch(_LOCK, [found.absorbed_id, found.survivor_id])}
    for row in rows.values():
        if row["status"] == "erased":
            # What both were is destroyed; there is nothing to come apart.
            raise CannotMerge(number=row["number"])
    onward = rows[found.absorbed_id]["merged_into"]
    if onward != found.survivor_id:
        into = await session.execute(select(member.c.number).where(member.c.member_id == onward))
        raise MergedOnward(number=into.scalar_one_or_none() or "")
    return found


async def _part(session: Session, merging: Merging, known: Any) -> None:
    driver = await raw(session)
    await driver.execute(
        """
        update member set merged_into = case when member_id = $1 then null else $1 end, version = version + 1
        where member_id = $1 or (member_id = any($2::bigint[]) and merged_into = $3)
        """,
        *(merging.absorbed_id, known.followers, merging.survivor_id),
    )
    (gone,) = await driver.fetch(_SHOW, merging.absorbed_id)
    await driver.execute(
        _PART_SUMMARIES, merging.survivor_id, dump_json(known.facts_before), gone["store_id"], gone["employee_id"]
    )


async def _rewrite(session: Session, member_id: int, profile: Profile) -> None:
    """Give a member a profile, and the words they are found by: their own, and those of whoever is them by now."""
    one = (await open_members(session, [member_id]))[member_id]
    values: dict[str, Any] = {"version": member.c.version + 1}
    if profile != one.profile:
        values["profile"] = crypto.seal(one.sealing_key, profiles.write(profile), contexts.profile(member_id))
    await session.execute(member.update().where(member.c.member_id == member_id).values(values))
    await replace_words(session, [(member_id, words_of(one, profile.name))])


def _opened(survivor: OpenMember, sealed: bytes, merge_id: int, side: str) -> Profile:
    context = contexts.merge(survivor.row.member_id, merge_id, side)
    return profiles.read(crypto.open_(survivor.sealing_key, sealed, context))
