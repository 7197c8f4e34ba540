"""Judging a level: with every order, refund and activity, and whenever its time has come.

A `Standing` is a working copy; judging it changes it and collects the changes to write. Judging twice changes
nothing, and judging in two steps comes to the same as judging once.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.platform import clock

from .changing import Bench, fall, fall_early, give_end, give_grace, keep, rise
from .counting import (
    Count,
    Counter,
    explain,
    explain_keep,
    floor,
    held_by,
    is_kept,
    reached,
    to_keep,
)
from .granting import judge_end_of_grant
from .model import Cause, Deduction, Measures, Scheme, Standing
from .windows import first_needed, last_day

_DAY = timedelta(days=1)


def look_back(scheme: Scheme, standing: Standing, joined_on: date, day: date, zone: ZoneInfo) -> date:
    """The first day whose measures are needed to judge a standing on a day, and whenever it came due before."""
    days = [day]
    if standing.due_at is not None:
        days.append(clock.last_day(standing.due_at, zone))
    if standing.judged_on is not None and (standing.basis == "grace" or _may_fall_by_refund(standing, scheme)):
        days.append(standing.judged_on)
    return min(first_needed(scheme, standing, joined_on, one) for one in days)


def judge_change(
    standing: Standing, scheme: Scheme, measures: Measures, at: datetime, zone: ZoneInfo, cause: Cause
) -> None:
    """Judge what an order, a refund or an activity has changed. Bring the standing forward to the instant before."""
    bench = Bench(scheme, measures, at, clock.business_day(at, zone), zone)
    if cause == "refund":
        _judge_refund(standing, bench)
        return
    count = Counter(scheme, standing, measures, bench.day).own()
    target = reached(scheme, count.amount)
    is_rising = target.rank > standing.rank and not _is_held_down(standing)
    if is_rising and (scheme.parameters.promote == "immediate" or target.rank == 1):
        rise(standing, target.rank, bench, explain(scheme, count, target.threshold))
        return
    if standing.rank == 0:
        rise(standing, 1, bench, explain(scheme, count, 0))
    if is_rising:
        _review(standing, _next_review(standing, bench))
    elif standing.basis == "grace":
        _rescue(standing, bench)


def judge_due(standing: Standing, scheme: Scheme, measures: Measures, until: datetime, zone: ZoneInfo) -> None:
    """Judge again every time something about the level came due at or before `until`: a rise that waited, the end of
    its validity. What a deduction takes is taken from `measures` at once and noted in `standing.deductions`.
    """
    while (at := standing.due_at) is not None and at <= until:
        # Periods follow the last day of the one before, so that they never drift.
        bench = Bench(scheme, measures, at, clock.last_day(at, zone), zone)
        if standing.review_at == at:
            _judge_review(standing, bench)
        elif standing.basis == "manual":
            judge_end_of_grant(standing, bench)
        else:
            _judge_end(standing, bench)


def judge_again(standing: Standing, scheme: Scheme, measures: Measures, at: datetime, zone: ZoneInfo) -> None:
    """Judge by a scheme that has changed: rise to what the figures reach, fall to what they reach or keep. The window
    that decided last stays open, so that nobody falls because a period has only just begun.
    """
    bench = Bench(scheme, measures, at, clock.business_day(at, zone), zone)
    if standing.rank == 0 or standing.basis == "manual":
        return
    figure = Counter(scheme, standing, measures, bench.day).own()
    target = reached(scheme, figure.amount)
    if target.rank > standing.rank:
        rise(standing, target.rank, bench, {**explain(scheme, figure, target.threshold), "rejudged": True})
        return
    count = _counter_since(standing, bench)
    rank = max(held_by(scheme, standing.rank, count).rank, floor(scheme, standing.rank))
    asked = to_keep(scheme, scheme.level(standing.rank), count)
    facts = {**explain(scheme, count.own(), scheme.level(rank).threshold), **explain_keep(scheme, asked)}
    if rank < standing.rank and scheme.parameters.demote != "never":
        fall_early(standing, rank, bench, {**facts, "rejudged": True})
    elif standing.rank > 1 and standing.valid_until is None and scheme.parameters.validity.kind != "forever":
        give_end(standing, bench, {**facts, "rejudged": True})


def _may_fall_by_refund(standing: Standing, scheme: Scheme) -> bool:
    on_refund = scheme.parameters.on_refund
    return standing.rank > 1 and (on_refund == "now" or (on_refund == "period_end" and standing.valid_until is None))


def _is_held_down(standing: Standing) -> bool:
    """Whether somebody put the member lower than the figures did; that holds till its end."""
    return standing.basis == "manual" and standing.beneath is not None and standing.beneath["rank"] > standing.rank


def _review(standing: Standing, at: datetime) -> None:
    if standing.review_at is None or at < standing.review_at:
        standing.review_at = at
        standing.is_marked = True


def _next_review(standing: Standing, bench: Bench) -> datetime:
    if bench.scheme.parameters.promote == "nightly":
        return clock.start_of_day(bench.day + _DAY, bench.zone)
    return _next_period(standing, bench)


def _next_period(standing: Standing, bench: Bench) -> datetime:
    """When the period ends: the window's, or else the level's validity, or else the month."""
    end = last_day(bench.scheme.parameters.window, standing, bench.measures.joined_on, bench.day)
    if end is None and standing.valid_until is not None:
        return standing.valid_until
    month = clock.add_months(bench.day.replace(day=1), 1)
    return clock.start_of_day(end + _DAY if end else month, bench.zone)


def _judge_review(standing: Standing, bench: Bench) -> None:
    standing.review_at = None
    standing.is_marked = True
    count = Counter(bench.scheme, standing, bench.measures, bench.day).own()
    target = reached(bench.scheme, count.amount)
    if target.rank > standing.rank and not _is_held_down(standing):
        rise(standing, target.rank, bench, explain(bench.scheme, count, target.threshold))
    elif standing.valid_until is None and bench.scheme.parameters.on_refund == "period_end":
        _fall_if_undone(standing, bench)


def _judge_refund(standing: Standing, bench: Bench) -> None:
    if standing.rank <= 1 or standing.basis == "manual":
        return
    match bench.scheme.parameters.on_refund:
        case "now":
            _fall_if_undone(standing, bench)
        case "period_end":
            # A level with an end is judged at its end, by what is left.
            if standing.valid_until is None:
                _review(standing, _next_period(standing, bench))
        case "never":
            return


def _fall_if_undone(standing: Standing, bench: Bench) -> None:
    """Fall when what is left of the figures that decided, and what came since, no longer carries the level.

    The window of that day stays open: spending that merely grew old is no reason to fall before the validity ends.
    """
    if standing.rank <= 1 or standing.basis == "manual":
        return
    scheme = bench.scheme
    count = _counter_since(standing, bench)
    is_carried = count.own().amount >= scheme.level(standing.rank).threshold
    asked = to_keep(scheme, scheme.level(standing.rank), count)
    if is_carried or (standing.basis in {"kept", "grace"} and is_kept(scheme, asked)):
        return
    rank = max(reached(scheme, count.own().amount).rank, floor(scheme, standing.rank))
    if rank < standing.rank:
        facts = {**explain(scheme, count.own(), scheme.level(rank).threshold), **explain_keep(scheme, asked)}
        fall_early(standing, rank, bench, {**facts, "refunded": True})


def _judge_end(standing: Standing, bench: Bench) -> None:
    """Judge a level whose validity, or time of grace, has ended."""
    scheme = bench.scheme
    count = _counter_at_end(standing, bench)
    figure = count.own()
    if scheme.parameters.promote == "next_period":
        target = reached(scheme, figure.amount)
        if target.rank > standing.rank:
            rise(standing, target.rank, bench, explain(scheme, figure, target.threshold))
            return
    if scheme.parameters.demote == "deduct":
        _judge_by_deduction(standing, bench, figure)
        return
    level = scheme.level(standing.rank)
    asked = to_keep(scheme, level, count)
    if is_kept(scheme, asked) or scheme.parameters.demote == "never":
        more = explain_keep(scheme, asked) if scheme.parameters.keep else {}
        facts = {**explain(scheme, asked[0].count, asked[0].threshold), **more}
        keep(standing, bench, facts, follows=_last_promised(standing))
        return
    lower = standing.rank - 1 if scheme.parameters.demote == "one_level" else held_by(scheme, standing.rank, count).rank
    _give_up(standing, bench, lower, figure, explain_keep(scheme, asked))


def _give_up(standing: Standing, bench: Bench, lower: int, figure: Count, more: dict[str, object]) -> None:
    """The level is not kept: grace first, then the lower one, but none below a floor."""
    scheme = bench.scheme
    rank = max(lower, floor(scheme, standing.rank))
    facts = {**explain(scheme, figure, scheme.level(rank).threshold), **more}
    if rank == standing.rank:
        is_floor = scheme.level(rank).is_floor
        keep(standing, bench, {**facts, "floor": True} if is_floor else facts, follows=_last_promised(standing))
    elif scheme.parameters.grace_days and standing.basis != "grace":
        give_grace(standing, bench, facts)
    else:
        fall(standing, rank, bench, facts)


def _judge_by_deduction(standing: Standing, bench: Bench, figure: Count) -> None:
    """Take the level's amount away, and judge by what remains."""
    scheme = bench.scheme
    taken = max(0, min(scheme.level(standing.rank).deduct, figure.amount))
    remaining = figure.amount - taken
    lower = min(reached(scheme, remaining).rank, standing.rank)
    rank = max(lower, floor(scheme, standing.rank))
    more = {"deducted": taken, "remaining": remaining}
    if rank < standing.rank and scheme.parameters.grace_days and standing.basis != "grace":
        give_grace(standing, bench, {**explain(scheme, figure, scheme.level(standing.rank).threshold), **more})
        return
    facts = {**explain(scheme, figure, scheme.level(rank).threshold), **more}
    if rank == standing.rank:
        keep(standing, bench, facts, follows=_last_promised(standing))
    else:
        fall(standing, rank, bench, facts)
    if taken:
        standing.deductions.append(Deduction(figure.metric, taken, bench.at, standing.change_count))
        bench.measures.add(figure.metric, bench.begins_on, -taken)


def _rescue(standing: Standing, bench: Bench) -> None:
    """In a time of grace, what is done keeps the level at once when it is enough."""
    count = _counter_at_end(standing, bench)
    asked = to_keep(bench.scheme, bench.scheme.level(standing.rank), count)
    if bench.scheme.parameters.demote != "deduct" and is_kept(bench.scheme, asked):
        facts = {**explain(bench.scheme, asked[0].count, asked[0].threshold), **explain_keep(bench.scheme, asked)}
        keep(standing, bench, facts, follows=_last_promised(standing))


def _counter_at_end(standing: Standing, bench: Bench) -> Counter:
    day = _last_promised(standing) or bench.day
    return Counter(bench.scheme, standing, bench.measures, min(day, bench.day), open_until=bench.day)


def _counter_since(standing: Standing, bench: Bench) -> Counter:
    since = min(standing.judged_on or bench.day, bench.day)
    return Counter(bench.scheme, standing, bench.measures, since, open_until=bench.day)


def _last_promised(standing: Standing) -> date | None:
    """The last day that the level was promised for, while a time of grace follows it."""
    return standing.judged_on if standing.basis == "grace" else None
