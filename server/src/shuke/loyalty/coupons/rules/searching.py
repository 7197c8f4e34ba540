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

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .arranging import Candidate, Table

MOST_STEPS = 6_000
_Key = tuple[int, int, list[tuple[datetime, int, int]]]


@dataclass(frozen=True, slots=True)
class Node:
    """Coupons used, what they take off, and what is left. `shares`: for each coupon, by its own places."""

    used: tuple[int, ...]
    shares: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    room: int
    total: int
    mask: int


@dataclass(frozen=True, slots=True)
class _Option:
    """A coupon that may be added to a node: what it takes off now, and the most that it takes off later."""

    place: int
    group: int
    shares: tuple[int, ...]
    gain: int
    hope: int


@dataclass
class _Search:
    candidates: Sequence[Candidate]
    table: Table
    best: Node
    steps: int = 0
    is_over: bool = False
    best_key: _Key = field(init=False)

    def __post_init__(self) -> None:
        self.best_key = self._key(self.best)

    def look(self, node: Node, open_places: Sequence[int]) -> None:
        """Everything that the coupons at `open_places` can be added up to."""
        if len(node.used) >= self.table.most:
            return
        options = self._options(node, open_places)
        children = []
        for option in options:
            if option.gain:
                child = add(self.candidates[option.place], option.place, option.shares, node, self.table)
                self._judge(child)
                children.append((self._bound(child, options), option, child))
        children.sort(key=lambda one: (-one[0], one[1].place))
        for bound, option, child in children:
            if self.is_over:
                return
            if self._is_promising(child, bound, options):
                self.look(child, [one.place for one in options if one.place > option.place])

    def _options(self, node: Node, open_places: Sequence[int]) -> list[_Option]:
        """Those of the places that may still be added, now or later."""
        options = []
        used = set(node.used)
        for place in open_places:
            candidate = self.candidates[place]
            if not self._may_join(node, candidate.group):
                continue
            self.steps += 1
            shares = self.table.off(candidate.fitted, node.left, node.room)
            gain = sum(shares)
            is_by_piece = candidate.fitted.held.promise.terms.discount.is_by_piece
            hope = gain + (2 * len(shares) if is_by_piece and not self.table.is_before else 0)
            if hope:
                is_first = candidate.twin < 0 or candidate.twin in used
                options.append(_Option(place, candidate.group, tuple(shares), gain if is_first else 0, hope))
        self.is_over = self.is_over or self.steps >= MOST_STEPS
        return options

    def _may_join(self, node: Node, group: int) -> bool:
        return may_join(node, group, self.candidates, self.table)

    def _judge(self, node: Node) -> None:
        if node.total < self.best.total:
            return
        key = self._key(node)
        if key < self.best_key:
            self.best, self.best_key = node, key

    def _key(self, node: Node) -> _Key:
        return -node.total, len(node.used), sorted(self.candidates[place].fitted.order for place in node.used)

    def _bound(self, node: Node, options: Sequence[_Option], most: int | None = None) -> int:
        """The most that can be taken off with the node and options behind it, `most` coupons at most."""
        room_for = self.table.most - len(node.used) if most is None else most
        last = node.used[-1]
        hopes: dict[int, list[int]] = {}
        for option in options:
            if option.place > last and node.mask >> option.group & 1:
                hopes.setdefault(option.group, []).append(option.hope)
        tops = []
        for group, found in hopes.items():
            free = self.table.most_of(group) - _count(node, group, self.candidates)
            tops += sorted(found, reverse=True)[: max(0, free)]
        tops.sort(reverse=True)
        return node.total + min(node.room, sum(tops[: max(0, room_for)]))

    def _is_promising(self, node: Node, bound: int, options: Sequence[_Option]) -> bool:
        """Whether something better than the best may lie behind a node: more, or as much with as few coupons."""
        if bound != self.best.total:
            return bound > self.best.total
        fewer = len(self.best.used) - len(node.used)
        return fewer > 0 and self._bound(node, options, fewer) >= self.best.total


def search(candidates: Sequence[Candidate], table: Table) -> tuple[Node, bool]:
    """The best node, and whether it is certain that there is none better.

    Best is what takes off most; of equals the fewest coupons; then those that are over first; then the oldest.
    """
    found = _Search(candidates, table, start(table))
    found.look(found.best, range(len(candidates)))
    return found.best, not found.is_over


def start(table: Table) -> Node:
    """No coupon used."""
    return Node((), (), table.desk.prices, table.room_minor, 0, (1 << len(table.groups)) - 1)


def add(candidate: Candidate, place: int, shares: Sequence[int], node: Node, table: Table) -> Node:
    """A node with one more coupon."""
    left = list(node.left)
    for here, share in zip(candidate.fitted.places, shares, strict=True):
        left[here] -= share
    gain = sum(shares)
    return Node(
        used=(*node.used, place),
        shares=(*node.shares, tuple(shares)),
        left=tuple(left),
        room=node.room - gain,
        total=node.total + gain,
        mask=node.mask & table.mates[candidate.group],
    )


def may_join(node: Node, group: int, candidates: Sequence[Candidate], table: Table) -> bool:
    """Whether the groups of a node let one more of a group in."""
    return bool(node.mask >> group & 1) and _count(node, group, candidates) < table.most_of(group)


def _count(node: Node, group: int, candidates: Sequence[Candidate]) -> int:
    return sum(candidates[place].group == group for place in node.used)
