"""What modules above tell tiers: how often members came, where that is not known from orders alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from shuke.platform.db import Session

from .rules import Metric

# (member, business day, amount)
Measured = tuple[int, date, int]


@dataclass(frozen=True, kw_only=True)
class MeasureSource:
    """More of a metric: amounts by member and day, from a day on, for a set of members."""

    metric: Metric
    load: Callable[[Session, Sequence[int], date], Awaitable[Sequence[Measured]]]
