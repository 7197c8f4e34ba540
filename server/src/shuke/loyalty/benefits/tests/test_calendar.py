"""Birthdays in two calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.loyalty.benefits.rules.calendar import keys_on, lunar_key, solar_key
from shuke.loyalty.benefits.rules.occasions import Window, due_dates, due_days


@pytest.mark.parametrize(
    ("birthday", "key"),
    [
        ("1990-01-27", "01-01"),  # New year of the horse
        ("2000-02-05", "01-01"),
        ("2024-02-10", "01-01"),
        ("2025-10-06", "08-15"),  # Mid-autumn, in a year with a leap sixth month
        ("2023-03-22", "02-01"),  # First day of the leap second month
        ("2020-05-23", "04-01"),  # First day of the leap fourth month
        ("2025-01-28", "12-29"),  # New year's eve of a month of 29 days
        ("1984-02-01", "12-30"),  # New year's eve of a month of 30 days
    ],
)
def test_a_birthday_has_a_lunar_day(birthday: str, key: str):
    assert lunar_key(birthday) == key


def test_a_birthday_without_a_year_has_no_lunar_day():
    assert lunar_key("--03-08") is None
    assert solar_key("--03-08") == "03-08"
    assert solar_key("1990-03-08") == "03-08"


def test_a_leap_month_is_nobodys_birthday_for_its_number_comes_first():
    # 2025: the sixth month from 25 June, the leap sixth from 25 July.
    assert keys_on(date(2025, 6, 25), "lunar", "february_28") == [("06-01", 2025)]
    assert keys_on(date(2025, 7, 25), "lunar", "february_28") == []
    assert keys_on(date(2025, 8, 22), "lunar", "february_28") == []
    assert keys_on(date(2025, 8, 23), "lunar", "february_28") == [("07-01", 2025)]


def test_the_thirtieth_of_a_short_month_is_its_last_day():
    # The twelfth month of the lunar year 2024 has 29 days, that of 2023 has 30.
    assert keys_on(date(2025, 1, 28), "lunar", "february_28") == [("12-29", 2024), ("12-30", 2024)]
    assert keys_on(date(2024, 2, 8), "lunar", "february_28") == [("12-29", 2023)]
    assert keys_on(date(2024, 2, 9), "lunar", "february_28") == [("12-30", 2023)]


@pytest.mark.parametrize(
    ("leap_day", "day", "keys"),
    [
        ("february_28", date(2025, 2, 28), ["02-28", "02-29"]),
        ("february_28", date(2025, 3, 1), ["03-01"]),
        ("march_1", date(2025, 2, 28), ["02-28"]),
        ("march_1", date(2025, 3, 1), ["03-01", "02-29"]),
        ("march_1", date(2024, 3, 1), ["03-01"]),
        ("february_28", date(2024, 2, 28), ["02-28"]),
        ("february_28", date(2024, 2, 29), ["02-29"]),
        ("february_28", date(2100, 2, 28), ["02-28", "02-29"]),
    ],
)
def test_the_29th_of_february_follows_the_shop(leap_day, day: date, keys: list[str]):
    assert [key for key, _ in keys_on(day, "solar", leap_day)] == keys


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31)), st.integers(2015, 2060))
def test_every_lunar_birthday_comes_once_in_every_lunar_year(born: date, year: int):
    """However the months of the year lie, and whichever day it is."""
    key = lunar_key(born.isoformat())
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366 + 60)]

    found = [day for day in days if (key, year) in keys_on(day, "lunar", "february_28")]

    assert len(found) == 1


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31)),
    st.integers(2015, 2060),
    st.sampled_from(["february_28", "march_1"]),
)
def test_every_solar_birthday_comes_once_a_year(born: date, year: int, leap_day):
    key = solar_key(born.isoformat())
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    last = date(year, 12, 31)

    found = [day for day in {*days, last} if (key, year) in keys_on(day, "solar", leap_day)]

    assert len(found) == 1


def test_a_window_reaches_over_the_end_of_the_year():
    due = due_days(date(2026, 12, 30), Window(days_before=3, days_after=1), "solar", "february_28", "birthday")

    assert [(one.key, one.occasion, one.last) for one in due] == [
        ("12-29", "birthday:2026", date(2026, 12, 30)),
        ("12-30", "birthday:2026", date(2026, 12, 31)),
        ("12-31", "birthday:2026", date(2027, 1, 1)),
        ("01-01", "birthday:2027", date(2027, 1, 2)),
        ("01-02", "birthday:2027", date(2027, 1, 3)),
    ]


def test_a_whole_month_is_open_from_its_first_day_to_its_last():
    window = Window(whole_month=True)

    due = due_days(date(2026, 2, 10), window, "solar", "march_1", "birthday")

    assert [one.key for one in due] == [f"02-{day:02d}" for day in range(1, 29)]
    assert {one.last for one in due} == {date(2026, 2, 28)}


def test_a_date_comes_every_year_or_once():
    window = Window(days_before=2)

    assert [one.occasion for one in due_dates(date(2026, 11, 9), window, "solar", "11-11")] == ["date:2026"]
    assert [one.occasion for one in due_dates(date(2026, 11, 9), window, "solar", "2026-11-11")] == ["date:2026-11-11"]
    assert due_dates(date(2027, 11, 11), window, "solar", "2026-11-11") == []
    # Mid-autumn of 2026 is on 25 September.
    assert [one.on for one in due_dates(date(2026, 9, 24), window, "lunar", "08-15")] == [date(2026, 9, 25)]
