"""Members arrive: known by an identity, or new. Thousands at once, exact under concurrency."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sqlalchemy import select

from shuke.platform.db import Session, raw, take_ids

from ..errors import IdentityTaken, NoIdentity
from ..queries.reading import blind_key, owners
from ..rules import arrivals, profiles
from ..rules.arrivals import IdentityKey
from ..rules.identities import normalise
from ..rules.values import NewIdentity, NewMember, Profile
from ..tables import member
from .enrol import add_identities, enrol

# In one order everywhere: two batches that claim the same identities wait for each other and never cross.
_CLAIM = """
    insert into member_identity_owner (kind, source, blind, member_id)
    select kind, source, blind, member_id
    from unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[]) as w (kind, source, blind, member_id)
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


async def sign_up(session: Session, candidate: NewMember) -> int:
    """A new member's id. Raises IdentityTaken when an identity belongs to a member, and as resolve_or_create."""
    read = _read([candidate])
    known = await owners(session, read.identities, hold=True)
    if not known:
        arrived = await _arrive(session, read)
        if arrived.new:
            return arrived.ids[0]
        known = dict.fromkeys(read.identities, arrived.ids[0])
    numbers = await session.execute(select(member.c.number).where(member.c.member_id == min(known.values())))
    raise IdentityTaken(number=numbers.scalar_one())


def _read(candidates: Sequence[NewMember]) -> _Arrivals:
    read = _Arrivals([], [], {})
    for candidate in candidates:
        if not candidate.identities:
            raise NoIdentity
        keys = []
        for identity in candidate.identities:
            source, value = normalise(identity.kind, identity.source, identity.value)
            key = blind_key(identity.kind, source, value)
            read.identities.setdefault(key, replace(identity, source=source, value=value))
            keys.append(key)
        read.keys.append(keys)
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
        await _unclaim(session, claims.keys() - lost)
        known |= await owners(session, lost, hold=True)
    gains: dict[int, list[tuple[NewIdentity, bytes]]] = defaultdict(list)
    for key, owner in claims.items():
        gains[owner].append((read.identities[key], key[2]))
    openers = {new_ids[place]: read.candidates[opener] for place, opener in enumerate(decided.opened_by)}
    await enrol(session, {one: (opener, gains[one]) for one, opener in openers.items()})
    await add_identities(session, {one: gained for one, gained in gains.items() if one not in openers})
    return Arrived(
        ids=[_settled(one, new_ids) for one in decided.members],
        new=openers.keys(),
        gained={
            owner: [(identity.kind, identity.source, blind) for identity, blind in gained]
            for owner, gained in gains.items()
        },
    )


def _settled(owner: int, new_ids: Sequence[int]) -> int:
    return owner if owner >= 0 else new_ids[-1 - owner]


async def claim(session: Session, claims: Mapping[IdentityKey, int]) -> Set[IdentityKey]:
    """Make the identities theirs; the ones that somebody else has by now are answered."""
    if not claims:
        return set()
    driver = await raw(session)
    rows = await driver.fetch(_CLAIM, *_columns(list(claims)), list(claims.values()))
    return claims.keys() - {(row["kind"], row["source"], row["blind"]) for row in rows}


async def _unclaim(session: Session, claimed: Set[IdentityKey]) -> None:
    driver = await raw(session)
    await driver.execute(_UNCLAIM, *_columns(sorted(claimed)))


def _columns(claimed: Sequence[IdentityKey]) -> tuple[list[str], list[str], list[bytes]]:
    return [key[0] for key in claimed], [key[1] for key in claimed], [key[2] for key in claimed]
