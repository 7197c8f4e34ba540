"""Each choice of the parameters by one example, and what makes a scheme impossible."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from shuke.loyalty.tiers.rules import Level, find_faults, look_back, read_parameters

from .story import SHANGHAI, Story, a_scheme, day

LEVELS = [Level(1, "a", 0), Level(2, "b", 1_000), Level(3, "c", 2_000)]
FOR_EVER = {"kind": "forever"}
YEAR = {"kind": "calendar", "unit": "year"}


def a_story(levels: list[Level] | None = None, *, joined: str = "2023-01-10", **parameters: Any) -> Story:
    """A member under a scheme of growth, where nothing else is said."""
    return Story(a_scheme(levels or LEVELS, **{"metric": "growth", "window": YEAR, **parameters}), joined=joined)


def test_what_the_day_of_a_change_brings_counts_towards_what_went_before() -> None:
    levels = [*LEVELS, Level(4, "d", 2_500), Level(5, "e", 3_000)]
    story = a_story(levels, window={"kind": "since_change"}, validity={"kind": "days", "days": 365})

    story.earns("2024-03-01", 900)
    for amount in (200, 900, 500):
        story.earns("2024-05-01", amount)
    story.earns("2024-05-02", 2_499)

    # 900 + 200 + 900 + 500 reach d on the first of May, step by step; the day after, everything begins at 0.
    assert [entry[2] for entry in story.history] == ["a", "b", "c", "d"]
    assert story.way("2024-05-02").keep[0].have == 2_499


def test_a_tier_year_runs_from_the_day_on_which_the_level_was_reached() -> None:
    story = a_story(window={"kind": "tier_year"}, validity={"kind": "months", "months": 12})

    story.earns("2024-03-15", 1_000)
    story.earns("2025-03-15", 999)
    story.comes_to("2025-03-16")
    story.earns("2026-03-15", 999)
    story.comes_to("2026-03-16")

    # The first tier year ends with its anniversary, 15 March 2025; 999 in it are too little.
    assert story.history == [
        ("2024-03-15", "promoted", "b", "2025-03-15"),
        ("2025-03-16", "demoted", "a", None),
    ]


def test_a_rise_may_wait_for_the_night_and_is_off_when_a_refund_comes_first() -> None:
    rising, returned = a_story(promote="nightly"), a_story(promote="nightly")

    for story in (rising, returned):
        story.earns("2024-05-01", 1_000)
    returned.gives_back("2024-05-01", 1, of="2024-05-01")
    for story in (rising, returned):
        story.comes_to("2024-05-02")

    assert rising.history == [("2024-05-01", "entered", "a", None), ("2024-05-02", "promoted", "b", None)]
    assert returned.history == [("2024-05-01", "entered", "a", None)]
    assert returned.standing.review_at is None


def test_a_rise_may_wait_for_the_next_period() -> None:
    story = a_story(promote="next_period", validity={"kind": "calendar", "unit": "year"})

    story.earns("2024-05-01", 2_500)
    before = story.level
    story.comes_to("2025-01-01")

    assert before == "a"
    assert story.history[-1] == ("2025-01-01", "promoted", "c", "2025-12-31")
    assert (story.last["window_to"], story.last["amount_minor"]) == ("2024-12-31", 2_500)


def test_without_periods_a_rise_waits_for_the_month() -> None:
    story = a_story(promote="next_period", window={"kind": "lifetime"})

    story.earns("2024-05-17", 1_000)
    story.comes_to("2024-06-01")

    assert story.history[-1] == ("2024-06-01", "promoted", "b", None)


def test_a_small_refund_in_a_new_year_takes_no_level_that_the_old_year_reached() -> None:
    story = a_story(on_refund="now", validity={"kind": "calendar", "unit": "year", "ahead": 1})

    story.earns("2024-12-20", 1_100)
    story.gives_back("2025-01-05", 100, of="2024-12-20")
    still = story.level
    story.gives_back("2025-01-06", 1, of="2024-12-20")

    assert still == "b"
    assert story.history == [
        ("2024-12-20", "promoted", "b", "2025-12-31"),
        ("2025-01-06", "demoted", "a", None),
    ]
    assert (story.last["window_from"], story.last["window_to"]) == ("2024-01-01", "2025-01-06")
    since = look_back(story.scheme, replace(story.standing, rank=2), day("2023-01-10"), day("2025-02-01"), SHANGHAI)
    assert since == day("2024-01-01")


def test_a_level_lost_by_a_refund_leaves_the_lower_one_for_the_rest_of_its_time() -> None:
    story = a_story(on_refund="now", window={"kind": "rolling", "days": 365}, validity={"kind": "months", "months": 12})

    story.earns("2024-03-01", 2_000)
    story.gives_back("2024-06-10", 500, of="2024-03-01")
    first = look_back(story.scheme, story.standing, day("2023-01-10"), day("2025-02-20"), SHANGHAI)

    assert story.history == [
        ("2024-03-01", "promoted", "c", "2025-03-01"),
        ("2024-06-10", "demoted", "b", "2025-03-01"),
    ]
    # What decided on 1 March goes on deciding after refunds.
    assert (story.standing.judged_on, first) == (day("2024-03-01"), day("2023-03-03"))


def test_after_a_refund_who_has_kept_a_level_needs_what_keeps_it_and_who_has_just_risen_what_reaches_it() -> None:
    levels = [Level(1, "a", 0), Level(2, "b", 1_000, keep_threshold=600)]
    new, kept = (a_story(levels, on_refund="now", validity=YEAR) for _ in range(2))

    new.earns("2025-02-01", 1_000)
    kept.earns("2024-02-01", 1_000)
    kept.earns("2024-06-01", 1)
    kept.comes_to("2025-01-01")
    new.gives_back("2025-03-01", 300, of="2025-02-01")
    kept.gives_back("2025-03-01", 300, of="2024-02-01")

    assert new.level == "a"
    assert kept.level == "b"


def test_a_refund_may_wait_for_the_end_of_the_period_and_may_never_count() -> None:
    waiting, never = (
        a_story(window={"kind": "lifetime"}, validity=FOR_EVER, on_refund=when) for when in ("period_end", "never")
    )

    for story in (waiting, never):
        story.earns("2024-05-02", 1_000)
        story.gives_back("2024-05-10", 500, of="2024-05-02")
        story.comes_to("2024-06-01")

    assert waiting.history[1:] == [("2024-06-01", "demoted", "a", None)]
    assert never.history[1:] == []


def test_a_deduction_never_takes_more_than_there_is() -> None:
    levels = [Level(1, "a", 0), Level(2, "b", 1_000, deduct=800)]
    story = a_story(levels, window={"kind": "lifetime"}, validity={"kind": "months", "months": 12}, demote="deduct")

    story.earns("2024-03-01", 1_000)
    story.gives_back("2024-04-01", 700, of="2024-03-01")
    story.comes_to("2025-03-02")

    assert story.history[-1] == ("2025-03-02", "demoted", "a", None)
    assert [(one.amount, one.change_no) for one in story.standing.deductions] == [(300, 2)]
    assert story.measures.lifetime == {"growth": 0}


@pytest.mark.parametrize(("join", "level"), [("or", "b"), ("and", "a")])
def test_several_things_may_keep_a_level_all_of_them_or_any(join, level) -> None:
    keep = {"join": join, "criteria": [{}, {"metric": "visits", "thresholds": {"b": 2, "c": 4}}]}
    story = a_story(keep=keep, validity=YEAR)

    story.earns("2024-03-01", 1_000)
    story.comes_to("2025-01-01")
    for on in ("2025-02-01", "2025-02-01", "2025-07-01"):
        story.measures.add("order_count", day(on), 1)
    way = story.way("2025-12-31")
    story.comes_to("2026-01-01")

    # No growth, but two days with orders.
    assert story.level == level
    assert [(need.metric, need.have, need.missing) for need in way.keep] == [("growth", 0, 1_000), ("visits", 2, 0)]
    assert (way.keep_join, way.is_kept) == (join, join == "or")
    assert [one["is_met"] for one in story.last["criteria"]] == [False, True]


def test_a_second_grant_keeps_what_was_beneath_the_first() -> None:
    story = a_story()
    story.earns("2024-03-01", 1_000)

    story.is_granted("2024-04-01", 3, through="2024-12-31")
    story.is_granted("2024-05-01", 3, through="2024-05-31")
    story.comes_to("2024-06-01")

    assert story.history[-1] == ("2024-06-01", "demoted", "b", None)


def test_somebody_put_lower_by_hand_stays_there_till_the_end() -> None:
    story = a_story()
    story.earns("2024-03-01", 1_000)

    story.is_granted("2024-04-01", 1, through="2024-05-31")
    story.earns("2024-04-15", 2_000)
    held = story.level
    story.comes_to("2024-06-01")

    assert held == "a"
    assert story.history[-1] == ("2024-06-01", "promoted", "c", None)


@pytest.mark.parametrize(
    ("validity", "risen", "until"),
    [
        ({"kind": "days", "days": 30}, "2024-01-31", "2024-03-01"),
        ({"kind": "months", "months": 1}, "2024-01-31", "2024-02-29"),
        ({"kind": "calendar", "unit": "quarter"}, "2024-03-31", "2024-03-31"),
        ({"kind": "calendar", "unit": "quarter", "ahead": 1}, "2024-03-31", "2024-06-30"),
        ({"kind": "calendar", "unit": "half"}, "2024-07-01", "2024-12-31"),
        ({"kind": "membership_year"}, "2024-01-09", "2024-01-09"),
        ({"kind": "membership_year"}, "2024-01-10", "2025-01-09"),
        (FOR_EVER, "2024-01-31", None),
    ],
)
def test_until_when_a_level_holds(validity, risen, until) -> None:
    story = a_story(validity=validity)

    story.earns(risen, 1_000)

    assert story.history == [(risen, "promoted", "b", until)]


def test_a_day_that_the_clocks_change_on_ends_at_its_own_midnight() -> None:
    scheme = a_scheme(LEVELS, metric="growth", window=YEAR, validity={"kind": "days", "days": 1})
    story = Story(scheme, zone=ZoneInfo("Europe/London"))

    story.earns("2024-03-30", 1_000)

    # Summer time begins on 31 March: the level ends at midnight there, 23 o'clock in UTC.
    assert story.standing.valid_until == datetime(2024, 3, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "levels", "faults"),
    [
        ({}, LEVELS, []),
        ({}, [], [("no_levels", None)]),
        ({}, [Level(1, "a", 5)], [("first_not_zero", "a")]),
        ({}, [Level(1, "a", 0), Level(2, "a", 7)], [("level_twice", "a")]),
        ({}, [Level(1, "a", 0), Level(2, "b", 7), Level(3, "c", 7)], [("not_ascending", "c")]),
        ({}, [Level(1, "a", 0), Level(2, "b", 7, keep_threshold=8)], [("keep_above_reach", "b")]),
        ({"grace_days": 5}, LEVELS, [("grace_needs_end", None)]),
        ({"grace_days": 5, "validity": {"kind": "days", "days": 4}}, LEVELS, [("grace_too_long", None)]),
        ({"metric": "custom"}, LEVELS, [("custom_without_currency", None)]),
        ({"custom_currency": "stars"}, LEVELS, [("currency_without_custom", None)]),
        ({"keep": {"criteria": [{"metric": "visits"}]}}, LEVELS, [("keep_without_level", None)]),
        (
            {"keep": {"criteria": [{"metric": "visits", "thresholds": {"b": 1, "x": 2}}]}},
            LEVELS,
            [("keep_names_unknown_level", "x"), ("keep_without_level", "c")],
        ),
        ({"demote": "deduct"}, LEVELS[:1], [("deduct_needs_account", None)]),
        (
            {"demote": "deduct", "window": {"kind": "lifetime"}, "validity": {"kind": "months", "months": 12}},
            [Level(1, "a", 0), Level(2, "b", 7), Level(3, "c", 9, deduct=10)],
            [("deduct_needs_amounts", "b"), ("deduct_above_threshold", "c")],
        ),
    ],
)
def test_a_scheme_that_cannot_be_is_found_out(changes, levels, faults) -> None:
    parameters = read_parameters({"metric": "growth", "window": YEAR, "money": "CNY", **changes})

    assert [(finding.fault, finding.level) for finding in find_faults(parameters, levels)] == faults


@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": "likes"},
        {"window": {"kind": "rolling"}},
        {"window": {"kind": "rolling", "days": 0}},
        {"window": {"kind": "calendar", "unit": "decade"}},
        {"validity": {"kind": "months", "months": "3"}},
        {"keep": {"criteria": []}},
        {"grace_days": -1},
        {"colour": "red"},
    ],
)
def test_parameters_that_mean_nothing_are_not_read(wrong) -> None:
    with pytest.raises(ValidationError):
        read_parameters({"metric": "growth", "window": YEAR, "money": "CNY", **wrong})
