"""Pure judgement of tiers: a member's measures and standing in, changes of level out.

A `Standing` is a working copy; judging it changes it and collects the changes to write. Spending is net goods value
in minor units, by business day; a refund lowers the spending of the order's own day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock

Reason = Literal["entered", "promoted", "kept", "demoted", "manual", "merged", "parted"]
# What made somebody look at a level.
Cause = Literal["order", "refund", "activity"]
# What a scheme goes by and when it acts: the ways that are built so far.
Metric = Literal["net_spend", "order_count", "visits", "growth", "earned_points", "custom"]
Promote = Literal["immediate"]
Demote = Literal["recompute"]
OnRefund = Literal["period_end"]


@dataclass(frozen=True)
class Level:
    """One level: reached at `threshold` of the scheme's metric. Rank 1 is where everybody begins."""

    rank: int
    code: str
    threshold: int


@dataclass(frozen=True)
class Scheme:
    """How levels are reached and kept. `levels` by rank, the first with threshold 0."""

    scheme_id: int
    code: str
    money: str
    window_days: int
    validity_months: int
    levels: tuple[Level, ...]


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
        """The sum from a day on (None: ever) through another."""
        days = self.by_day.get(metric, {})
        if first is None:
            return self.lifetime.get(metric, 0) - sum(amount for day, amount in days.items() if day > last)
        return sum(amount for day, amount in days.items() if first <= day <= last)


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement that is kept: entering, rising, keeping or falling."""

    change_no: int
    from_rank: int | None
    to_rank: int
    reason: Reason
    at: datetime
    valid_until: datetime | None
    explanation: dict[str, Any]


@dataclass(slots=True)
class Standing:
    """A working copy of a member's level in one scheme. Rank 0: not entered yet."""

    member_id: int
    rank: int = 0
    since: datetime | None = None
    valid_until: datetime | None = None
    change_count: int = 0
    changes: list[Change] = field(default_factory=list)


def look_back(scheme: Scheme, standing: Standing, joined_on: date, day: date, zone: ZoneInfo) -> date:
    """The first day whose measures are needed to judge a standing on a day, and whenever its validity ended before."""
    if standing.valid_until is not None:
        day = min(day, clock.last_day(standing.valid_until, zone))
    return day - timedelta(days=scheme.window_days)


def judge_change(
    standing: Standing, scheme: Scheme, measures: Measures, at: datetime, zone: ZoneInfo, cause: Cause
) -> None:
    """Enter the scheme with the first order; rise at once when the window's spending reaches a higher level."""
    if cause == "refund":
        return
    day = clock.business_day(at, zone)
    explanation = _explain(scheme, measures, day)
    target = _level_for(scheme, explanation["amount_minor"])
    if target.rank <= standing.rank:
        return
    reason: Reason = "promoted" if standing.rank or target.rank > 1 else "entered"
    _change(standing, scheme, target, reason, at, day, zone, explanation)


def judge_due(standing: Standing, scheme: Scheme, measures: Measures, until: datetime, zone: ZoneInfo) -> None:
    """Judge again every time the level's validity ended at or before `until`: keep it, or fall to the level reached."""
    while standing.valid_until is not None and standing.valid_until <= until:
        at = standing.valid_until
        # The next period follows the last day of this one, so that periods never drift.
        day = clock.last_day(at, zone)
        explanation = _explain(scheme, measures, day)
        target = _level_for(scheme, explanation["amount_minor"])
        if target.rank >= standing.rank:
            _change(standing, scheme, scheme.levels[standing.rank - 1], "kept", at, day, zone, explanation)
        else:
            _change(standing, scheme, target, "demoted", at, day, zone, explanation)


def window_amount(scheme: Scheme, measures: Measures, day: date) -> int:
    """Net spending of the last `window_days` days, the day itself included."""
    first = day - timedelta(days=scheme.window_days - 1)
    return measures.between("net_spend", first, day)


def _explain(scheme: Scheme, measures: Measures, day: date) -> dict[str, Any]:
    return {
        "metric": "net_spend",
        "amount_minor": window_amount(scheme, measures, day),
        "money": scheme.money,
        "window_from": (day - timedelta(days=scheme.window_days - 1)).isoformat(),
        "window_to": day.isoformat(),
    }


def _level_for(scheme: Scheme, amount_minor: int) -> Level:
    reached = scheme.levels[0]
    for level in scheme.levels[1:]:
        if level.threshold <= amount_minor:
            reached = level
    return reached


def _change(
    standing: Standing,
    scheme: Scheme,
    level: Level,
    reason: Reason,
    at: datetime,
    day: date,
    zone: ZoneInfo,
    explanation: dict[str, Any],
) -> None:
    standing.change_count += 1
    valid_until = _valid_until(scheme, level, day, zone)
    change = Change(
        change_no=standing.change_count,
        from_rank=standing.rank or None,
        to_rank=level.rank,
        reason=reason,
        at=at,
        valid_until=valid_until,
        explanation={**explanation, "threshold_minor": level.threshold},
    )
    standing.changes.append(change)
    if level.rank != standing.rank:
        standing.since = at
    standing.rank = level.rank
    standing.valid_until = valid_until


def _valid_until(scheme: Scheme, level: Level, day: date, zone: ZoneInfo) -> datetime | None:
    """The lowest level holds for ever; any other to the end of the day `validity_months` after `day`."""
    if level.rank == 1:
        return None
    last_day = clock.add_months(day, scheme.validity_months)
    return clock.start_of_day(last_day + timedelta(days=1), zone)
