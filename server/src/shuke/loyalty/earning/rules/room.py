"""What caps and budgets leave room for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shuke.platform import clock
from shuke.platform.clock import Period

from .compiled import Limit, is_outward
from .model import RuleVersion

# Member (ALL: everybody together, a budget), rule, what is counted, period, first day of the period.
UseKey = tuple[int, int, str, Period, date]
ALL = -1


@dataclass(slots=True)
class Use:
    """How much was used in one period. `is_locked`: read under a lock, so that it may be saved."""

    amount: int = 0
    times: int = 0
    is_locked: bool = False
    is_changed: bool = False

    def change(self, amount: int, times: int) -> None:
        """Use more; below zero: give back. What a member gave back under another number leaves no debt here."""
        self.amount = max(self.amount + amount, 0)
        self.times = max(self.times + times, 0)
        self.is_changed = True


@dataclass(frozen=True, slots=True)
class Granted:
    """How much of what was wanted there was room for, and the limits that cut it."""

    amount: int
    cuts: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class Room:
    """How much each rule may still give: caps by member and period, budgets by period. Without limits: everything."""

    uses: dict[UseKey, Use] = field(default_factory=dict)

    def grant(self, version: RuleVersion, counted: str, member_id: int, day: date, wanted: int) -> Granted:
        """Use room on a day, as far as there is any. `counted`: a currency, or an effect beside value.

        Limits that truncate come first; one that rejects then wants room for all that they left.
        """
        limits = version.rule.limits
        if not limits:
            return Granted(wanted)
        amount = wanted
        cuts: list[dict[str, Any]] = []
        for limit in limits:
            if limit.counts == "amount" and is_outward(counted):
                continue  # Coupons and tags are no amount of points: they are counted by times.
            use = self.uses.get(use_key(limit, version.rule_id, counted, member_id, day)) or Use()
            left = _left(limit, use, amount)
            if left < amount:
                cuts.append(_cut(limit, use))
                amount = left
        if amount > 0:
            self._change(version, counted, member_id, day, amount, 1)
        return Granted(amount, tuple(cuts))

    def give_back(
        self, version: RuleVersion, counted: str, member_id: int, day: date, amount: int, *, is_whole: bool
    ) -> None:
        """Return room that was used on a day; `is_whole`: nothing of the award is left."""
        self._change(version, counted, member_id, day, -amount, -1 if is_whole else 0)

    def _change(self, version: RuleVersion, counted: str, member_id: int, day: date, amount: int, times: int) -> None:
        for key in {use_key(limit, version.rule_id, counted, member_id, day) for limit in version.rule.limits}:
            self.uses.setdefault(key, Use()).change(amount, times)


def use_key(limit: Limit, rule_id: int, counted: str, member_id: int, day: date) -> UseKey:
    """Where the use of a limit is counted. A new version of a rule goes on with the counts of the one before."""
    owner = member_id if limit.of == "cap" else ALL
    return owner, rule_id, counted, limit.period, clock.period_start(limit.period, day)


def use_keys(versions: Iterable[RuleVersion], occasions: Iterable[tuple[int, date]]) -> list[UseKey]:
    """Every count that versions may touch for members on days, in the order in which they are locked."""
    limited = [version for version in versions if version.rule.limits]
    if not limited:
        return []
    return sorted(
        {
            use_key(limit, version.rule_id, counted, member_id, day)
            for member_id, day in occasions
            for version in limited
            for limit in version.rule.limits
            for counted in version.rule.counted
        },
        # Budgets last: everybody waits for them, so they are held for the shortest time.
        key=lambda key: (key[0] == ALL, key),
    )


def _left(limit: Limit, use: Use, wanted: int) -> int:
    if limit.counts == "times":
        return wanted if use.times < limit.limit else 0
    left = max(limit.limit - use.amount, 0)
    if left >= wanted:
        return wanted
    return left if limit.mode == "truncate" else 0


def _cut(limit: Limit, use: Use) -> dict[str, Any]:
    used = use.times if limit.counts == "times" else use.amount
    return {
        "of": limit.of,
        "counts": limit.counts,
        "period": limit.period,
        "limit": limit.limit,
        "left": max(limit.limit - used, 0),
        "mode": limit.mode,
    }
