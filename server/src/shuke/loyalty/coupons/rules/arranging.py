"""Usable coupons in the order in which they are taken off, and what their groups allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .fitting import Desk, Fitted
from .model import Unused
from .stacking import Group, Stacking

# Within a group: what changes single pieces first, then shares, then amounts, then postage.
_RANK = {
    "gift": 0,
    "fixed_price": 0,
    "nth_item": 0,
    "percent_off": 1,
    "amount_off": 2,
    "steps": 2,
    "free_shipping": 3,
}


@dataclass(frozen=True)
class Table:
    """How coupons go together on one cart: rules.stacking, by the number of a group.

    `mates`: for each group, the groups that it may be combined with, itself included, a bit each.
    """

    desk: Desk
    groups: tuple[Group, ...]
    mates: tuple[int, ...]
    is_before: bool
    most: int
    room_minor: int

    def claim(self, fitted: Fitted, left: Sequence[int], room: int) -> tuple[Sequence[int], int]:
        """What a coupon may take off each of its places, and how much altogether, cut to the room above the floor."""
        return fitted.claim(self.desk.prices if self.is_before else left, left, room)

    def alone(self, fitted: Fitted) -> int:
        """What a coupon takes off by itself."""
        return self.claim(fitted, self.desk.prices, self.room_minor)[1]

    def most_of(self, group: int) -> int:
        """How many coupons of a group go on one order."""
        found = self.groups[group]
        return found.most if found.mode == "stack" else 1


def set_table(desk: Desk, stacking: Stacking, categories: set[str]) -> Table:
    """Lay out the groups. Categories that the shop has not named come last, each a group of which the best goes."""
    unnamed = sorted(categories - {group.category for group in stacking.groups})
    groups = (*stacking.groups, *(Group(category=one, name_zh=one, name_en=one) for one in unnamed))
    places = {group.category: place for place, group in enumerate(groups)}
    mates = [(1 << len(groups)) - 1 if stacking.together else 1 << place for place in range(len(groups))]
    for one, other in stacking.never if stacking.together else stacking.always:
        if one not in places or other not in places or one == other:
            continue
        for here, there in ((places[one], places[other]), (places[other], places[one])):
            mates[here] = mates[here] & ~(1 << there) if stacking.together else mates[here] | 1 << there
    return Table(
        desk=desk,
        groups=groups,
        mates=tuple(mates),
        is_before=stacking.base == "before",
        most=stacking.most,
        room_minor=max(0, desk.payable_minor - stacking.floor_minor),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coupon that may become part of a combination. `twin`: the place of the one before it that promises the very
    same, or -1: of such coupons the first ones are used, and no others have to be tried.
    """

    fitted: Fitted
    group: int
    twin: int


def arrange(fitted: Sequence[Fitted], table: Table) -> tuple[list[Candidate], list[Unused]]:
    """Candidates in the order in which they are taken off, and those that their group does not let take part."""
    places = {group.category: place for place, group in enumerate(table.groups)}
    by_group: dict[int, list[Fitted]] = {}
    for one in fitted:
        by_group.setdefault(places[one.held.promise.terms.category], []).append(one)
    candidates: list[Candidate] = []
    left_out: list[Unused] = []
    for group in sorted(by_group):
        chosen, others = _let_in(by_group[group], table, group)
        left_out += [Unused(one.held, "group", _chosen_facts(chosen, table.groups[group])) for one in others]
        for one in sorted(chosen, key=_taken_off):
            candidates.append(Candidate(one, group, _twin(candidates, one, group)))
    return candidates, left_out


def _let_in(fitted: list[Fitted], table: Table, group: int) -> tuple[list[Fitted], list[Fitted]]:
    mode = table.groups[group].mode
    if mode in ("stack", "best_for_customer"):
        return fitted, []
    if mode == "order":
        first = min(fitted, key=lambda one: one.order)
    else:
        first = min(fitted, key=lambda one: (table.alone(one), one.order))
    return [first], [one for one in fitted if one is not first]


def _chosen_facts(chosen: Sequence[Fitted], group: Group) -> Mapping[str, object]:
    return {"category": group.category, "mode": group.mode, "with": chosen[0].held.code}


def _taken_off(one: Fitted) -> tuple[object, ...]:
    promise = one.held.promise
    return _RANK[promise.terms.discount.kind], promise.template_id, promise.version, one.order


def _twin(before: Sequence[Candidate], one: Fitted, group: int) -> int:
    if not before or before[-1].group != group:
        return -1
    last, promise = before[-1].fitted.held.promise, one.held.promise
    return len(before) - 1 if (last.template_id, last.version) == (promise.template_id, promise.version) else -1
