"""The clock of requests: working days of the shop, public holidays, and thirty days at the very latest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.people.rights import rules
from shuke.people.rights.rules import Policy

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
specials = st.dictionaries(days, st.booleans(), max_size=40)


@pytest.mark.parametrize(
    ("start", "count", "special", "expected"),
    [
        # A Monday: three weeks of five days.
        (date(2026, 11, 2), 15, {}, date(2026, 11, 23)),
        # A Friday evening and a Saturday lead to the same day.
        (date(2026, 11, 6), 1, {}, date(2026, 11, 9)),
        (date(2026, 11, 7), 1, {}, date(2026, 11, 9)),
        # A holiday on Monday, and the Saturday before is worked.
        (date(2026, 11, 6), 1, {date(2026, 11, 7): True}, date(2026, 11, 7)),
        (date(2026, 11, 6), 1, {date(2026, 11, 9): False}, date(2026, 11, 10)),
    ],
)
def test_working_days_are_counted_from_the_next_day(start: date, count: int, special: dict[date, bool], expected: date):
    assert rules.add_working_days(start, count, special) == expected


def test_a_long_holiday_never_moves_the_end_beyond_thirty_days():
    received = date(2026, 9, 28)
    special = {date(2026, 9, 28) + timedelta(days=number): False for number in range(1, 21)}

    assert rules.due_days(received, Policy(), special) == (date(2026, 10, 28), date(2026, 10, 28))


@given(days, specials)
def test_the_end_is_never_later_than_allowed_and_never_before_its_working_days_are_over(
    received: date, special: dict[date, bool]
):
    due, hard = rules.due_days(received, Policy(), special)

    span = [received + timedelta(days=number) for number in range(1, (due - received).days + 1)]
    assert received < due <= hard == received + timedelta(days=30)
    assert sum(rules.is_working(day, special) for day in span) == 15 or due == hard


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 11, 20), 1), (date(2026, 11, 23), 0), (date(2026, 11, 24), -1), (date(2026, 11, 28), -4)],
)
def test_the_clock_shows_working_days_left_and_days_late(today: date, left: int):
    assert rules.working_days_left(today, date(2026, 11, 23), {}) == left


def test_a_certificate_has_another_code_when_anything_in_it_is_another():
    content = {"what": {"profile": 3}, "numbers": ["M1"], "by": "staff:1"}

    changed = [{**content, "by": "staff:2"}, {**content, "what": {"profile": 2}}, {**content, "numbers": []}]

    assert len({rules.certificate_code(one) for one in [content, *changed]}) == 4
    assert rules.certificate_code(dict(reversed(content.items()))) == rules.certificate_code(content)
