"""Members who came by mistake, and to whom nothing has happened since, can go again without a trace."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select

from shuke.platform import clock, events
from shuke.platform.db import Session, metadata, raw
from shuke.platform.module import contributions

from ..events import MemberIdentityRemoved, MemberStatusChanged
from ..extensions import WorkedOut
from ..queries.vault import any_of, open_members
from ..tables import (
    member,
    member_identity,
    member_identity_owner,
    member_key,
    member_search,
    member_summary,
)
from .enrol import replace_words, words_of

# In the order in which they can go. Everything else that names a member keeps that member here.
_OWN = (member_summary, member_search, member_identity_owner, member_identity, member_key, member)
# The log tells what happened, also about those who are gone.
_LOG = "event"

_GIVE_BACK = """
    delete from {table} held
    using unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[]) as given (member_id, kind, source, blind)
    where held.member_id = given.member_id and held.kind = given.kind
        and held.source = given.source and held.blind = given.blind
"""
_GIVE_BACK_OWNED = _GIVE_BACK.replace("{table}", "member_identity_owner")
_GIVE_BACK_HELD = _GIVE_BACK.replace("{table}", "member_identity") + " returning held.member_id, held.kind, held.source"


async def remove_members(
    session: Session, untouched: Mapping[int, int], *, apart_from: Collection[str] = ()
) -> set[int]:
    """Remove members who are as they arrived, with so many identities each; the ids that are gone.

    Whoever was changed, frozen or merged since stays, and whoever any table names: apart from those named by the
    caller, which are the caller's own to clear.
    """
    ids = await _as_they_arrived(session, untouched)
    ids -= await _referred(session, ids, apart_from)
    gone = sorted(ids)
    for one in contributions(WorkedOut):
        for name in one.columns:
            await session.execute(delete(one.table).where(one.table.c[name] == any_of(gone)))
    for table in _OWN:
        await session.execute(delete(table).where(table.c.member_id == any_of(gone)))
    now = clock.now()
    await events.publish(
        session,
        [
            MemberStatusChanged(member_id=member_id, occurred_at=now, version=2, before="active", after="erased")
            for member_id in gone
        ],
    )
    return ids


async def give_back_identities(session: Session, gained: Sequence[tuple[int, str, str, bytes]]) -> int:
    """Take identities (member id, kind, source, blind index) from members again; how many they still had."""
    if not gained:
        return 0
    ids = sorted({item[0] for item in gained})
    await session.execute(
        select(member.c.member_id)
        .where(member.c.member_id == any_of(ids))
        .order_by(member.c.member_id)
        .with_for_update(key_share=True)
    )
    columns = [list(column) for column in zip(*gained, strict=True)]
    driver = await raw(session)
    await driver.execute(_GIVE_BACK_OWNED, *columns)
    rows = await driver.fetch(_GIVE_BACK_HELD, *columns)
    opened = await open_members(session, sorted({row["member_id"] for row in rows}))
    await replace_words(session, [(member_id, words_of(one, one.profile.name)) for member_id, one in opened.items()])
    now = clock.now()
    await events.publish(
        session,
        [
            MemberIdentityRemoved(member_id=row["member_id"], occurred_at=now, kind=row["kind"], source=row["source"])
            for row in rows
        ],
    )
    return len(rows)


async def _as_they_arrived(session: Session, wanted: Mapping[int, int]) -> set[int]:
    # The strongest lock: nothing that holds on to these members may be written before they are gone.
    rows = await session.execute(
        select(member.c.member_id, member.c.version, member.c.status, member.c.merged_into)
        .where(member.c.member_id == any_of(sorted(wanted)))
        .order_by(member.c.member_id)
        .with_for_update()
    )
    same = {row.member_id for row in rows if row.version == 1 and row.status == "active" and row.merged_into is None}
    held: dict[int, int] = dict.fromkeys(same, 0)
    found = await session.execute(
        select(member_identity.c.member_id).where(member_identity.c.member_id == any_of(sorted(same)))
    )
    for member_id in found.scalars():
        held[member_id] += 1
    return {member_id for member_id in same if held[member_id] == wanted[member_id]}


async def _referred(session: Session, member_ids: Collection[int], apart_from: Collection[str]) -> set[int]:
    """Those whom some table of the house names, in a column that is called `member_id` or refers to members."""
    worked_out = {one.table.name for one in contributions(WorkedOut)}
    left_out = {table.name for table in _OWN} | worked_out | {_LOG, member.name} | set(apart_from)
    wanted = sorted(member_ids)
    columns = [
        column
        for table in metadata.tables.values()
        if table.name not in left_out
        for column in table.columns
        if column.name == "member_id" or column.references(member.c.member_id)
    ]
    columns += [member.c.merged_into, member.c.inviter_id]
    found: set[int] = set()
    for column in columns:
        named = await session.execute(select(column).where(column == any_of(wanted)).distinct())
        found.update(named.scalars())
    return found
