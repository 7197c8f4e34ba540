"""What contradicts itself in terms and stacking is named by its place."""

from typing import Any

import pytest

from shuke.loyalty.coupons.rules import Stacking, check_stacking, check_terms
from shuke.loyalty.coupons.tests.drawing import group, terms

TEN = {"kind": "amount_off", "off_minor": 1_000}
EACH = {"kind": "amount_off", "off_minor": 1_000, "repeats": True}


def steps(*pairs: tuple[int, int]) -> dict[str, Any]:
    return {"kind": "steps", "steps": [{"from_minor": least, "off_minor": off} for least, off in pairs]}


@pytest.mark.parametrize(
    ("discount", "parts", "pointers"),
    [
        (TEN, {}, []),
        (EACH, {"threshold": {"least": 100}}, []),
        (EACH, {}, ["/discount/repeats"]),
        (EACH, {"threshold": {"least": 2, "counts": "pieces"}}, ["/discount/repeats"]),
        ({**EACH, "most_minor": 999}, {"threshold": {"least": 100}}, ["/discount/most_minor"]),
        (steps((100, 10), (200, 30)), {}, []),
        (steps((100, 10), (100, 30)), {}, ["/discount/steps/1/from_minor"]),
        (steps((100, 30), (200, 30)), {}, ["/discount/steps/1/off_minor"]),
        (steps((100, 10), (200, 30)), {"threshold": {"least": 150}}, ["/discount/steps/0/from_minor"]),
        (steps((100, 10), (200, 30)), {"threshold": {"least": 3, "counts": "pieces"}}, []),
        (TEN, {"scope": {"products": ["a", "b"], "not_products": ["b"]}}, ["/scope/not_products"]),
        (TEN, {"scope": {"categories": ["a"], "not_categories": ["a"]}}, ["/scope/not_categories"]),
        (TEN, {"scope": {"brands": ["a"], "not_brands": ["a"]}}, ["/scope/not_brands"]),
        (TEN, {"validity": {"first_day": "2026-03-01"}}, ["/validity/first_day"]),
        (TEN, {"validity": {"kind": "fixed"}}, ["/validity/first_day"]),
        (
            TEN,
            {"validity": {"kind": "fixed", "first_day": "2026-03-02", "last_day": "2026-03-01"}},
            ["/validity/last_day"],
        ),
        (TEN, {"validity": {"kind": "fixed", "last_day": "9999-12-31"}}, ["/validity/last_day"]),
        # A Monday and a Tuesday.
        (
            TEN,
            {"validity": {"kind": "fixed", "first_day": "2026-03-02", "last_day": "2026-03-03", "weekdays": [6, 7]}},
            ["/validity/weekdays"],
        ),
        (
            TEN,
            {"validity": {"kind": "fixed", "first_day": "2026-03-02", "last_day": "2026-03-03", "weekdays": [2]}},
            [],
        ),
        (TEN, {"validity": {"weekdays": [1, 1]}}, ["/validity/weekdays"]),
        (TEN, {"validity": {"hours": ["09:00-10:00", "09:00-09:00"]}}, ["/validity/hours/1"]),
        (TEN, {"on_refund": {"whole": "give_back", "grace_days": 3}}, []),
        (TEN, {"on_refund": {"grace_days": 3}}, ["/on_refund/grace_days"]),
        (TEN, {"on_refund": {"whole": "lost", "part": "give_back"}}, ["/on_refund/part"]),
        (TEN, {"texts": {"pictures": ["https://a/b.png", "javascript:x"]}}, ["/texts/pictures/1"]),
    ],
)
def test_terms(discount: dict[str, Any], parts: dict[str, Any], pointers: list[str]):
    found = check_terms(terms(discount, **parts), "zh")
    assert [field.pointer for field in found] == pointers
    assert all(field.detail.endswith("。") for field in found)
    assert [field.pointer for field in check_terms(terms(discount, **parts))] == pointers


@pytest.mark.parametrize(
    ("parts", "pointers"),
    [
        ({}, []),
        ({"never": (("a", "b"),)}, []),
        ({"never": (("a", "c"),)}, ["/never/0"]),
        ({"never": (("a", "b"), ("a", "a"))}, ["/never/1"]),
        ({"never": (("a", "b"),), "always": (("b", "a"),)}, ["/always/0"]),
        ({"groups": (group("a"), group("b"), group("a"))}, ["/groups/2/category"]),
    ],
)
def test_stacking(parts: dict[str, Any], pointers: list[str]):
    stacking = Stacking.model_validate({"groups": (group("a"), group("b"))} | parts)
    assert [field.pointer for field in check_stacking(stacking)] == pointers


def test_what_is_wrong_is_told_in_both_languages():
    stacking = Stacking(groups=(group("a"),), never=(("a", "b"),))
    assert check_stacking(stacking, "zh")[0].detail == "没有分组“b”。"
    assert check_stacking(stacking, "en")[0].detail == "There is no group b."
