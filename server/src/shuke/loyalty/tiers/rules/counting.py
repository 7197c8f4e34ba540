"""What a member's figures are against what levels ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .model import Level, Measures, Scheme, Standing
from .parameters import KeepCriterion, Metric, Window
from .windows import first_day


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the days it was counted over. `first` None: everything ever."""

    metric: Metric
    amount: int
    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure beside what is asked of it."""

    count: Count
    threshold: int

    @property
    def is_met(self) -> bool:
        """Whether it is enough."""
        return self.count.amount >= self.threshold


class Counter:
    """Counts over the windows of a day. `open_until`: the windows stay open until then, as in a time of grace."""

    __slots__ = ("_day", "_last", "_measures", "_own", "_scheme", "_standing")

    def __init__(
        self, scheme: Scheme, standing: Standing, measures: Measures, day: date, *, open_until: date | None = None
    ) -> None:
        self._scheme = scheme
        self._standing = standing
        self._measures = measures
        self._day = day
        self._last = open_until or day
        self._own: Count | None = None

    def own(self) -> Count:
        """The scheme's own figure: what promotes. Counted once, however often it is asked for."""
        if self._own is None:
            self._own = self._count(self._scheme.parameters.metric, self._scheme.parameters.window)
        return self._own

    def of(self, criterion: KeepCriterion) -> Count:
        """The figure of a criterion."""
        if criterion.metric is None and criterion.window is None:
            return self.own()
        parameters = self._scheme.parameters
        return self._count(criterion.metric or parameters.metric, criterion.window or parameters.window)

    def _count(self, metric: Metric, window: Window) -> Count:
        first = first_day(window, self._standing, self._measures.joined_on, self._day)
        return Count(metric, self._measures.between(metric, first, self._last), first, self._last)


def reached(scheme: Scheme, amount: int) -> Level:
    """The highest level whose threshold an amount reaches."""
    found = scheme.levels[0]
    for level in scheme.levels[1:]:
        if level.threshold <= amount:
            found = level
    return found


def to_keep(scheme: Scheme, level: Level, count: Counter) -> list[Asked]:
    """What keeping a level asks, criterion by criterion, with the figures."""
    return [Asked(count.of(one), keep_threshold(level, one)) for one in scheme.keep_criteria]


def keep_threshold(level: Level, criterion: KeepCriterion) -> int:
    """What one criterion asks for keeping a level."""
    if criterion.thresholds is not None:
        return criterion.thresholds.get(level.code, 0)
    return level.threshold if level.keep_threshold is None else level.keep_threshold


def is_kept(scheme: Scheme, asked: list[Asked]) -> bool:
    """Whether the criteria together keep a level."""
    keep = scheme.parameters.keep
    met = [one.is_met for one in asked]
    return any(met) if keep and keep.join == "or" else all(met)


def held_by(scheme: Scheme, rank: int, count: Counter) -> Level:
    """The highest level, up to a rank, that the figures reach or keep."""
    amount = count.own().amount
    for level in reversed(scheme.levels[1 : max(rank, 1)]):
        if amount >= level.threshold or is_kept(scheme, to_keep(scheme, level, count)):
            return level
    return scheme.levels[0]


def floor(scheme: Scheme, rank: int) -> int:
    """The rank below which who has reached a rank never falls."""
    return max((level.rank for level in scheme.levels[:rank] if level.is_floor), default=1)


def explain(scheme: Scheme, count: Count, threshold: int) -> dict[str, Any]:
    """A figure and what was asked of it, as facts. Amounts and thresholds in the metric's own unit: minor units of
    `money` for spending. `window_from` null: everything ever.
    """
    return {
        "metric": count.metric,
        "amount_minor": count.amount,
        "money": scheme.money,
        "window_from": count.first.isoformat() if count.first else None,
        "window_to": count.last.isoformat(),
        "threshold_minor": threshold,
    }


def explain_keep(scheme: Scheme, asked: list[Asked]) -> dict[str, Any]:
    """What keeping was asked, criterion by criterion, as facts."""
    keep = scheme.parameters.keep
    return {
        "join": keep.join if keep else "and",
        "criteria": [{**explain(scheme, one.count, one.threshold), "is_met": one.is_met} for one in asked],
    }
