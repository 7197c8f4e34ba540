"""Why a coupon may not be used by itself."""

import json
from datetime import timedelta
from typing import Any

import pytest

from shuke.loyalty.coupons.rules import Held, read_promise, why_not_here, why_unusable
from shuke.loyalty.coupons.tests.drawing import AT, cart, held, item
from shuke.platform.conditions import fact_key

TEN = {"kind": "amount_off", "off_minor": 1_000}
BOUGHT = cart(item(1, 5_000, "1", "tea", category="tea"), store="xidan", tier="gold")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({}, None),
        ({"scope": {"stores": ["xidan", "far"]}}, None),
        ({"scope": {"stores": ["far"]}}, "store"),
        ({"scope": {"sources": ["mall"]}}, "source"),
        ({"scope": {"sources": ["till"]}}, None),
        ({"scope": {"tiers": ["diamond"]}}, "tier"),
        ({"scope": {"tiers": ["gold"]}}, None),
        ({"scope": {"products": ["cup"]}}, "nothing_eligible"),
        ({"scope": {"products": ["cup"], "categories": ["tea"]}}, None),
        ({"scope": {"categories": ["tea"], "not_products": ["tea"]}}, "nothing_eligible"),
        ({"scope": {"brands": ["x"]}}, "nothing_eligible"),
        ({"threshold": {"least": 5_001}}, "threshold"),
        ({"threshold": {"least": 5_000}}, None),
        # It is Sunday, 18:00, in the shop.
        ({"validity": {"weekdays": [1, 2, 3, 4, 5]}}, "weekday"),
        ({"validity": {"weekdays": [7]}}, None),
        ({"validity": {"hours": ["09:00-18:00"]}}, "hour"),
        ({"validity": {"hours": ["09:00-11:00", "18:00-18:01"]}}, None),
        ({"validity": {"hours": ["18:00-02:00"]}}, None),
        ({"discount": {"kind": "free_shipping"}}, "nothing_eligible"),
        ({"discount": {"kind": "gift", "products": ["cup"]}}, "nothing_eligible"),
        ({"discount": {"kind": "fixed_price", "price_minor": 5_000}}, "no_effect"),
        ({"discount": {"kind": "steps", "steps": [{"from_minor": 9_000, "off_minor": 1}]}}, "threshold"),
    ],
)
def test_why_not(parts: dict[str, Any], why: str | None):
    discount = parts.pop("discount", TEN)
    refused = why_unusable(held(1, discount, **parts), BOUGHT)
    assert (refused and refused.why) == why


@pytest.mark.parametrize(
    ("begins", "ends", "why"), [(0, 1, None), (-1, 0, "over"), (1, 2, "not_yet"), (-1, None, None)]
)
def test_it_begins_with_its_first_instant_and_ends_before_its_last(begins: int, ends: int | None, why: str | None):
    over = AT + timedelta(microseconds=ends) if ends is not None else None
    coupon = Held(1, 1, "C", held(1, TEN).promise, AT + timedelta(microseconds=begins), over)
    refused = why_not_here(coupon, BOUGHT)
    assert (refused and refused.why) == why


def test_what_is_missing_is_told():
    refused = why_unusable(held(1, TEN, threshold={"counts": "pieces", "least": 3}), BOUGHT)
    assert refused
    assert refused.facts == {"counts": "pieces", "least": 3, "found": 1}


def test_a_till_without_a_cart_asks_for_time_place_and_member_only():
    assert why_not_here(held(1, TEN, threshold={"least": 10**9}, scope={"products": ["cup"]}), cart()) is None


def with_condition(field: str, operator: str, value: Any, **more: Any) -> str:
    rule = {"field": field, "operator": operator, "value": value, **more}
    return json.dumps({"discount": TEN, "scope": {"members": {"combinator": "and", "rules": [rule]}}})


def asked(stored: str) -> Held:
    promise = read_promise(1, 1, "template", stored)
    return Held(1, 1, "C", promise, AT, None)


def test_a_condition_of_the_member_is_asked():
    stored = with_condition("member.tier", "!=", "gold")
    for facts, why in (
        ({fact_key("member.tier"): "gold"}, "member"),
        ({fact_key("member.tier"): "silver"}, None),
        # A guest: nothing is known.
        ({}, "member"),
    ):
        refused = why_not_here(asked(stored), cart(facts=facts))
        assert (refused and refused.why) == why


def test_a_condition_that_cannot_be_read_holds_for_nobody():
    stored = with_condition("member.gone", "=", 1)
    refused = why_not_here(asked(stored), cart(facts={fact_key("member.gone"): 1}))
    assert refused
    assert refused.why == "member"


def test_a_condition_about_a_custom_field_is_read_without_a_database():
    stored = with_condition("member.custom.skin", "=", "dry", type="text")
    promise = read_promise(1, 1, "template", stored)
    assert promise.members
    ((name, _),) = promise.members.needs
    assert name == "member.custom.skin"
    assert why_not_here(asked(stored), cart(facts={fact_key(name): "dry"})) is None
    assert why_not_here(asked(stored), cart(facts={fact_key(name): "oily"}))
