"""Reading members in clear, to compare them: in memory, and never further than this module."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform import keys
from shuke.platform.actor import Sight
from shuke.platform.db import Session

from .rules import blocks
from .rules.values import Contact, Person

_IN_CLEAR = Sight(
    fields={
        "name": "readable",
        "phone": "readable",
        "email": "readable",
        "birthday": "readable",
        "address": "readable",
        "identities": "readable",
    }
)


async def open_people(session: Session, member_ids: Sequence[int]) -> dict[int, Person]:
    """Those of these members who may be merged: active, and not merged into somebody else."""
    roots = await members.roots(session, member_ids)
    own = [member_id for member_id in member_ids if roots.get(member_id) == member_id]
    found = await members.get_members(session, own, _IN_CLEAR)
    return {one.id: _person(one) for one in found if one.status == "active"}


def keyed_blocks(person: Person) -> list[tuple[int, str, int]]:
    """The person's blocks as they are stored: (member, kind, keyed hash)."""
    token = keys.ring().token
    return sorted((person.member_id, kind, token(f"duplicate:{kind}", word)) for kind, word in blocks.blocks_of(person))


def keyed_print(person: Person) -> int:
    """The keyed hash of everything that is compared."""
    return keys.ring().token("duplicate:print", blocks.fingerprint(person))


def keyed_print_of_both(one: Person, other: Person, *, came_together: bool) -> int:
    """The keyed hash of a pair as it was compared."""
    parts = (blocks.fingerprint(one), blocks.fingerprint(other), str(int(came_together)))
    return keys.ring().token("duplicate:pair", "\n\n".join(parts))


def _person(one: members.Member) -> Person:
    return Person(
        member_id=one.id,
        joined_at=one.joined_at,
        store_id=one.store.id if one.store else None,
        name=one.name,
        birthday=one.birthday,
        gender=one.gender,
        address=one.address,
        contacts=tuple(
            Contact(
                kind=identity.kind,
                source=identity.source or "",
                value=identity.value,
                is_verified=identity.is_verified,
            )
            for identity in one.identities
        ),
    )
