"""Who is who among arrivals: decided in the order given, as if one came after the other."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

# What an identity is known by; rules only compare it.
Key = TypeVar("Key", bound=Hashable)


@dataclass
class Plan(Generic[Key]):
    """Who each arrival is. Members that exist go by id; new ones by place in `opened_by`, written as `-1 - place`.

    `opened_by` names the arrival that opens each new member; `claims` says whose each identity becomes that was
    nobody's before.
    """

    members: list[int] = field(default_factory=list)
    opened_by: list[int] = field(default_factory=list)
    claims: dict[Key, int] = field(default_factory=dict)

    def identities_of(self, member: int) -> list[Key]:
        """The identities that a member (or new member) gains."""
        return [key for key, owner in self.claims.items() if owner == member]


def crossings(
    arrivals: Sequence[Sequence[Key]], owners: Mapping[Key, int], members: Sequence[int]
) -> set[tuple[int, int]]:
    """The pairs (member of an arrival, another member) where identities of one arrival belong to both."""
    return {
        (member, other)
        for keys, member in zip(arrivals, members, strict=True)
        for key in keys
        if (other := owners.get(key, member)) != member
    }


def plan(arrivals: Sequence[Sequence[Key]], owners: Mapping[Key, int]) -> Plan[Key]:
    """Decide for each arrival whether it is somebody known or somebody new.

    The first identity with an owner decides. Identities of nobody become theirs; one that belongs to somebody else
    stays where it is: bringing two members together is a decision of its own, never a side effect.
    """
    decided = Plan[Key]()
    for place, keys in enumerate(arrivals):
        owner = next((found for key in keys if (found := owners.get(key, decided.claims.get(key))) is not None), None)
        if owner is None:
            decided.opened_by.append(place)
            owner = -len(decided.opened_by)
        decided.members.append(owner)
        for key in keys:
            if key not in owners and key not in decided.claims:
                decided.claims[key] = owner
    return decided
