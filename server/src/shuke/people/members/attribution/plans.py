"""How the members of one employee are shared out among others. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

How = Literal["evenly", "by_store"]
Care = Literal["employee", "manager"]


@dataclass
class Plan:
    """Members go to the targets in turn: over all, or among those of the member's own store.

    `turns` remembers whose turn it is, so that a plan that is carried out in parts gives what one in one go would.
    """

    how: How
    # (employee, their store)
    targets: list[tuple[int, int | None]]
    turns: dict[str, int] = field(default_factory=dict)

    def next_for(self, store_id: int | None) -> int:
        """Who takes the next member of a store."""
        there = [employee for employee, store in self.targets if store is not None and store == store_id]
        group = f"{store_id}" if self.how == "by_store" and there else ""
        takers = there if group else [employee for employee, _ in self.targets]
        turn = self.turns.get(group, 0)
        self.turns[group] = turn + 1
        return takers[turn % len(takers)]


def assign(plan: Plan, members: Sequence[tuple[int, int | None]]) -> dict[int, int]:
    """Who takes each of these members, (member, their store), in the order given."""
    return {member_id: plan.next_for(store_id) for member_id, store_id in members}


def expected(plan: Plan, by_store: Mapping[int | None, int]) -> Counter[int]:
    """How many members each target would get, given how many there are of each store."""
    shares: Counter[int] = Counter()
    left = 0
    for store_id, count in by_store.items():
        there = [employee for employee, store in plan.targets if store is not None and store == store_id]
        if plan.how == "by_store" and there:
            _share(shares, there, count)
        else:
            left += count
    _share(shares, [employee for employee, _ in plan.targets], left)
    return shares


def _share(shares: Counter[int], takers: Sequence[int], count: int) -> None:
    whole, rest = divmod(count, len(takers))
    for place, employee in enumerate(takers):
        shares[employee] += whole + (place < rest)
