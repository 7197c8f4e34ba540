"""What holds for every scheme and every member: judging again, in steps, on floors, and in any order of a day."""

from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from shuke.loyalty.tiers.rules import Level, Parameters, Scheme, find_faults, judge_again, judge_due, look_back
from shuke.loyalty.tiers.rules.windows import year_end, year_start
from shuke.platform import clock

from .story import SHANGHAI, Story, a_scheme

FIRST = date(2023, 1, 1)
DAYS = 900
_WINDOWS = some.one_of(
    some.just({"kind": "lifetime"}),
    some.sampled_from(["month", "quarter", "year"]).map(lambda unit: {"kind": "calendar", "unit": unit}),
    some.sampled_from(["membership_year", "tier_year", "since_change"]).map(lambda kind: {"kind": kind}),
    some.integers(1, 400).map(lambda days: {"kind": "rolling", "days": days}),
)
_VALIDITIES = some.one_of(
    some.just({"kind": "forever"}),
    some.integers(5, 400).map(lambda days: {"kind": "days", "days": days}),
    some.integers(1, 14).map(lambda months: {"kind": "months", "months": months}),
    some.builds(
        lambda unit, ahead: {"kind": "calendar", "unit": unit, "ahead": ahead},
        some.sampled_from(["quarter", "half", "year"]),
        some.integers(0, 1),
    ),
    some.integers(0, 1).map(lambda ahead: {"kind": "membership_year", "ahead": ahead}),
)
_KEEPS = some.one_of(
    some.none(),
    some.builds(
        lambda join, window, first: {
            "join": join,
            "criteria": [{"window": window}, {"metric": "order_count", "thresholds": {"b": first, "c": first + 2}}],
        },
        some.sampled_from(["and", "or"]),
        _WINDOWS,
        some.integers(0, 4),
    ),
)


@some.composite
def schemes(draw: Any) -> Scheme:
    """Any scheme that can be published, of three levels."""
    demote = draw(some.sampled_from(["never", "one_level", "recompute", "deduct"]))
    deducts = demote == "deduct"
    validity = draw(_VALIDITIES)
    given_days = 0 if validity["kind"] == "forever" else draw(some.sampled_from([0, 0, 3, 30]))
    parameters = {
        "metric": "growth" if deducts else draw(some.sampled_from(["growth", "net_spend"])),
        "window": {"kind": "lifetime"} if deducts else draw(_WINDOWS),
        "promote": draw(some.sampled_from(["immediate", "nightly", "next_period"])),
        "validity": validity,
        "demote": demote,
        "grace_days": given_days,
        "on_refund": draw(some.sampled_from(["never", "now", "period_end"])),
    }
    keep = draw(_KEEPS)
    scheme = a_scheme(
        [
            Level(1, "a", 0),
            Level(
                2, "b", 100, draw(some.sampled_from([None, 60])), 40 if deducts else 0, is_floor=draw(some.booleans())
            ),
            Level(3, "c", 300, draw(some.sampled_from([None, 200])), 90 if deducts else 0),
        ],
        **parameters,
        **({"keep": keep} if keep else {}),
    )
    assume(find_faults(scheme.parameters, scheme.levels) == [])
    return scheme


ACTS = some.lists(
    some.tuples(
        some.integers(0, DAYS), some.sampled_from(["order", "order", "order", "refund"]), some.integers(1, 250)
    ),
    max_size=12,
)


def lived(scheme: Scheme, acts: list[tuple[int, str, int]]) -> Story:
    """A member to whom some things happened. A refund gives back the newest order's figure, or half of it."""
    story = Story(scheme, joined="2022-02-28")
    bought: list[tuple[str, int]] = []
    for offset, kind, amount in sorted(acts, key=lambda act: act[0]):
        on = (FIRST + timedelta(days=offset)).isoformat()
        if kind == "order":
            story.comes_to(on)
            story.measures.add("order_count", date.fromisoformat(on), 1)
            story.earns(on, amount)
            bought.append((on, amount))
        elif bought:
            of, brought = bought.pop()
            story.gives_back(on, min(brought, amount), of=of)
    return story


def noon(offset: int) -> datetime:
    """Noon of a day after the first."""
    return datetime.combine(FIRST + timedelta(days=offset), time(12), SHANGHAI).astimezone(UTC)


def where(story: Story) -> tuple[Any, ...]:
    """Everything about a standing."""
    return story.standing, story.measures


@settings(max_examples=100)
@given(schemes(), ACTS, some.integers(0, 1500))
def test_judging_twice_changes_nothing(scheme, acts, later):
    story = lived(scheme, acts)
    until = noon(DAYS + later)

    judge_due(story.standing, scheme, story.measures, until, SHANGHAI)
    once = deepcopy(where(story))
    judge_due(story.standing, scheme, story.measures, until, SHANGHAI)

    assert where(story) == once


@settings(max_examples=100)
@given(schemes(), ACTS, some.integers(0, 800), some.integers(0, 800))
def test_judging_in_two_steps_is_judging_in_one(scheme, acts, first, second):
    once, twice = lived(scheme, acts), lived(scheme, acts)

    judge_due(once.standing, scheme, once.measures, noon(DAYS + first + second), SHANGHAI)
    judge_due(twice.standing, scheme, twice.measures, noon(DAYS + first), SHANGHAI)
    judge_due(twice.standing, scheme, twice.measures, noon(DAYS + first + second), SHANGHAI)

    assert where(twice) == where(once)


@settings(max_examples=100)
@given(schemes(), ACTS)
def test_nobody_falls_below_a_floor_that_they_reached(scheme, acts):
    story = lived(scheme, acts)
    judge_due(story.standing, scheme, story.measures, noon(DAYS + 1500), SHANGHAI)
    ranks = [change.to_rank for change in story.standing.changes]

    if scheme.levels[1].is_floor:
        reached = next((place for place, rank in enumerate(ranks) if rank >= 2), len(ranks))
        assert min(ranks[reached:], default=2) >= 2
    assert all(1 <= rank <= 3 for rank in ranks)
    if scheme.parameters.demote == "never" and scheme.parameters.on_refund == "never":
        assert ranks == sorted(ranks)


@settings(max_examples=100)
@given(schemes(), ACTS, some.lists(some.integers(1, 250), min_size=2, max_size=4), some.randoms())
def test_the_order_of_what_one_day_brings_does_not_matter(scheme, acts, amounts, chance):
    shuffled = list(amounts)
    chance.shuffle(shuffled)
    on = (FIRST + timedelta(days=DAYS + 1)).isoformat()
    stories = [lived(scheme, acts) for _ in range(2)]

    for story, figures in zip(stories, (amounts, shuffled), strict=True):
        for figure in figures:
            story.earns(on, figure)
        judge_due(story.standing, scheme, story.measures, noon(DAYS + 900), SHANGHAI)

    one, other = (
        (story.standing.rank, story.standing.valid_until, story.standing.period_from, story.measures)
        for story in stories
    )
    assert one == other


@settings(max_examples=100)
@given(schemes(), ACTS, some.integers(1, 400))
def test_what_lies_before_the_look_back_is_not_needed(scheme, acts, later):
    story = lived(scheme, acts)
    on = FIRST + timedelta(days=DAYS + later)
    first = look_back(scheme, story.standing, story.measures.joined_on, on, SHANGHAI)
    known = deepcopy(story)
    for days in known.measures.by_day.values():
        for forgotten in [one for one in days if one < first]:
            del days[forgotten]

    for each in (story, known):
        each.gives_back(on.isoformat(), 1, of=on.isoformat())
        each.earns(on.isoformat(), 70)
        each.gives_back(on.isoformat(), 70, of=on.isoformat())

    assert known.standing == story.standing


@settings(max_examples=100)
@given(schemes(), schemes(), ACTS)
def test_judging_by_another_scheme_twice_on_one_day_changes_nothing(scheme, other, acts):
    story = lived(scheme, acts)
    judge_due(story.standing, scheme, story.measures, noon(DAYS), SHANGHAI)

    judge_again(story.standing, other, story.measures, noon(DAYS), SHANGHAI)
    once = deepcopy(where(story))
    judge_again(story.standing, other, story.measures, noon(DAYS), SHANGHAI)

    assert where(story) == once


@settings(max_examples=100)
@given(schemes())
def test_parameters_survive_being_stored(scheme):
    stored = scheme.parameters.model_dump(mode="json", exclude_none=True)

    assert Parameters.model_validate(stored) == scheme.parameters


@given(some.dates(date(2000, 1, 1), date(2050, 12, 31)), some.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_every_day_lies_in_exactly_one_membership_year(joined, day):
    start, end = year_start(joined, day), year_end(joined, day)

    assert start <= day <= end
    assert year_start(joined, end + timedelta(days=1)) == end + timedelta(days=1)
    assert (start.month, start.day) in {(joined.month, joined.day), (2, 28)}
    assert clock.add_months(start, 12) - timedelta(days=1) <= end
