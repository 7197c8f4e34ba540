"""Which days are meant, and which days before they are compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shuke.platform import clock

# What a period is set beside: as many days just before it, the same days a year before, or nothing.
Comparison = Literal["previous", "last_year", "none"]

DEFAULT_MONTHS = 12


@dataclass(frozen=True)
class Period:
    """Local days, both ends included."""

    first: date
    last: date

    @property
    def day_count(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> "Period":
        """The period of the same length that ends the day before this one begins."""
        last = self.first - timedelta(days=1)
        return Period(last - timedelta(days=self.day_count - 1), last)

    @property
    def a_year_before(self) -> "Period":
        """The same days of the year before; the 29th of February is the 28th there."""
        return Period(clock.add_months(self.first, -12), clock.add_months(self.last, -12))

    def beside(self, comparison: Comparison) -> "Period | None":
        """The period that this one is compared with."""
        if comparison == "none":
            return None
        return self.previous if comparison == "previous" else self.a_year_before

    def days(self) -> Iterator[date]:
        """Every day, oldest first."""
        return (self.first + timedelta(days=number) for number in range(self.day_count))


def choose_period(first: date | None, last: date | None, *, today: date) -> Period:
    """The days asked for; open ends are today, and the beginning of the twelve months that end with the last day."""
    end = last or today
    return Period(first or clock.add_months(end, -DEFAULT_MONTHS) + timedelta(days=1), end)


def months_of(period: Period) -> list[str]:
    """The months that a period touches, as `YYYY-MM`, oldest first."""
    months = [f"{period.first:%Y-%m}"]
    day = period.first.replace(day=1)
    while f"{period.last:%Y-%m}" != months[-1]:
        day = clock.add_months(day, 1)
        months.append(f"{day:%Y-%m}")
    return months
