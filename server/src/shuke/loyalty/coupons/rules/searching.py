"""The best legal combination of coupons, exactly, by branch and bound.

Coupons are added in the order in which they are taken off. What a coupon takes off now is never less than what it takes
off after others: prices only fall, and so do what a threshold counts, a share of it, and the room above the floor. (A
discount by the piece rounds line by line, so it may still grow by a unit or two for each line; the bound allows for
that.) So what is taken off so far, and the largest of what the others would take off now, as many as may still be
added, is never less than what can be reached from here. Where that is not better than the best that was found, nobody
looks further.

Where very many coupons go together and share their lines, even that may be too much. After MOST_STEPS looks at a
coupon the search ends with the best that it has found, and says so.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest

from .arranging import Candidate, Table

MOST_STEPS = 2_000
_Order = tuple[datetime, int, int]
_Key = tuple[int, int, list[_Order]]


@dataclass(frozen=True, slots=True)
class Node:
    """Coupons used, what they take off, and what is left. `shares`: for each coupon, by its own places.

    `mask`: the groups that may still join. `group`, `run`: the group of the last coupon, and how many of it there are.
    """

    used: tuple[int, ...]
    shares: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    room: int
    total: int
    mask: int
    group: int = -1
    run: int = 0


@dataclass(frozen=True, slots=True)
class _Option:
    """A coupon that may be added to a node: what it takes off now, and the most that it takes off later."""

    place: int
    group: int
    claims: Sequence[int]
    gain: int
    hope: int


@dataclass(frozen=True, slots=True)
class _Branch:
    """A coupon added to a node. `bound`: the most that can be reached from there; `tops`: what others hope for."""

    bound: int
    option: _Option
    tops: Sequence[int]


@dataclass
class _Search:
    candidates: Sequence[Candidate]
    table: Table
    best: Node
    most_steps: int
    steps: int = 0
    is_over: bool = False
    best_key: _Key = field(init=False)
    orders: list[_Order] = field(init=False)

    def __post_init__(self) -> None:
        self.best_key = -self.best.total, 0, []
        self.orders = [one.fitted.order for one in self.candidates]

    def look(self, node: Node, open_places: Sequence[int]) -> None:
        """Everything that the coupons at `open_places` can be added up to."""
        options = self._options(node, open_places)
        for option in options:
            if option.gain and node.total + option.gain >= self.best.total:
                self._judge(node, option)
        if len(node.used) + 1 >= self.table.most:
            return
        branches = self._branches(node, options)
        # Hopes come true in part: where the search may be ended, what is sure already counts for a little more.
        branches.sort(key=lambda one: (-4 * one.bound - one.option.gain, one.option.place))
        for branch in branches:
            if self.is_over:
                return
            if self._is_promising(node, branch, options):
                place = branch.option.place
                self.look(self._grown(node, branch.option), [one.place for one in options if one.place > place])

    def _options(self, node: Node, open_places: Sequence[int]) -> list[_Option]:
        """Those of the places that may still be added, now or later."""
        options = []
        for place in open_places:
            candidate = self.candidates[place]
            if not may_join(node, candidate.group, self.table):
                continue
            self.steps += 1
            claims, gain = self.table.claim(candidate.fitted, node.left, node.room)
            hope = gain
            if claims and candidate.fitted.discount.is_by_piece and not self.table.is_before:
                hope += 2 * len(claims)
            if hope:
                is_next = candidate.twin < 0 or candidate.twin in node.used
                options.append(_Option(place, candidate.group, claims, gain if is_next else 0, hope))
        self.is_over = self.is_over or self.steps >= self.most_steps
        return options

    def _branches(self, node: Node, options: Sequence[_Option]) -> list[_Branch]:
        """Each option that can be added now, with what may be added behind it."""
        most = self.table.most - len(node.used) - 1
        behind: dict[int, list[int]] = {}
        branches = []
        for option in reversed(options):
            if option.gain:
                mask = node.mask & self.table.mates[option.group]
                tops: list[int] = []
                for group, hopes in behind.items():
                    if mask >> group & 1:
                        tops += hopes[: self._free(node, option.group, group)]
                tops.sort()
                left = node.room - option.gain
                bound = node.total + option.gain + min(left, -sum(tops[:most]))
                branches.append(_Branch(bound, option, tops))
            insort(behind.setdefault(option.group, []), -option.hope)
        return branches

    def _free(self, node: Node, added: int, group: int) -> int:
        """How many of a group may follow after one of the group `added`."""
        most = self.table.most_of(group)
        if group != added:
            return most
        return max(0, most - 1 - (node.run if node.group == group else 0))

    def _judge(self, node: Node, option: _Option) -> None:
        used = (*node.used, option.place)
        key = -node.total - option.gain, len(used), sorted(self.orders[place] for place in used)
        if key < self.best_key:
            self.best, self.best_key = self._grown(node, option), key

    def _grown(self, node: Node, option: _Option) -> Node:
        candidate = self.candidates[option.place]
        return add(candidate, option.place, candidate.fitted.shares(option.claims, option.gain), node, self.table)

    def _is_promising(self, node: Node, branch: _Branch, options: Sequence[_Option]) -> bool:
        """Whether something better than the best may lie behind: more; as much with fewer coupons; or as much with as
        many, of which the first are over sooner.
        """
        if branch.bound != self.best.total:
            return branch.bound > self.best.total
        more = len(self.best.used) - len(node.used) - 1
        reached, missing = node.total + branch.option.gain, self.best.total
        if more <= 0 or reached - sum(branch.tops[:more]) < missing:
            return False
        if reached - sum(branch.tops[: more - 1]) >= missing:
            return True
        place = branch.option.place
        first = nsmallest(more, (self.orders[one.place] for one in options if one.place > place))
        return sorted([*(self.orders[one] for one in (*node.used, place)), *first]) < self.best_key[2]


def search(candidates: Sequence[Candidate], table: Table, most_steps: int) -> tuple[Node, bool]:
    """The best node, and whether it is certain that there is none better.

    Best is what takes off most; of equals the fewest coupons; then those that are over first; then the oldest.
    """
    found = _Search(candidates, table, start(table), most_steps)
    found.look(found.best, range(len(candidates)))
    return found.best, not found.is_over


def start(table: Table) -> Node:
    """No coupon used."""
    return Node((), (), table.desk.prices, table.room_minor, 0, (1 << len(table.groups)) - 1)


def add(candidate: Candidate, place: int, shares: tuple[int, ...], node: Node, table: Table) -> Node:
    """A node with one more coupon."""
    left = list(node.left)
    for here, share in zip(candidate.fitted.places, shares, strict=True):
        left[here] -= share
    gain = sum(shares)
    return Node(
        used=(*node.used, place),
        shares=(*node.shares, shares),
        left=tuple(left),
        room=node.room - gain,
        total=node.total + gain,
        mask=node.mask & table.mates[candidate.group],
        group=candidate.group,
        run=node.run + 1 if node.group == candidate.group else 1,
    )


def may_join(node: Node, group: int, table: Table) -> bool:
    """Whether the groups of a node let one more of a group in, which is not before its last."""
    return bool(node.mask >> group & 1) and (group != node.group or node.run < table.most_of(group))
