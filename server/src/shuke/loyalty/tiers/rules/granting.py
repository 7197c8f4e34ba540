"""Levels given by hand: they hold till their end, whatever the figures say, and then the figures are asked."""

from datetime import datetime
from typing import Any

from .changing import Bench, fall, keep, note, rise
from .counting import Counter, explain, floor, held_by, reached
from .model import Reason, Standing
from .snapshot import put_back, snapshot


def grant(standing: Standing, rank: int, until: datetime | None, bench: Bench, facts: dict[str, Any]) -> None:
    """Put a member on a level until an instant (None: until it is ended). Where they stood is remembered."""
    beneath = standing.beneath if standing.basis == "manual" else {**snapshot(standing), "beneath": None}
    note(standing, rank, "manual", bench, until, facts)
    standing.basis = "manual"
    standing.beneath = beneath
    standing.judged_on = bench.day


def judge_end_of_grant(standing: Standing, bench: Bench, more: dict[str, Any] | None = None) -> None:
    """Back to where the member stood, while that would still hold, or to what the figures reach, if that is better.

    `more`: who ended it early, and why.
    """
    scheme = bench.scheme
    beneath = standing.beneath or {"rank": 0}
    count = Counter(scheme, standing, bench.measures, bench.day)
    figure = count.own()
    target = reached(scheme, figure.amount).rank
    if _still_holds(beneath, bench.at) and beneath["rank"] >= target:
        threshold = scheme.level(beneath["rank"]).threshold
        _return(standing, beneath, bench, {**explain(scheme, figure, threshold), "grant_ended": True, **(more or {})})
        return
    rank = max(target, held_by(scheme, beneath["rank"], count).rank, floor(scheme, max(beneath["rank"], 1)))
    facts = {**explain(scheme, figure, scheme.level(rank).threshold), "grant_ended": True, **(more or {})}
    if rank > standing.rank:
        rise(standing, rank, bench, facts)
    elif rank == standing.rank:
        keep(standing, bench, facts)
    else:
        fall(standing, rank, bench, facts)


def _still_holds(beneath: dict[str, Any], at: datetime) -> bool:
    until = beneath.get("valid_until")
    return beneath["rank"] > 0 and (until is None or datetime.fromisoformat(until) > at)


def _return(standing: Standing, beneath: dict[str, Any], bench: Bench, facts: dict[str, Any]) -> None:
    until = datetime.fromisoformat(beneath["valid_until"]) if beneath.get("valid_until") else None
    reason: Reason = "kept"
    if beneath["rank"] != standing.rank:
        reason = "demoted" if beneath["rank"] < standing.rank else "promoted"
    note(standing, beneath["rank"], reason, bench, until, facts)
    put_back(standing, beneath)
