"""Small builders of members for tests."""

from collections.abc import Sequence

from shuke.platform.db import Session

from .actions import resolve_or_create
from .rules.values import NewIdentity, NewMember, Profile


def phone(number: str = "15400000001") -> NewIdentity:
    """A phone identity; 154 is a range that the Chinese numbering plan leaves unallocated."""
    return NewIdentity(kind="phone", value=number)


def external(number: str, source: str = "till") -> NewIdentity:
    """A number that another system knows a member by."""
    return NewIdentity(kind="external", source=source, value=number)


def person(name: str | None = None, *identities: NewIdentity) -> NewMember:
    """Somebody with a name and identities (a phone when none is given)."""
    return NewMember(identities=identities or (phone(),), profile=Profile(name=name))


async def enrolled(session: Session, people: Sequence[NewMember]) -> list[int]:
    """Members in the database; their ids."""
    return await resolve_or_create(session, people)
