"""The plain values of tiers: levels and schemes, what members did, where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from .parameters import KeepCriterion, Metric, Parameters, Window

Reason = Literal["entered", "promoted", "kept", "demoted", "manual", "merged", "parted", "grace"]
# Why a member has the level: what the next judgement goes by.
Basis = Literal["entered", "promoted", "kept", "demoted", "manual", "grace"]
# What made somebody look at a level.
Cause = Literal["order", "refund", "activity"]

# Days on which orders were placed are counted from the orders themselves, however far back they lie.
BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True)
class Level:
    """One level: reached at `threshold` of the scheme's metric. Rank 1 is where everybody begins.

    `keep_threshold`: what keeping it asks, where that is not the threshold. `deduct`: what is taken from the metric
    when its validity ends. Who has reached a floor never falls below it.
    """

    rank: int
    code: str
    threshold: int
    keep_threshold: int | None = None
    deduct: int = 0
    is_floor: bool = False


@dataclass(frozen=True)
class Scheme:
    """How levels are reached and kept. `levels` by rank, the first with threshold 0."""

    scheme_id: int
    code: str
    parameters: Parameters
    levels: tuple[Level, ...]
    version: int = 1

    @property
    def money(self) -> str:
        """The currency in which spending counts."""
        return self.parameters.money

    @cached_property
    def keep_criteria(self) -> tuple[KeepCriterion, ...]:
        """What keeps a level; without anything said, the scheme's own metric in its own window."""
        return self.parameters.keep.criteria if self.parameters.keep else (KeepCriterion(),)

    @cached_property
    def counted(self) -> tuple[tuple[Metric, Window], ...]:
        """Every metric with the window over which it is counted."""
        own = (self.parameters.metric, self.parameters.window)
        asked = ((one.metric or own[0], one.window or own[1]) for one in self.keep_criteria)
        return own, *(one for one in asked if one != own)

    @cached_property
    def metrics(self) -> frozenset[Metric]:
        """What has to be counted of a member. A day with an order is a visit as well."""
        named = {metric for metric, _ in self.counted}
        return frozenset(named | {"order_count"} if "visits" in named else named)

    def level(self, rank: int) -> Level:
        """The level of a rank; 0 gives the first."""
        return self.levels[max(rank, 1) - 1]


def _to_date(days: Mapping[date, int], first: date, last: date) -> int:
    return sum(amount for day, amount in days.items() if first <= day <= last)


@dataclass(slots=True)
class Measures:
    """What a member did, as far as schemes measure it. By day and not by order: a member with a hundred thousand
    orders is judged as fast as one with ten. `by_day` reaches back to `look_back`; `lifetime` holds everything.
    """

    joined_on: date
    by_day: dict[Metric, dict[date, int]] = field(default_factory=dict)
    lifetime: dict[Metric, int] = field(default_factory=dict)

    def add(self, metric: Metric, day: date, amount: int) -> None:
        """Count an amount on a day; below zero: taken back."""
        days = self.by_day.setdefault(metric, {})
        days[day] = days.get(day, 0) + amount
        self.lifetime[metric] = self.lifetime.get(metric, 0) + amount

    def between(self, metric: Metric, first: date | None, last: date) -> int:
        """The sum from a day on (None: ever) through another. Visits are the days on which somebody ordered or came."""
        if metric == "visits":
            came = (self.by_day.get("order_count", {}), self.by_day.get("visits", {}))
            visited = {day for days in came for day, count in days.items() if count > 0}
            return sum((first or BEGINNING) <= day <= last for day in visited)
        days = self.by_day.get(metric, {})
        if first is not None:
            return _to_date(days, first, last)
        if metric == "order_count":
            return _to_date(days, BEGINNING, last)
        return self.lifetime.get(metric, 0) - sum(amount for day, amount in days.items() if day > last)


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement that is kept, with the figures that decided it."""

    change_no: int
    from_rank: int | None
    to_rank: int
    reason: Reason
    at: datetime
    valid_until: datetime | None
    explanation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deduction:
    """What the end of a level's validity takes from an account. The measures are lowered already."""

    metric: Metric
    amount: int
    at: datetime
    change_no: int


@dataclass(slots=True)
class Standing:
    """A working copy of a member's level in one scheme. Rank 0: not entered yet.

    `judged_on`: the day whose figures decided last; while `basis` is grace, the last day of what the level held for.
    `level_from`, `period_from`: the days from which tier years and what came since the last change are counted. What
    the day of the change itself brought counts before it, so each remembers the day that went before. `review_at`:
    when a rise, or a fall after a refund, that waits is looked at. `beneath`: where the member stood before a grant
    by hand. `deductions`: what is still to be taken from accounts.
    """

    member_id: int
    rank: int = 0
    since: datetime | None = None
    valid_until: datetime | None = None
    change_count: int = 0
    changes: list[Change] = field(default_factory=list)
    basis: Basis | None = None
    judged_on: date | None = None
    level_from: date | None = None
    level_from_before: date | None = None
    period_from: date | None = None
    period_from_before: date | None = None
    review_at: datetime | None = None
    beneath: dict[str, Any] | None = None
    deductions: list[Deduction] = field(default_factory=list)
    # Something other than changes is to be written.
    is_marked: bool = False

    @property
    def due_at(self) -> datetime | None:
        """When the standing is judged next by the clock."""
        if self.valid_until is None or self.review_at is None:
            return self.valid_until or self.review_at
        return min(self.valid_until, self.review_at)
