"""Which counts a redemption is written on."""

from datetime import date

import pytest

from shuke.loyalty.coupons.budgets.rules import Left, Spend, Wanted, add_up, left_of
from shuke.loyalty.coupons.periods import period_key
from shuke.loyalty.coupons.rules import Budget

MONDAY = date(2026, 3, 2)


def budget(counts: str, period: str, limit: int) -> Budget:
    return Budget.model_validate({"counts": counts, "period": period, "limit": limit})


@pytest.mark.parametrize(
    ("period", "day", "key"),
    [
        ("lifetime", MONDAY, "lifetime"),
        ("day", MONDAY, "day:2026-03-02"),
        ("week", MONDAY, "week:2026-03-02"),
        ("week", date(2026, 3, 8), "week:2026-03-02"),
        ("week", date(2026, 3, 9), "week:2026-03-09"),
        ("month", date(2026, 2, 28), "month:2026-02-01"),
        ("year", date(2026, 12, 31), "year:2026-01-01"),
    ],
)
def test_periods_are_of_the_calendar_and_named_apart(period, day, key):
    assert period_key(period, day) == key


def test_redemptions_of_one_template_add_up_and_the_lower_of_two_budgets_holds():
    budgets = (budget("discount", "day", 900), budget("discount", "day", 500), budget("count", "lifetime", 7))
    spends = [Spend(2, budgets, MONDAY, 300), Spend(1, (), MONDAY, 50), Spend(2, budgets, MONDAY, 120)]
    assert list(add_up(spends).items()) == [
        ((2, "count", "lifetime"), Wanted(2, 7, "lifetime")),
        ((2, "discount", "day:2026-03-02"), Wanted(420, 500, "day")),
    ]


def test_what_is_left_is_the_least_of_all_periods():
    budgets = (budget("discount", "day", 900), budget("discount", "month", 1_000))
    used = {(5, "discount", "day:2026-03-02"): 100, (5, "discount", "month:2026-03-01"): 950}
    assert left_of(5, budgets, MONDAY, used) == Left(discount_minor=50, count=None)
    assert left_of(5, budgets, MONDAY, {}) == Left(discount_minor=900, count=None)
    assert left_of(5, (), MONDAY, used) == Left()
