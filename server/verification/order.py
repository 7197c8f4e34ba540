"""Looks for one order of all operations. A cycle means that there is none: not strictly serializable.

Every account orders its writes by version; a read stands behind the write whose version it saw and before the next;
and what ended before something else began comes first. The last kind would be a pair for every two operations; instead
the ends are chained as barriers, each behind its operation, and an operation stands behind the last before its start.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from verification.ledger_state import AccountKey

At = tuple[AccountKey, int]
_STARTS = 64


@dataclass(frozen=True, slots=True)
class Node:
    """An operation that took effect. Without an end it may have taken effect at any time after its start."""

    label: str
    invoked: int | None
    completed: int | None
    wrote: Sequence[At] = field(default_factory=tuple)
    saw: Sequence[At] = field(default_factory=tuple)


def find_cycle(nodes: Sequence[Node]) -> list[str]:
    """The sentences of a short cycle, or nothing where an order exists."""
    after = _edges(nodes)
    left = _what_no_order_places(after)
    if not left:
        return []
    cycle = [place for place in _short_cycle(after, left, len(nodes)) if place < len(nodes)]
    return [
        f"{nodes[one].label}, {_why(nodes[one], nodes[other])}"
        for one, other in zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    ]


def _edges(nodes: Sequence[Node]) -> list[list[int]]:
    writers = {at: place for place, node in enumerate(nodes) for at in node.wrote}
    after: list[list[int]] = [[] for _ in nodes]
    for (account, version), place in writers.items():
        following = writers.get((account, version + 1), place)
        if following != place:
            after[place].append(following)
    for place, node in enumerate(nodes):
        for account, version in node.saw:
            writer = writers.get((account, version), place)
            if writer != place:
                after[writer].append(place)
            following = writers.get((account, version + 1), place)
            if following != place:
                after[place].append(following)
    _add_real_time(nodes, after)
    return after


def _add_real_time(nodes: Sequence[Node], after: list[list[int]]) -> None:
    ends = sorted((node.completed, place) for place, node in enumerate(nodes) if node.completed is not None)
    times = [time for time, _ in ends]
    first = len(nodes)
    for number, (_, place) in enumerate(ends):
        after[place].append(first + number)
        after.append([first + number + 1] if number + 1 < len(ends) else [])
    for place, node in enumerate(nodes):
        if node.invoked is not None:
            behind = bisect_left(times, node.invoked) - 1
            if behind >= 0:
                after[first + behind].append(place)


def _what_no_order_places(after: Sequence[Sequence[int]]) -> set[int]:
    """Take away, again and again, what nothing precedes; what stays lies on cycles or behind them."""
    waiting = [0] * len(after)
    for following in after:
        for place in following:
            waiting[place] += 1
    free = [place for place, count in enumerate(waiting) if count == 0]
    placed = 0
    while free:
        place = free.pop()
        placed += 1
        for following_place in after[place]:
            waiting[following_place] -= 1
            if waiting[following_place] == 0:
                free.append(following_place)
    return set() if placed == len(after) else {place for place, count in enumerate(waiting) if count > 0}


def _short_cycle(after: Sequence[Sequence[int]], left: set[int], operations: int) -> list[int]:
    """The shortest cycle through any of the first few operations that lie on one."""
    best: list[int] = []
    tried = 0
    for start in sorted(place for place in left if place < operations):
        cycle = _way_back(after, left, start)
        if cycle and (not best or len(cycle) < len(best)):
            best = cycle
        tried += bool(cycle)
        if tried == _STARTS:
            break
    return best


def _way_back(after: Sequence[Sequence[int]], left: set[int], start: int) -> list[int]:
    came_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        for following in after[place]:
            if following == start:
                way = [place]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following in left and following not in came_from:
                came_from[following] = place
                queue.append(following)
    return []


def _why(one: Node, other: Node) -> str:
    """Why one comes before the other."""
    wrote, saw = dict(other.wrote), dict(other.saw)
    for account, version in one.wrote:
        name = f"{account[1]} of member {account[0]}"
        if wrote.get(account) == version + 1 or (account, version + 1) in other.wrote:
            return f"wrote version {version} of {name}, before version {version + 1} by"
        if saw.get(account) == version:
            return f"wrote version {version} of {name}, which was seen by"
    for account, version in one.saw:
        if (account, version + 1) in other.wrote:
            return f"saw version {version} of {account[1]} of member {account[0]}, before version {version + 1} by"
    return "ended before the start of"
