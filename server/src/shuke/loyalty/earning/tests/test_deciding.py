"""Which rules speak, in which order, and what they say about it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shuke.loyalty.earning.rules import Room, compiled, decide, in_force, unmatched
from shuke.loyalty.earning.rules.kinds.tier_multiplier import TIER
from shuke.loyalty.earning.testing import a_subject, a_version, amounts, an_item, fixed, per_amount, when

TEA = an_item(6_000, 1, 3, product="TEA", category="drinks")
CUP = an_item(4_000, 2, 1, product="CUP", category="ware")
ORDER = a_subject(TEA, CUP)
GOLD = a_subject(TEA, CUP, facts={TIER: "gold"})


def why(decision: Any) -> dict[str, str]:
    return {one["rule"]: one["why"] for one in decision.passed_over}


def test_a_plain_rule_explains_itself_in_few_words():
    decision = decide([a_version(per_amount())], a_subject(TEA, CUP, left_out_minor=800))

    assert decision.grants[0].explanation == {
        "eligible_minor": 10_000,
        "left_out_minor": 800,
        "money": "CNY",
        "rate": {"points": 1, "per_minor": 100},
        "rounding": "down",
        "outcome": 100,
    }
    assert list(decision.grants[0].explanation)[-1] == "outcome"


def test_what_points_and_coupons_paid_earns_nothing():
    paid = replace(TEA, points_minor=1_000, coupon_minor=500)

    decision = decide([a_version(per_amount())], a_subject(paid, CUP))

    (grant,) = decision.grants
    assert grant.amount == 85
    told = grant.explanation
    assert (told["eligible_minor"], told["paid_by_points_minor"], told["paid_by_coupons_minor"]) == (8_500, 1_000, 500)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [({"earns_on_points": True}, 95), ({"earns_on_coupons": True}, 90)],
)
def test_unless_the_rule_says_that_it_does(choice: dict[str, Any], expected: int):
    paid = replace(TEA, points_minor=1_000, coupon_minor=500)

    assert decide([a_version(per_amount(), **choice)], a_subject(paid, CUP)).grants[0].amount == expected


def test_an_order_paid_with_points_alone_earns_no_fixed_points():
    paid = replace(TEA, points_minor=6_000)

    decision = decide([a_version(fixed(50))], a_subject(paid))

    assert decision.grants == []
    assert why(decision) == {"rule-1": "nothing"}


SCHEDULES: list[tuple[dict[str, Any], bool]] = [
    ({"from": "2026-03-02"}, True),
    ({"from": "2026-03-03"}, False),
    ({"until": "2026-03-02"}, True),
    ({"until": "2026-03-01"}, False),
    ({"weekdays": [1]}, True),
    ({"weekdays": [2, 3]}, False),
    ({"hours": [20]}, True),
    ({"hours": [12]}, False),
    ({"from": "2026-03-01", "until": "2026-03-31", "weekdays": [1], "hours": [19, 20]}, True),
]


@pytest.mark.parametrize(("schedule", "holds"), SCHEDULES)
def test_a_schedule_is_in_the_shops_days_and_hours(schedule: dict[str, Any], holds: bool):
    decision = decide([a_version(fixed(5), schedule=schedule)], ORDER)

    assert (len(decision.grants), why(decision)) == ((1, {}) if holds else (0, {"rule-1": "schedule"}))


def test_the_hour_is_the_zones_also_when_clocks_change():
    # 2026-03-29 at 01:30 UTC clocks in Berlin have just gone from 02:00 to 03:00.
    subject = replace(ORDER, at=datetime(2026, 3, 29, 1, 30, tzinfo=UTC), day=date(2026, 3, 29))
    berlin = replace(subject, zone=ZoneInfo("Europe/Berlin"))

    assert len(decide([a_version(fixed(5), schedule={"hours": [3]})], berlin).grants) == 1
    assert len(decide([a_version(fixed(5), schedule={"hours": [2]})], berlin).grants) == 0


def test_other_activities_and_events_are_not_even_passed_over():
    rules = [
        a_version(fixed(1), activity="sign_up"),
        a_version(fixed(2), rule_id=2, activity="custom", event="quiz"),
        a_version(fixed(3), rule_id=3, activity="custom", event="visit"),
    ]

    signed_up = decide(rules, a_subject(activity="sign_up"))
    visited = decide(rules, a_subject(activity="custom", event="visit"))

    assert amounts(signed_up.grants) == {("rule-1", "points"): 1}
    assert amounts(visited.grants) == {("rule-3", "points"): 3}
    assert signed_up.passed_over == visited.passed_over == []
    assert signed_up.grants[0].explanation == {
        "activity": "sign_up",
        "outcome": 1,
        "kinds": ["fixed"],
        "branch": 1,
    }


def test_an_audience_decides_who_may_earn():
    rule = a_version(fixed(5), audience=when("member.tier", "gold"))

    assert amounts(decide([rule], GOLD).grants) == {("rule-1", "points"): 5}
    assert why(decide([rule], ORDER)) == {"rule-1": "audience"}
    assert rule.needs == {TIER}
    assert not rule.judges_lines


def test_the_first_branch_that_matches_is_the_only_one():
    rule = a_version(
        branches=[
            {"when": when("order.amount", 20_000, ">="), "effects": [fixed(50)]},
            {"when": when("order.amount", 5_000, ">="), "effects": [fixed(20)]},
            {"effects": [fixed(1)]},
        ]
    )

    given = [decide([rule], a_subject(an_item(amount))).grants[0] for amount in (25_000, 20_000, 5_000, 4_999)]

    assert [(grant.amount, grant.explanation["branch"]) for grant in given] == [(50, 1), (50, 1), (20, 2), (1, 3)]
    assert rule.needs == frozenset()


def test_where_no_branch_matches_the_rule_is_passed_over():
    rule = a_version(branches=[{"when": when("order.amount", 20_000, ">="), "effects": [fixed(50)]}])

    assert why(decide([rule], ORDER)) == {"rule-1": "branches"}


def test_a_condition_about_lines_lets_only_these_lines_earn():
    rule = a_version(branches=[{"when": when("line.category", "drinks"), "effects": [per_amount(2)]}])

    (grant,) = decide([rule], ORDER).grants

    assert rule.judges_lines
    assert grant.amount == 120
    assert grant.explanation["eligible_minor"] == 6_000
    assert grant.explanation["lines"] == [
        {"line_no": 1, "product": "TEA", "gross_minor": 6_000, "eligible_minor": 6_000},
        {"line_no": 2, "product": "CUP", "gross_minor": 4_000, "eligible_minor": 0, "why": "not_matching"},
    ]


def test_lines_say_what_points_and_coupons_paid_of_them():
    paid = replace(TEA, points_minor=1_000, coupon_minor=500)
    rule = a_version(branches=[{"when": when("line.product", "TEA"), "effects": [per_amount()]}])

    (grant,) = decide([rule], a_subject(paid)).grants

    assert grant.explanation["lines"] == [
        {
            "line_no": 1,
            "product": "TEA",
            "gross_minor": 6_000,
            "points_minor": 1_000,
            "coupon_minor": 500,
            "eligible_minor": 4_500,
        }
    ]


def test_effects_of_one_currency_are_one_grant_with_its_parts():
    rule = a_version(per_amount(), fixed(7), fixed(3, "growth"))

    decision = decide([rule], ORDER)

    assert amounts(decision.grants) == {("rule-1", "points"): 107, ("rule-1", "growth"): 3}
    assert decision.grants[0].explanation["parts"] == [
        {"kind": "per_amount", "amount": 100, "rate": {"points": 1, "per_minor": 100}, "rounding": "down"},
        {"kind": "fixed", "amount": 7},
    ]


def test_of_a_group_only_the_first_by_priority_gives():
    low = a_version(fixed(1), group="spring", priority=1)
    high = a_version(fixed(2), rule_id=2, group="spring", priority=9)
    other = a_version(fixed(4), rule_id=3, group="autumn")

    decision = decide([low, high, other], ORDER)

    assert amounts(decision.grants) == {("rule-2", "points"): 2, ("rule-3", "points"): 4}
    assert decision.passed_over == [{"rule": "rule-1", "version": 1, "why": "group", "by": "rule-2"}]


def test_a_rule_that_gives_nothing_leaves_its_group_to_the_next():
    high = a_version({"kind": "steps", "steps": [{"from_minor": 99_999, "points": 5}]}, group="g", priority=9)
    low = a_version(fixed(1), rule_id=2, group="g")

    assert amounts(decide([low, high], ORDER).grants) == {("rule-2", "points"): 1}


def test_after_a_stop_nobody_is_asked():
    first = a_version(fixed(1), priority=9)
    stopping = a_version(fixed(2), rule_id=2, priority=5, stop=True)
    last = a_version(fixed(4), rule_id=3)

    decision = decide([last, stopping, first], ORDER)

    assert [grant.version.rule_id for grant in decision.grants] == [1, 2]
    assert decision.passed_over == [{"rule": "rule-3", "version": 1, "why": "stopped", "by": "rule-2"}]


def test_a_rule_that_gives_nothing_stops_nobody():
    stopping = a_version(fixed(2), priority=5, stop=True, audience=when("member.tier", "gold"))
    last = a_version(fixed(4), rule_id=2)

    assert amounts(decide([stopping, last], ORDER).grants) == {("rule-2", "points"): 4}


def test_multipliers_add_to_the_base_and_not_to_one_another():
    rules = [
        a_version(per_amount()),
        a_version(fixed(20), rule_id=2),
        a_version({"kind": "multiplier", "factor": 2}, rule_id=3, priority=10),
        a_version({"kind": "multiplier", "factor": 1.5}, rule_id=4, priority=20),
        a_version({"kind": "multiplier", "factor": 3, "currency": "growth"}, rule_id=5),
    ]

    decision = decide(rules, ORDER)

    assert amounts(decision.grants) == {
        ("rule-1", "points"): 100,
        ("rule-2", "points"): 20,
        ("rule-4", "points"): 60,
        ("rule-3", "points"): 120,
    }
    assert why(decision) == {"rule-5": "nothing"}
    assert decision.grants[-1].explanation == {
        "kinds": ["multiplier"],
        "branch": 1,
        "factor": "2",
        "factor_rounding": "down",
        "base": 120,
        "base_rules": {"rule-1": 100, "rule-2": 20},
        "outcome": 120,
    }


def test_a_multiplier_with_nothing_to_raise_leaves_its_group_to_the_next():
    idle = a_version({"kind": "multiplier", "factor": 2}, group="g", priority=9)
    giving = a_version(fixed(5), rule_id=2, group="g")

    decision = decide([idle, giving], ORDER)

    assert amounts(decision.grants) == {("rule-2", "points"): 5}
    assert why(decision) == {"rule-1": "nothing"}


def test_a_multiplier_raises_what_caps_left_and_names_them_where_they_left_nothing():
    cap = {"counts": "amount", "period": "day", "limit": 60, "mode": "truncate"}
    rules = [a_version(per_amount(), caps=[cap]), a_version({"kind": "multiplier", "factor": 2}, rule_id=2)]
    room = Room()

    first, second = (decide(rules, ORDER, room) for _ in range(2))

    assert amounts(first.grants) == {("rule-1", "points"): 60, ("rule-2", "points"): 60}
    assert [grant.entitled for grant in first.grants] == [100, 100]
    assert second.grants == []
    told = {one["rule"]: (one["why"], one["currency"], one["entitled"], one["cuts"]) for one in second.passed_over}
    cuts = [{"of": "cap", **cap, "left": 0}]
    assert told == {"rule-1": ("cap", "points", 100, cuts), "rule-2": ("nothing", "points", 100, cuts)}


def test_of_each_rule_the_newest_version_in_force_holds():
    def at(day: int) -> datetime:
        return datetime(2026, 3, day, tzinfo=UTC)

    first = a_version(fixed(1))
    second = replace(a_version(fixed(2), version=2), effective_from=at(10), published_at=at(5))

    def holding(day: int, known: int | None = None) -> list[int]:
        return [one.version for one in in_force([first, second], at(day), at(known) if known else None)]

    assert (holding(9), holding(10)) == ([1], [2])
    # An order of the tenth that came on the fourth, when the second version was not yet known.
    assert (holding(12, 4), holding(12, 5)) == ([1], [2])


def test_a_retired_rule_holds_until_its_end_and_is_not_replaced_by_its_past():
    def at(day: int) -> datetime:
        return datetime(2026, 3, day, tzinfo=UTC)

    first = a_version(fixed(1))
    second = replace(a_version(fixed(2), version=2), effective_from=at(1), effective_until=at(20), retired_at=at(15))

    def holding(day: int, known: int | None = None) -> list[int]:
        return [one.version for one in in_force([first, second], at(day), at(known) if known else None)]

    assert (holding(19), holding(20), holding(25)) == ([2], [], [])
    assert (holding(25, 14), holding(25, 15)) == ([2], [])


def test_goods_of_an_unknown_order_are_worth_what_each_amount_is_worth():
    rules = [
        a_version(per_amount()),
        a_version(per_amount(2, currency="growth"), rule_id=2),
        a_version(fixed(50), rule_id=3),
        a_version(per_amount(5), rule_id=4, audience=when("member.tier", "gold")),
        a_version(per_amount(5), rule_id=5, schedule={"weekdays": [1]}),
        a_version(rule_id=6, branches=[{"when": when("order.amount", 1, ">"), "effects": [per_amount(7)]}]),
        a_version({"kind": "multiplier", "factor": 2}, rule_id=7),
    ]

    assert unmatched(rules, 1_050) == {"points": 10, "growth": 21}
    assert unmatched(rules, 0) == {"points": 0, "growth": 0}


def test_what_a_published_condition_asks_for_may_be_gone_and_then_it_holds_for_nobody():
    definition = {"audience": when("member.custom.gone", "x"), "branches": [{"effects": [fixed(5)]}]}

    rule = replace(a_version(fixed(5)), rule=compiled(definition))

    assert why(decide([rule], ORDER)) == {"rule-1": "audience"}


def test_a_definition_is_compiled_once():
    definition = {"branches": [{"effects": [per_amount(3)]}]}

    assert compiled(definition) is compiled(dict(definition))
    assert compiled(definition) is not compiled({"branches": [{"effects": [per_amount(4)]}]})
