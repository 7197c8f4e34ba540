"""What a member still needs: for the next level, and for keeping this one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .counting import Asked, Counter, floor, to_keep
from .model import Measures, Scheme, Standing
from .parameters import Metric
from .windows import last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A figure against what is asked of it. `since` None: everything ever counts. `by`: the last day that counts."""

    metric: Metric
    threshold: int
    have: int
    missing: int
    since: date | None
    by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to the next level, and what keeps this one.

    `next_rank` and `reach` are None at the top. `keep` is empty where nothing has to be done: the lowest level, a
    floor, a level without an end, one given by hand. `takes`: what the end of the validity will deduct.
    """

    next_rank: int | None
    reach: Need | None
    keep: tuple[Need, ...]
    keep_join: Literal["and", "or"]
    keep_by: date | None
    is_in_grace: bool
    takes: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether what is known already keeps the level."""
        met = [need.missing == 0 for need in self.keep]
        return any(met) if self.keep_join == "or" and met else all(met)


def way_to(scheme: Scheme, standing: Standing, measures: Measures, day: date, zone: ZoneInfo) -> Way:
    """What is needed to reach the next level as of a day, and to keep this one when its validity ends."""
    count = Counter(scheme, standing, measures, day).own()
    above = next((level for level in scheme.levels if level.rank > standing.rank), None)
    by = last_day(scheme.parameters.window, standing, measures.joined_on, day)
    keep, keep_by = _keep(scheme, standing, measures, zone)
    return Way(
        next_rank=above.rank if above else None,
        reach=_need(Asked(count, above.threshold), by) if above else None,
        keep=keep,
        keep_join=scheme.parameters.keep.join if scheme.parameters.keep else "and",
        keep_by=keep_by,
        is_in_grace=standing.basis == "grace",
        takes=scheme.level(standing.rank).deduct if keep and scheme.parameters.demote == "deduct" else 0,
    )


def _keep(
    scheme: Scheme, standing: Standing, measures: Measures, zone: ZoneInfo
) -> tuple[tuple[Need, ...], date | None]:
    until = standing.valid_until
    if until is None or standing.rank == 0:
        return (), None
    by = clock.last_day(until, zone)
    can_fall = scheme.parameters.demote != "never" and floor(scheme, standing.rank) < standing.rank
    if standing.basis == "manual" or not can_fall:
        return (), by
    level = scheme.level(standing.rank)
    # Judged on the last day, by the window that ends with it: what was done early will have left it. In a time of
    # grace the window of the last promised day stays open.
    promised = standing.judged_on if standing.basis == "grace" and standing.judged_on else by
    count = Counter(scheme, standing, measures, promised, open_until=by)
    if scheme.parameters.demote == "deduct":
        return (_need(Asked(count.own(), level.threshold + level.deduct), by),), by
    return tuple(_need(asked, by) for asked in to_keep(scheme, level, count)), by


def _need(asked: Asked, by: date | None) -> Need:
    count = asked.count
    return Need(
        metric=count.metric,
        threshold=asked.threshold,
        have=count.amount,
        missing=max(0, asked.threshold - count.amount),
        since=count.first,
        by=by,
    )
