"""Whose occasion it is on a day: the keys of days that are due, what the occasion is called, and its last day."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import Calendar, LeapDay, keys_on


@dataclass(frozen=True, kw_only=True)
class Window:
    """When something around a day begins and ends: some days before and after it, or the whole month that it is in."""

    days_before: int = 0
    days_after: int = 0
    whole_month: bool = False

    def days_whose_window_holds(self, day: date) -> Iterator[tuple[date, date]]:
        """The days around which the window is open on a day, each with the last day of its window."""
        if self.whole_month:
            length = monthrange(day.year, day.month)[1]
            for number in range(1, length + 1):
                yield day.replace(day=number), day.replace(day=length)
            return
        for offset in range(-self.days_after, self.days_before + 1):
            around = day + timedelta(days=offset)
            yield around, around + timedelta(days=self.days_after)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A key whose occasion it is: the occasion's name, the day itself and the window's last day."""

    key: str
    occasion: str
    on: date
    last: date


def due_days(day: date, window: Window, calendar: Calendar, leap_day: LeapDay, prefix: str) -> list[Due]:
    """The keys whose window is open on a day. One key comes up once, for windows are shorter than a year."""
    return [
        Due(key=key, occasion=f"{prefix}:{year}", on=on, last=last)
        for on, last in window.days_whose_window_holds(day)
        for key, year in keys_on(on, calendar, leap_day)
    ]


def due_dates(day: date, window: Window, calendar: Calendar, on: str) -> list[Due]:
    """The same for one date: `MM-DD` of every year, or `YYYY-MM-DD` once."""
    if len(on) > len("MM-DD"):
        return [
            Due(key=on, occasion=f"date:{on}", on=around, last=last)
            for around, last in window.days_whose_window_holds(day)
            if around.isoformat() == on
        ]
    return [due for due in due_days(day, window, calendar, "february_28", "date") if due.key == on]
