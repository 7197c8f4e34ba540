"""Levels by net spending of 180 days: reached at once, held for three months, judged again at the end."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shuke.loyalty.tiers.rules import Level, Measures, Scheme, Standing, judge_change, judge_due, read_parameters
from shuke.loyalty.tiers.rules.counting import Counter

LONDON = ZoneInfo("Europe/London")
SCHEME = Scheme(
    1,
    "main",
    # As the first release stored them.
    read_parameters(
        {
            "metric": "net_spend",
            "window_days": 180,
            "validity_months": 3,
            "promote": "immediate",
            "demote": "recompute",
            "on_refund": "period_end",
            "money": "GBP",
        }
    ),
    levels=(Level(1, "bronze", 0), Level(2, "silver", 50_000), Level(3, "gold", 200_000)),
)


def spent(days: dict[date, int]) -> Measures:
    return Measures(date(2010, 1, 1), {"net_spend": days}, {"net_spend": sum(days.values())})


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_the_first_order_enters_the_lowest_level_for_ever() -> None:
    standing = Standing(1)

    judge_change(standing, SCHEME, spent({date(2011, 1, 5): 1_000}), noon(2011, 1, 5), LONDON, "order")

    assert (standing.rank, standing.valid_until) == (1, None)
    assert [(change.from_rank, change.to_rank, change.reason) for change in standing.changes] == [(None, 1, "entered")]


def test_spending_that_reaches_a_threshold_promotes_at_once_and_may_skip_levels() -> None:
    standing = Standing(1)
    spending = {date(2011, 1, 5): 250_000}

    judge_change(standing, SCHEME, spent(spending), noon(2011, 1, 5), LONDON, "order")

    assert standing.rank == 3
    # Three months on, to the end of that day; April is summer time.
    assert standing.valid_until == datetime(2011, 4, 5, 23, tzinfo=UTC)
    assert standing.changes[0].explanation == {
        "metric": "net_spend",
        "amount_minor": 250_000,
        "threshold_minor": 200_000,
        "money": "GBP",
        "window_from": "2010-07-10",
        "window_to": "2011-01-05",
    }


def test_the_window_holds_its_first_and_last_day_and_no_day_more() -> None:
    day = date(2011, 6, 30)
    spending = {
        date(2011, 1, 1): 1,
        date(2011, 1, 2): 10,
        day: 100,
        date(2011, 7, 1): 1000,
    }

    assert Counter(SCHEME, Standing(1), spent(spending), day).own().amount == 110


def test_a_level_is_kept_while_the_window_still_reaches_it_and_lost_when_it_does_not() -> None:
    standing = Standing(1)
    spending = {date(2011, 1, 5): 60_000}
    judge_change(standing, SCHEME, spent(spending), noon(2011, 1, 5), LONDON, "order")

    judge_due(standing, SCHEME, spent(spending), noon(2011, 12, 1), LONDON)

    assert [(change.reason, change.to_rank) for change in standing.changes] == [
        ("promoted", 2),
        ("kept", 2),
        ("demoted", 1),
    ]
    # Judged on the last day that each period held: 5 April, then 5 July, when the order has left the window.
    assert [change.explanation["window_to"] for change in standing.changes[1:]] == ["2011-04-05", "2011-07-05"]
    assert (standing.rank, standing.valid_until) == (1, None)


def test_a_refund_changes_no_level_before_its_period_ends() -> None:
    standing = Standing(1)
    spending = {date(2011, 1, 5): 60_000}
    judge_change(standing, SCHEME, spent(spending), noon(2011, 1, 5), LONDON, "order")

    spending[date(2011, 1, 5)] = 0
    judge_due(standing, SCHEME, spent(spending), noon(2011, 3, 1), LONDON)
    before = standing.rank
    judge_due(standing, SCHEME, spent(spending), noon(2011, 5, 1), LONDON)

    assert (before, standing.rank) == (2, 1)


def test_a_level_falls_to_the_one_that_the_window_reaches_not_one_step() -> None:
    standing = Standing(1)
    spending = {date(2011, 1, 5): 250_000}
    judge_change(standing, SCHEME, spent(spending), noon(2011, 1, 5), LONDON, "order")
    spending[date(2011, 1, 5)] = 10

    judge_due(standing, SCHEME, spent(spending), noon(2011, 5, 1), LONDON)

    assert [(change.from_rank, change.to_rank) for change in standing.changes][-1] == (3, 1)
