"""What changes the identities of a member."""

from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform import audit, clock, events
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw

from ..actions.arrive import claim
from ..actions.enrol import add_identities, replace_words, words_of
from ..errors import IdentityTaken, IdentityTakenElsewhere
from ..events import MemberIdentityRemoved, MemberIdentityVerified
from ..queries.reading import IdentityKey, blind_key, owners
from ..queries.sight import seen_among
from ..queries.vault import OpenIdentity, open_members
from ..rules.identities import normalise
from ..rules.values import NewIdentity
from ..tables import member, member_identity, member_identity_owner
from .errors import IdentityNotFound, LastIdentity

How = Literal["code", "staff", "channel"]


async def add_identity(
    session: Session, actor: Actor, member_id: int, wanted: NewIdentity, *, take_over: bool = False
) -> None:
    """Let a member be known by one more identity; one that is theirs already changes nothing.

    `take_over`: from whoever has it, unless they are known by nothing else: a phone number that was given to
    somebody new; never from somebody out of sight. Raises IdentityTaken, IdentityTakenElsewhere, LastIdentity,
    BadPhone, BadEmail and BadIdentity.
    """
    source, value = normalise(wanted.kind, wanted.source, wanted.value)
    key = blind_key(wanted.kind, source, value)
    owner = (await owners(session, [key], hold=True)).get(key)
    if owner == member_id:
        return
    if owner is not None and not await seen_among(session, [owner], actor.sight):
        raise IdentityTakenElsewhere
    if owner is not None and take_over:
        await _lock(session, sorted([owner, member_id]))
        await remove_identity(session, actor, owner, await _handle_of(session, owner, key), reason="taken over")
        owner = None
    if owner is None and not await claim(session, {key: member_id}):
        await add_identities(session, {member_id: [(replace(wanted, source=source, value=value), key[2])]})
        return
    taken_by = owner if owner is not None else (await owners(session, [key]))[key]
    if not await seen_among(session, [taken_by], actor.sight):
        raise IdentityTakenElsewhere
    raise IdentityTaken(number=await _number(session, taken_by))


async def verify_identity(session: Session, actor: Actor, member_id: int, handle: str, how: How) -> None:
    """Note that an identity was proved to be the member's. Raises IdentityNotFound."""
    found = await _find(session, member_id, handle)
    now = clock.now()
    values = {"is_verified": True, "verified_at": now, "verified_by": how}
    await session.execute(member_identity.update().where(*_row(found)).values(values))
    await events.publish(
        session,
        [MemberIdentityVerified(member_id=member_id, occurred_at=now, kind=found.kind, source=found.source, how=how)],
    )
    await audit.record(
        session, actor, "members.identity_verified", "members", member_id, {"kind": found.kind}, member_id=member_id
    )


async def remove_identity(session: Session, actor: Actor, member_id: int, handle: str, *, reason: str) -> None:
    """Let a member be known by an identity no more. Raises IdentityNotFound and LastIdentity."""
    await _lock(session, [member_id])
    found = await _find(session, member_id, handle)
    driver = await raw(session)
    left = await driver.fetchval(
        """
        select count(*) from member_identity
        where member_id in (select m.member_id from member m where m.member_id = $1 or m.merged_into = $1)
        """,
        member_id,
    )
    if left == 1:
        raise LastIdentity
    await session.execute(member_identity.delete().where(*_row(found)))
    owner = member_identity_owner.c
    known = [by_key for _, by_key in blind_key(found.kind, found.source, found.value)[2].by_version]
    mine = (owner.kind == found.kind, owner.source == found.source, owner.blind.in_(known))
    await session.execute(member_identity_owner.delete().where(*mine))
    one = (await open_members(session, [member_id]))[member_id]
    await replace_words(session, [(member_id, words_of(one, one.profile.name))])
    await events.publish(
        session,
        [MemberIdentityRemoved(member_id=member_id, occurred_at=clock.now(), kind=found.kind, source=found.source)],
    )
    details = {"kind": found.kind, "reason": reason}
    await audit.record(session, actor, "members.identity_removed", "members", member_id, details, member_id=member_id)


async def _find(session: Session, member_id: int, handle: str) -> OpenIdentity:
    one = (await open_members(session, [member_id])).get(member_id)
    found = next((item for item in one.identities if item.handle == handle), None) if one else None
    if found is None:
        raise IdentityNotFound
    return found


async def _handle_of(session: Session, member_id: int, key: IdentityKey) -> str:
    one = (await open_members(session, [member_id]))[member_id]
    kind, source, blind = key
    known = {by_key for _, by_key in blind.by_version}
    return next(
        item.handle for item in one.identities if (item.kind, item.source) == (kind, source) and item.blind in known
    )


async def _lock(session: Session, member_ids: list[int]) -> None:
    column = member.c.member_id
    await session.execute(select(column).where(column.in_(member_ids)).order_by(column).with_for_update(key_share=True))


async def _number(session: Session, member_id: int) -> str:
    number: str = (await session.execute(select(member.c.number).where(member.c.member_id == member_id))).scalar_one()
    return number


def _row(identity: OpenIdentity) -> tuple[Any, ...]:
    column = member_identity.c
    return (
        column.member_id == identity.member_id,
        column.kind == identity.kind,
        column.source == identity.source,
        column.blind == identity.blind,
    )
