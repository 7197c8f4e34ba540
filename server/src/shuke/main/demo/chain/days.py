"""How much is bought on each day, by kind of member, as the truth says."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ..truth import FIRST_DAY, GROWTH_A_MONTH, LAST_DAY, SEASONS, WEEK, MemberType
from .dice import running

DAYS = (LAST_DAY - FIRST_DAY).days + 1
MONTH = 30


@dataclass(frozen=True)
class Demand:
    """The weight of each day, and running totals of them. Weight one: a thirtieth of a month's orders."""

    weights: tuple[float, ...]
    up_to: tuple[float, ...]

    def between(self, first: int, end: int) -> float:
        """The weights of some days together."""
        before = self.up_to[first - 1] if first else 0.0
        return self.up_to[end - 1] - before if end > first else 0.0


def day_of(number: int) -> date:
    """A day of the history by its number."""
    return FIRST_DAY + timedelta(days=number)


@cache
def discount_on(number: int) -> float:
    """What is off every price on a day."""
    day = day_of(number)
    return max((one.discount for one in SEASONS if one.first <= day <= one.last), default=0.0)


@cache
def demand_of(kind: MemberType | None) -> Demand:
    """The demand of a kind of member; None: of guests."""
    weights = [_weight(kind, number) for number in range(DAYS)]
    return Demand(tuple(weights), tuple(running(weights)))


def is_open(number: int) -> bool:
    """Whether the stores are open on a day of the history."""
    return number < DAYS and demand_of(None).weights[number] > 0


def _weight(kind: MemberType | None, number: int) -> float:
    day = day_of(number)
    weight = WEEK[day.weekday()] * (1 + GROWTH_A_MONTH) ** (number // MONTH)
    elasticity = kind.elasticity if kind else 1.0
    for season in SEASONS:
        if season.first <= day <= season.last:
            weight *= kind.seasons.get(season.code, season.traffic) if kind else season.traffic
            weight *= (1 - season.discount) ** -elasticity
    # Rounded, because libraries of mathematics differ in the last digit.
    return round(weight, 9)
