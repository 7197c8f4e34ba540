"""Members arrive: known by an identity, or new. Thousands at once, exact under concurrency."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sqlalchemy import select

from shuke.platform import clock, events, idempotency, keys
from shuke.platform.actor import EVERYTHING, Sight
from shuke.platform.db import Session, raw, take_ids
from shuke.platform.keys import Blind

from ..errors import IdentityTaken, IdentityTakenElsewhere, NoIdentity
from ..events import MemberIdentitiesCrossed
from ..queries.reading import IdentityKey, blind_key, owners
from ..queries.sight import seen_among
from ..rules import arrivals, profiles
from ..rules.identities import normalise
from ..rules.values import NewIdentity, NewMember, Profile
from ..tables import member
from .enrol import add_identities, enrol

# In one order everywhere: two batches that claim the same identities wait for each other and never cross.
_CLAIM = """
    insert into member_identity_owner (kind, source, blind, index_version, member_id)
    select kind, source, blind, index_version, member_id
    from unnest($1::text[], $2::text[], $3::bytea[], $4::smallint[], $5::bigint[])
        as w (kind, source, blind, index_version, member_id)
    order by kind, source, blind
    on conflict do nothing
    returning kind, source, blind
"""
_UNCLAIM = """
    delete from member_identity_owner o
    using unnest($1::text[], $2::text[], $3::bytea[]) as w (kind, source, blind)
    where o.kind = w.kind and o.source = w.source and o.blind = w.blind
"""


@dataclass(frozen=True)
class _Arrivals:
    """Candidates checked, with their identities in one spelling, and each identity by its key."""

    candidates: list[NewMember]
    keys: list[list[IdentityKey]]
    identities: dict[IdentityKey, NewIdentity]


@dataclass(frozen=True)
class Arrived:
    """The member of each candidate, the ids among them that are new, and the identities that each member gained."""

    ids: list[int]
    new: Set[int]
    gained: Mapping[int, Sequence[IdentityKey]]


async def resolve_or_create(session: Session, candidates: Sequence[NewMember]) -> list[int]:
    """The member id of each candidate: the one that an identity names, or a new member's.

    The first known identity counts; unknown ones are added to that member, those of somebody else stay there.
    Candidates of one call that share an identity are one member. New ids ascend in the order given.
    Raises NoIdentity, BadPhone, BadEmail, BadIdentity or BadProfile before anything is written.
    """
    return (await arrive(session, candidates)).ids


async def arrive(session: Session, candidates: Sequence[NewMember]) -> Arrived:
    """As `resolve_or_create`, for callers that must know what came of it."""
    return await _arrive(session, _read(candidates))


async def sign_up(session: Session, candidate: NewMember, sight: Sight = EVERYTHING) -> int:
    """A new member's id.

    Raises IdentityTaken when an identity belongs to a member, IdentityTakenElsewhere when it is one out of sight, and
    as resolve_or_create.
    """
    read = _read([candidate])
    known = await owners(session, read.identities, hold=True)
    if not known:
        arrived = await _arrive(session, read)
        if arrived.new:
            return arrived.ids[0]
        known = dict.fromkeys(read.identities, arrived.ids[0])
    seen = await seen_among(session, list(known.values()), sight)
    if not seen:
        raise IdentityTakenElsewhere
    numbers = await session.execute(select(member.c.number).where(member.c.member_id == min(seen)))
    raise IdentityTaken(number=numbers.scalar_one())


def _read(candidates: Sequence[NewMember]) -> _Arrivals:
    read = _Arrivals([], [], {})
    index = keys.ring().index
    for candidate in candidates:
        if not candidate.identities:
            raise NoIdentity
        mine = []
        for identity in candidate.identities:
            source, value = normalise(identity.kind, identity.source, identity.value)
            key = blind_key(identity.kind, source, value, index)
            read.identities.setdefault(key, replace(identity, source=source, value=value))
            mine.append(key)
        read.keys.append(mine)
        read.candidates.append(replace(candidate, profile=profiles.checked(candidate.profile or Profile())))
    return read


async def _arrive(session: Session, read: _Arrivals) -> Arrived:
    known = await owners(session, read.identities, hold=True)
    new_ids: list[int] = []
    while True:
        decided = arrivals.plan(read.keys, known)
        if len(new_ids) < len(decided.opened_by):
            new_ids += await take_ids(session, "member_member_id_seq", len(decided.opened_by) - len(new_ids))
        claims = {key: _settled(owner, new_ids) for key, owner in decided.claims.items()}
        lost = await claim(session, claims)
        if not lost:
            break
        # Somebody else was faster with some of them; whose they are now may decide differently, so decide again.
        known |= await owners(session, lost, hold=True)
    gains: dict[int, list[tuple[NewIdentity, Blind]]] = defaultdict(list)
    for key, owner in claims.items():
        gains[owner].append((read.identities[key], key[2]))
    idempotency.concerns(_settled(one, new_ids) for one in decided.members)
    openers = {new_ids[place]: read.candidates[opener] for place, opener in enumerate(decided.opened_by)}
    await enrol(session, {one: (opener, gains[one]) for one, opener in openers.items()})
    await add_identities(session, {one: gained for one, gained in gains.items() if one not in openers})
    await _announce_crossings(session, read, known, decided.members)
    return Arrived(
        ids=[_settled(one, new_ids) for one in decided.members],
        new=openers.keys(),
        gained={
            owner: [(identity.kind, identity.source, blind) for identity, blind in gained]
            for owner, gained in gains.items()
        },
    )


async def _announce_crossings(
    session: Session, read: _Arrivals, known: Mapping[IdentityKey, int], decided: Sequence[int]
) -> None:
    """Say where one arrival was known as several members: somebody has to decide whether they are one person."""
    crossings = arrivals.crossings(read.keys, known, decided)
    if crossings:
        now = clock.now()
        await events.publish(
            session,
            [
                MemberIdentitiesCrossed(member_id=one, occurred_at=now, other_id=other)
                for one, other in sorted(crossings)
            ],
        )


def _settled(owner: int, new_ids: Sequence[int]) -> int:
    return owner if owner >= 0 else new_ids[-1 - owner]


async def claim(session: Session, claims: Mapping[IdentityKey, int]) -> Set[IdentityKey]:
    """Make the identities theirs; answered are those that somebody else has by now, and then nothing was claimed.

    While two index keys are live an identity is claimed by both: whoever knows only one of them is met there.
    """
    if not claims:
        return set()
    wanted = [
        (kind, source, known, version, owner)
        for (kind, source, blind), owner in claims.items()
        for version, known in blind.by_version
    ]
    driver = await raw(session)
    rows = await driver.fetch(_CLAIM, *map(list, zip(*wanted, strict=True)))
    made = {(row["kind"], row["source"], row["blind"]) for row in rows}
    lost = {key for key in claims if any((key[0], key[1], known) not in made for _, known in key[2].by_version)}
    if lost and made:
        await driver.execute(_UNCLAIM, *map(list, zip(*sorted(made), strict=True)))
    return lost
