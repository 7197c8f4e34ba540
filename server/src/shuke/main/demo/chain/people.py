"""The members of the chain: which kind each is, since when, of which store, and who looks after them there."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..truth import (
    EMPLOYEES_A_STORE,
    JOINED_EARLIER_WITHIN_DAYS,
    MORE_JOIN_EACH_MONTH,
    SEED,
    STORES,
    THERE_AT_FIRST,
    TYPES,
    MemberType,
)
from .days import DAYS, MONTH, demand_of
from .dice import Dice, running

# Customer numbers begin here, so that all have the same length.
FIRST_NUMBER = 100_001
_KINDS = running([kind.share for kind in TYPES])
_SIZES = running([store.size for store in STORES])
_JOINING = running(
    [weight * (1 + MORE_JOIN_EACH_MONTH) ** (day // MONTH) for day, weight in enumerate(demand_of(None).weights)]
)


@dataclass(frozen=True, slots=True)
class Person:
    """A member. `joined`: the number of the day, below zero before the history; `store` and `employee` are places."""

    customer: int
    kind: MemberType
    joined: int
    store: int
    employee: int


def people(count: int, seed: int = SEED) -> Iterator[Person]:
    """The first so many members; the same ones however many are asked for."""
    for place in range(count):
        dice = Dice(seed, FIRST_NUMBER + place)
        kind = TYPES[dice.pick(_KINDS)]
        is_there = dice.chance(THERE_AT_FIRST)
        joined = -1 - dice.below(JOINED_EARLIER_WITHIN_DAYS) if is_there else dice.pick(_JOINING)
        yield Person(
            customer=FIRST_NUMBER + place,
            kind=kind,
            joined=min(joined, DAYS - 1),
            store=dice.pick(_SIZES),
            employee=dice.below(EMPLOYEES_A_STORE),
        )


def any_store(dice: Dice) -> int:
    """A store, by size."""
    return dice.pick(_SIZES)
