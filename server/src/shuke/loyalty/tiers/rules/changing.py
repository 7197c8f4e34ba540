"""Writing a judgement into a standing: one door for every way in which a level moves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .model import Basis, Change, Measures, Reason, Scheme, Standing
from .validity import valid_until

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a judgement is made: the scheme, what the member did, the instant and the day whose figures decide."""

    scheme: Scheme
    measures: Measures
    at: datetime
    day: date
    zone: ZoneInfo

    @property
    def begins_on(self) -> date:
        """The first day of what the judgement begins."""
        return clock.business_day(self.at, self.zone)


def note(
    standing: Standing, rank: int, reason: Reason, bench: Bench, until: datetime | None, facts: dict[str, Any]
) -> None:
    """Put a change down, and the member on its level."""
    standing.change_count += 1
    standing.changes.append(
        Change(
            change_no=standing.change_count,
            from_rank=standing.rank or None,
            to_rank=rank,
            reason=reason,
            at=bench.at,
            valid_until=until,
            explanation=facts,
        )
    )
    if rank != standing.rank:
        standing.since = bench.at
    standing.rank = rank
    standing.valid_until = until


def rise(standing: Standing, rank: int, bench: Bench, facts: dict[str, Any]) -> None:
    """Enter the scheme, or rise to a level."""
    reason: Basis = "promoted" if standing.rank or rank > 1 else "entered"
    until = _valid_until(bench, rank, bench.day, is_renewal=False)
    note(standing, rank, reason, bench, until, facts)
    standing.basis = reason
    standing.review_at = None
    if reason == "promoted":
        _begin(standing, bench.day, is_other_level=True)
    _settle(standing, bench.day)


def keep(standing: Standing, bench: Bench, facts: dict[str, Any], *, follows: date | None = None) -> None:
    """Keep the level for one period more. `follows`: the last day of the one before, where that is not today."""
    day = follows or bench.day
    until = _valid_until(bench, standing.rank, day, is_renewal=True)
    if until is not None and until <= bench.at:
        until = _valid_until(bench, standing.rank, bench.day, is_renewal=True)
    note(standing, standing.rank, "kept", bench, until, facts)
    standing.basis = "kept"
    _begin(standing, bench.day, is_other_level=False)
    _settle(standing, day)


def fall(standing: Standing, rank: int, bench: Bench, facts: dict[str, Any]) -> None:
    """Fall to a level when the validity has ended."""
    until = _valid_until(bench, rank, bench.day, is_renewal=True)
    note(standing, rank, "demoted", bench, until, facts)
    standing.basis = "demoted"
    _begin(standing, bench.day, is_other_level=True)
    _settle(standing, bench.day)


def fall_early(standing: Standing, rank: int, bench: Bench, facts: dict[str, Any]) -> None:
    """Fall to a level before the validity has ended: the lower one holds for what is left of it, and the figures that
    decided go on counting.
    """
    until = standing.valid_until if rank > 1 else None
    note(standing, rank, "demoted", bench, until or _valid_until(bench, rank, bench.day, is_renewal=True), facts)
    standing.basis = "demoted"


def give_end(standing: Standing, bench: Bench, facts: dict[str, Any]) -> None:
    """Let a level that held for ever have an end from now on."""
    note(standing, standing.rank, "kept", bench, _valid_until(bench, standing.rank, bench.day, is_renewal=True), facts)
    standing.basis = "kept"


def give_grace(standing: Standing, bench: Bench, facts: dict[str, Any]) -> None:
    """Leave the level for the days of grace; its windows stay open meanwhile."""
    last = bench.day + timedelta(days=bench.scheme.parameters.grace_days)
    until = clock.start_of_day(last + _DAY, bench.zone)
    note(standing, standing.rank, "grace", bench, until, facts)
    standing.basis = "grace"
    standing.judged_on = bench.day


def _valid_until(bench: Bench, rank: int, day: date, *, is_renewal: bool) -> datetime | None:
    begins_on = day if day == bench.begins_on else day + _DAY
    return valid_until(bench.scheme, rank, bench.measures.joined_on, day, begins_on, bench.zone, is_renewal=is_renewal)


def _begin(standing: Standing, day: date, *, is_other_level: bool) -> None:
    """Count anew from the day after; a second change on one day does not forget what went before the first."""
    first = day + _DAY
    if standing.period_from != first:
        standing.period_from_before, standing.period_from = standing.period_from, first
    if is_other_level and standing.level_from != first:
        standing.level_from_before, standing.level_from = standing.level_from, first


def _settle(standing: Standing, day: date) -> None:
    standing.judged_on = day
    standing.beneath = None
