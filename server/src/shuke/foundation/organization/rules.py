"""Pure decisions about the organization's tree and its people."""

from collections.abc import Iterable, Mapping
from datetime import date

DEEPEST = 6


def may_lie_in(region_id: int | None, parent_id: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether a region (None: a new one) may lie in another, given everybody's parent as it is now.

    False when it would lie inside itself, or when the tree would become deeper than DEEPEST.
    """
    above = 0
    here = parent_id
    while here is not None:
        above += 1
        if here == region_id or above >= DEEPEST:
            return False
        here = parents.get(here)
    return above + height(region_id, parents) <= DEEPEST


def height(region_id: int | None, parents: Mapping[int, int | None]) -> int:
    """How many levels a region and what lies in it take; 1 for a region without any in it."""
    if region_id is None:
        return 1
    below = [child for child, parent in parents.items() if parent == region_id]
    return 1 + max((height(child, parents) for child in below), default=0)


def within(region_ids: Iterable[int], parents: Mapping[int, int | None]) -> set[int]:
    """These regions and all that lie in them."""
    found = set(region_ids)
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        below = {child for child, parent in parents.items() if parent == here} - found
        found |= below
        waiting += below
    return found


def days_agree(joined_on: date | None, left_on: date | None) -> bool:
    """Whether somebody joined before they left, as far as the days are known."""
    return joined_on is None or left_on is None or joined_on <= left_on
