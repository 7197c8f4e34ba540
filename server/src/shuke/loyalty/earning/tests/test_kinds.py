"""Golden examples of each kind of effect."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from shuke.loyalty.earning.rules import decide, kinds, read_definition
from shuke.loyalty.earning.rules.kinds.birthday_multiplier import BIRTHDAY
from shuke.loyalty.earning.rules.kinds.bonus import PAYMENTS, STORE
from shuke.loyalty.earning.rules.kinds.first_purchase import ORDER_NO
from shuke.loyalty.earning.rules.kinds.tier_multiplier import TIER
from shuke.loyalty.earning.rules.subject import Subject
from shuke.loyalty.earning.testing import a_subject, a_version, an_item, fixed, per_amount

TEA = an_item(6_000, 1, 3, product="TEA", category="drinks", brand="Lu")
CUP = an_item(4_050, 2, 1, product="CUP", category="ware", brand="Qi")
ORDER = a_subject(TEA, CUP)
SATURDAY_MORNING = a_subject(TEA, at=datetime(2026, 3, 7, 1, 30, tzinfo=UTC), day=date(2026, 3, 7))


def spent(amount_minor: int) -> Subject:
    return a_subject(an_item(amount_minor))


def nth(order_no: int | None) -> Subject:
    return a_subject(TEA, facts={ORDER_NO: order_no})


STEPS = [{"from_minor": 10_000, "points": 20}, {"from_minor": 30_000, "points": 80}]

GOLDEN: list[tuple[str, dict[str, Any], Subject, int]] = [
    ("per amount rounds the sum down", per_amount(), ORDER, 100),
    ("per amount rounds up", per_amount(rounding="up"), ORDER, 101),
    ("per amount rounds halves up", per_amount(rounding="half_up"), ORDER, 101),
    ("per amount rounds halves to even", per_amount(rounding="half_even"), ORDER, 100),
    ("three points for every two units", per_amount(3, 200), ORDER, 150),
    ("nothing is earned on less than nothing", per_amount(), spent(-500), 0),
    ("fixed", fixed(88), ORDER, 88),
    ("fixed gives nothing on an order of nothing", fixed(88), spent(0), 0),
    ("each piece", {"kind": "per_item", "points": 2}, ORDER, 8),
    ("half pieces", {"kind": "per_item", "points": 3}, a_subject(an_item(100, 1, "1.5")), 4),
    (
        "half pieces, rounded up",
        {"kind": "per_item", "points": 3, "rounding": "up"},
        a_subject(an_item(9, 1, "1.5")),
        5,
    ),
    ("pieces that were given away", {"kind": "per_item", "points": 2}, a_subject(TEA, an_item(0, 2, 9)), 6),
    ("below the first step", {"kind": "steps", "steps": STEPS}, spent(9_999), 0),
    ("on the first step", {"kind": "steps", "steps": STEPS}, spent(10_000), 20),
    ("just below the second step", {"kind": "steps", "steps": STEPS}, spent(29_999), 20),
    ("on the second step", {"kind": "steps", "steps": STEPS}, spent(90_000), 80),
    ("a step each time", {"kind": "steps", "steps": STEPS[:1], "repeats": True}, spent(39_999), 60),
    ("first purchase", {"kind": "first_purchase", "points": 50}, nth(1), 50),
    ("second purchase is not the first", {"kind": "first_purchase", "points": 50}, nth(2), 0),
    ("third purchase", {"kind": "nth_purchase", "number": 3, "points": 30}, nth(3), 30),
    ("sixth purchase is not the third", {"kind": "nth_purchase", "number": 3, "points": 30}, nth(6), 0),
    ("every third", {"kind": "nth_purchase", "number": 3, "repeats": True, "points": 30}, nth(6), 30),
    ("between", {"kind": "nth_purchase", "number": 3, "repeats": True, "points": 30}, nth(7), 0),
    ("purchase of unknown number", {"kind": "nth_purchase", "number": 3, "points": 30}, nth(None), 0),
    ("bonus by product", {"kind": "bonus", "by": "product", "values": ["TEA"], "points": 10}, ORDER, 10),
    ("bonus without such a product", {"kind": "bonus", "by": "product", "values": ["HAT"], "points": 10}, ORDER, 0),
    (
        "bonus by category for each piece",
        {"kind": "bonus", "by": "category", "values": ["drinks"], "gives_for": "per_item", "points": 10},
        ORDER,
        30,
    ),
    (
        "bonus by brand for each amount",
        {"kind": "bonus", "by": "brand", "values": ["Qi"], "gives_for": "per_amount", "points": 2, "per_minor": 1_000},
        ORDER,
        8,
    ),
    (
        "bonus by store",
        {"kind": "bonus", "by": "store", "values": ["xidan"], "points": 9},
        a_subject(TEA, facts={STORE: "xidan"}),
        9,
    ),
    (
        "bonus in another store",
        {"kind": "bonus", "by": "store", "values": ["xidan"], "points": 9},
        a_subject(TEA, facts={STORE: "wangfujing"}),
        0,
    ),
    (
        "bonus by way to pay",
        {"kind": "bonus", "by": "payment", "values": ["card"], "points": 9},
        a_subject(TEA, facts={PAYMENTS: ["card", "cash"]}),
        9,
    ),
    ("bonus on a weekday", {"kind": "bonus", "by": "weekday", "values": [6, 7], "points": 7}, SATURDAY_MORNING, 7),
    ("not on Monday", {"kind": "bonus", "by": "weekday", "values": [6, 7], "points": 7}, ORDER, 0),
    ("bonus in an hour of the shop", {"kind": "bonus", "by": "hour", "values": [9], "points": 7}, SATURDAY_MORNING, 7),
    ("not in the evening", {"kind": "bonus", "by": "hour", "values": [9], "points": 7}, ORDER, 0),
]


@pytest.mark.parametrize(("effect", "subject", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN])
def test_an_effect_gives(effect: dict[str, Any], subject: Subject, expected: int):
    decision = decide([a_version(effect)], subject)

    assert [grant.amount for grant in decision.grants] == ([expected] if expected else [])
    assert [one["why"] for one in decision.passed_over] == ([] if expected else ["nothing"])


MULTIPLIERS: list[tuple[str, dict[str, Any], Subject, int]] = [
    ("double", {"kind": "multiplier", "factor": 2}, ORDER, 100),
    ("one and a half", {"kind": "multiplier", "factor": 1.5}, ORDER, 50),
    ("1.25 rounded down", {"kind": "multiplier", "factor": 1.25}, spent(1_000), 2),
    ("1.25 rounded up", {"kind": "multiplier", "factor": 1.25, "rounding": "up"}, spent(1_000), 3),
    (
        "gold",
        {"kind": "tier_multiplier", "factors": {"silver": 1.2, "gold": 2}},
        a_subject(TEA, CUP, facts={TIER: "gold"}),
        100,
    ),
    (
        "no tier",
        {"kind": "tier_multiplier", "factors": {"silver": 1.2, "gold": 2}},
        a_subject(TEA, CUP, facts={TIER: None}),
        0,
    ),
    (
        "birthday month",
        {"kind": "birthday_multiplier", "factor": 3},
        a_subject(TEA, CUP, facts={BIRTHDAY["month"]: True}),
        200,
    ),
    (
        "in the month, not on the day",
        {"kind": "birthday_multiplier", "factor": 3, "during": "day"},
        a_subject(TEA, CUP, facts={BIRTHDAY["month"]: True, BIRTHDAY["day"]: False}),
        0,
    ),
]


@pytest.mark.parametrize(
    ("effect", "subject", "expected"), [row[1:] for row in MULTIPLIERS], ids=[row[0] for row in MULTIPLIERS]
)
def test_a_multiplier_adds_a_grant_of_its_own(effect: dict[str, Any], subject: Subject, expected: int):
    decision = decide([a_version(per_amount()), a_version(effect, rule_id=2)], subject)

    added = [grant.amount for grant in decision.grants if grant.version.rule_id == 2]
    assert added == ([expected] if expected else [])
    assert decision.grants[0].amount == decide([a_version(per_amount())], subject).grants[0].amount


def test_a_coupon_and_a_tag_are_handed_on():
    version = a_version({"kind": "coupon", "coupon": "TEN", "count": 2}, {"kind": "tag", "tag": "tea lover"})

    decision = decide([version], ORDER)

    assert decision.grants == []
    assert [(effect.kind, dict(effect.parameters)) for effect in decision.effects] == [
        ("coupon", {"coupon": "TEN", "count": 2}),
        ("tag", {"tag": "tea lover"}),
    ]


def test_each_kind_has_labels_a_schema_and_a_golden_example():
    shown = {row[1]["kind"] for row in GOLDEN + MULTIPLIERS} | {"coupon", "tag"}

    assert {kind["kind"] for kind in kinds()} == shown
    for kind in kinds():
        assert kind["titles"]["zh"] != kind["titles"]["en"]
        for name, field in kind["schema"]["properties"].items():
            assert name == "kind" or set(field["titles"]) == {"zh", "en"}, (kind["kind"], name)


@pytest.mark.parametrize(
    "effect",
    [
        per_amount(0),
        per_amount(per_minor=0),
        {**per_amount(), "points": 1.0},
        {**per_amount(), "points": "1"},
        per_amount(more=1),
        per_amount(currency="Points!"),
        {"kind": "nothing"},
        {"kind": "multiplier", "factor": 0},
        {"kind": "multiplier", "factor": -2},
        {"kind": "multiplier", "factor": 1},
        {"kind": "multiplier", "factor": 0.5},
        {"kind": "multiplier", "factor": 1.001},
        {"kind": "multiplier", "factor": "2"},
        {"kind": "tier_multiplier", "factors": {}},
        {"kind": "steps", "steps": []},
        {"kind": "steps", "steps": STEPS[::-1]},
        {"kind": "steps", "steps": [STEPS[0], STEPS[0]]},
        {"kind": "steps", "steps": STEPS, "repeats": True},
        {"kind": "nth_purchase", "number": 1, "points": 5},
        {"kind": "bonus", "by": "weekday", "values": [9], "points": 5},
        {"kind": "bonus", "by": "weekday", "values": [0], "points": 5},
        {"kind": "bonus", "by": "hour", "values": [24], "points": 5},
        {"kind": "bonus", "by": "product", "values": [3], "points": 5},
        {"kind": "bonus", "by": "product", "values": [], "points": 5},
        {"kind": "bonus", "by": "brand", "values": ["Qi"], "gives_for": "per_amount", "points": 5},
        {"kind": "bonus", "by": "brand", "values": ["Qi"], "points": 5, "per_minor": 100},
    ],
)
def test_what_cannot_be_is_refused(effect: dict[str, Any]):
    with pytest.raises(ValidationError):
        read_definition({"branches": [{"effects": [effect]}]})
