"""A member's story told in dates and figures, judged step by step as checkout does it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shuke.loyalty.tiers.rules import (
    Bench,
    Level,
    Measures,
    Metric,
    Scheme,
    Standing,
    grant,
    judge_change,
    judge_due,
    read_parameters,
    way_to,
)
from shuke.loyalty.tiers.rules.way import Way
from shuke.platform import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def a_scheme(levels: list[Level], **parameters: Any) -> Scheme:
    """A scheme from its parameters as JSON."""
    return Scheme(1, "main", read_parameters({"money": "CNY", **parameters}), tuple(levels))


def day(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


class Story:
    """One member under one scheme. Everything happens at noon of its day; the clock is brought forward before."""

    def __init__(self, scheme: Scheme, *, joined: str = "2023-01-10", zone: ZoneInfo = SHANGHAI) -> None:
        self.scheme = scheme
        self.zone = zone
        self.standing = Standing(1)
        self.measures = Measures(day(joined))

    def earns(self, on: str, amount: int, metric: Metric | None = None) -> None:
        """An order that brings so much of the scheme's metric, or of another."""
        self.comes_to(on)
        self.measures.add(metric or self.scheme.parameters.metric, day(on), amount)
        judge_change(self.standing, self.scheme, self.measures, self._noon(on), self.zone, "order")

    def gives_back(self, on: str, amount: int, *, of: str) -> None:
        """A refund of what an earlier day brought."""
        self.comes_to(on)
        self.measures.add(self.scheme.parameters.metric, day(of), -amount)
        judge_change(self.standing, self.scheme, self.measures, self._noon(on), self.zone, "refund")

    def is_granted(self, on: str, rank: int, *, through: str | None) -> None:
        """A level given by hand through a day."""
        self.comes_to(on)
        until = clock.start_of_day(date.fromordinal(day(through).toordinal() + 1), self.zone) if through else None
        bench = Bench(self.scheme, self.measures, self._noon(on), day(on), self.zone)
        grant(self.standing, rank, until, bench, {})

    def comes_to(self, on: str) -> None:
        """The clock goes on to noon of a day."""
        judge_due(self.standing, self.scheme, self.measures, self._noon(on), self.zone)

    def way(self, on: str) -> Way:
        """What is still needed, as of a day."""
        self.comes_to(on)
        return way_to(self.scheme, self.standing, self.measures, day(on), self.zone)

    @property
    def level(self) -> str:
        """The level's code."""
        return self.scheme.levels[self.standing.rank - 1].code

    @property
    def history(self) -> list[tuple[str, str, str, str | None]]:
        """(day, reason, level, the last day it holds) of every change."""
        return [
            (
                clock.business_day(change.at, self.zone).isoformat(),
                change.reason,
                self.scheme.levels[change.to_rank - 1].code,
                clock.last_day(change.valid_until, self.zone).isoformat() if change.valid_until else None,
            )
            for change in self.standing.changes
        ]

    @property
    def last(self) -> dict[str, Any]:
        """What explains the newest change."""
        return self.standing.changes[-1].explanation

    def _noon(self, on: str) -> datetime:
        return datetime.combine(day(on), time(12), self.zone).astimezone(UTC)
