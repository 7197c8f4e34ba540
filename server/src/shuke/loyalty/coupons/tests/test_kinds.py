"""What each kind takes off, by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from shuke.loyalty.coupons.rules import Cart, combine, why_unusable
from shuke.loyalty.coupons.tests.drawing import cart, held, item, stack

TEA = item(1, 10_000, "1", "tea")
TWO_CUPS = item(2, 5_000, "2", "cup")
POSTAGE = item(9, 1_200, product="postage", is_goods=False)


def off(bought: Cart, discount: Mapping[str, Any], **parts: Any) -> dict[int, int]:
    """What a coupon takes off by line; empty where it is not used."""
    found = combine(bought, [held(1, discount, **parts)], stack())
    return dict(found.uses[0].shares) if found.uses else {}


@pytest.mark.parametrize(
    ("discount", "threshold", "shares"),
    [
        # 30 of 150 by price: 20 and 10.
        ({"kind": "amount_off", "off_minor": 3_000}, {}, {1: 2_000, 2: 1_000}),
        # Never more than there is; postage is no goods.
        ({"kind": "amount_off", "off_minor": 99_999}, {}, {1: 10_000, 2: 5_000}),
        # 150 is one and a half times 100: once.
        ({"kind": "amount_off", "off_minor": 300, "repeats": True}, {"least": 10_000}, {1: 200, 2: 100}),
        ({"kind": "amount_off", "off_minor": 300, "repeats": True}, {"least": 5_000}, {1: 600, 2: 300}),
        (
            {"kind": "amount_off", "off_minor": 300, "repeats": True, "most_minor": 450},
            {"least": 5_000},
            {1: 300, 2: 150},
        ),
        # A threshold of pieces: three are there.
        ({"kind": "amount_off", "off_minor": 300}, {"counts": "pieces", "least": 3}, {1: 200, 2: 100}),
        ({"kind": "amount_off", "off_minor": 300}, {"counts": "pieces", "least": 4}, {}),
        ({"kind": "percent_off", "percent": 12}, {}, {1: 1_200, 2: 600}),
        ({"kind": "percent_off", "percent": 12, "most_minor": 900}, {}, {1: 600, 2: 300}),
        ({"kind": "percent_off", "percent": 100}, {}, {1: 10_000, 2: 5_000}),
        # The tea at 99 is dearer than a cup at 25: it is the first piece; with two pieces, one cup as well.
        ({"kind": "fixed_price", "price_minor": 900, "most_pieces": 1}, {}, {1: 9_100}),
        ({"kind": "fixed_price", "price_minor": 900, "most_pieces": 2}, {}, {1: 9_100, 2: 1_600}),
        ({"kind": "fixed_price", "price_minor": 900}, {}, {1: 9_100, 2: 3_200}),
        # What is cheaper than the price stays as it is.
        ({"kind": "fixed_price", "price_minor": 3_000}, {}, {1: 7_000}),
        ({"kind": "gift", "products": ["cup"]}, {}, {2: 2_500}),
        ({"kind": "gift", "products": ["cup"], "pieces": 3, "price_minor": 100}, {}, {2: 4_800}),
        # The gift itself does not count towards its threshold.
        ({"kind": "gift", "products": ["cup"]}, {"least": 10_000}, {2: 2_500}),
        ({"kind": "gift", "products": ["cup"]}, {"least": 10_001}, {}),
        ({"kind": "free_shipping"}, {}, {9: 1_200}),
        ({"kind": "free_shipping", "most_minor": 800}, {"least": 15_000}, {9: 800}),
        # Postage does not help to reach it.
        ({"kind": "free_shipping"}, {"least": 15_001, "of": "order"}, {}),
        # Tea, cup, cup: the second is a cup, the third a cup.
        ({"kind": "nth_item", "nth": 2, "percent": 50}, {}, {2: 1_250}),
        ({"kind": "nth_item", "nth": 3, "percent": 100}, {}, {2: 2_500}),
        ({"kind": "nth_item", "nth": 4, "percent": 100}, {}, {}),
    ],
)
def test_what_comes_off(discount: dict[str, Any], threshold: dict[str, Any], shares: dict[int, int]):
    assert off(cart(TEA, TWO_CUPS, POSTAGE), discount, threshold=threshold) == shares


@pytest.mark.parametrize(
    ("amount", "shares"), [(9_999, {}), (10_000, {1: 1_000}), (20_000, {1: 3_000}), (90_000, {1: 3_000})]
)
def test_the_highest_step_that_is_reached_counts(amount: int, shares: dict[int, int]):
    steps = [{"from_minor": 10_000, "off_minor": 1_000}, {"from_minor": 20_000, "off_minor": 3_000}]
    assert off(cart(item(1, amount)), {"kind": "steps", "steps": steps}) == shares


def test_shares_add_up_to_the_last_unit():
    thirds = cart(item(1, 100), item(2, 100), item(3, 100))
    assert off(thirds, {"kind": "amount_off", "off_minor": 100}) == {1: 33, 2: 33, 3: 34}
    assert off(thirds, {"kind": "percent_off", "percent": 33}) == {1: 33, 2: 33, 3: 33}
    # Half of 3 × 1 is 1.5, which is 2.
    assert off(cart(item(1, 1), item(2, 1), item(3, 1)), {"kind": "percent_off", "percent": 50}) == {1: 1, 3: 1}


def test_only_whole_pieces_count():
    weighed = cart(item(1, 2_500, "2.5"))
    assert off(weighed, {"kind": "fixed_price", "price_minor": 900}) == {1: 200}
    assert off(weighed, {"kind": "nth_item", "nth": 2, "percent": 50}) == {1: 500}
    half = cart(item(1, 500, "0.5"))
    assert off(half, {"kind": "fixed_price", "price_minor": 1}) == {}
    assert off(half, {"kind": "amount_off", "off_minor": 5}, threshold={"counts": "pieces", "least": 1}) == {}


def test_every_nth_is_found_among_all_lines_the_dearest_first():
    bought = cart(item(1, 300, "3"), item(2, 900, "1"), item(3, 400, "2"))
    # 900 200 200 100 100 100: the second, the fourth and the sixth.
    assert off(bought, {"kind": "nth_item", "nth": 2, "percent": 100}) == {1: 200, 3: 200}
    assert off(bought, {"kind": "nth_item", "nth": 2, "percent": 100, "most_times": 2}) == {1: 100, 3: 200}


def test_what_others_have_paid_counts_against_a_threshold_of_the_order():
    coupon = held(1, {"kind": "amount_off", "off_minor": 1_000}, threshold={"least": 10_000, "of": "order"})
    assert why_unusable(coupon, cart(TEA)) is None
    refused = why_unusable(coupon, cart(TEA, taken_minor=1))
    assert refused
    assert (refused.why, refused.facts) == ("threshold", {"counts": "amount", "least": 10_000, "found": 9_999})
    of_eligible = held(1, {"kind": "amount_off", "off_minor": 1_000}, threshold={"least": 10_000})
    assert why_unusable(of_eligible, cart(TEA, taken_minor=1)) is None
