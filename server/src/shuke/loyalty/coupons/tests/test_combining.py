"""How coupons go together, by hand."""

import random
from typing import Any

import pytest

from shuke.loyalty.coupons.rules import Combination, Stacking, combine, combine_chosen
from shuke.loyalty.coupons.rules.searching import MOST_STEPS
from shuke.loyalty.coupons.tests.drawing import cart, draw_cart, draw_held, group, held, item, stack

CART = cart(item(1, 20_000))


def amount(coupon_id: int, off: int, **parts: Any) -> Any:
    return held(coupon_id, {"kind": "amount_off", "off_minor": off}, **parts)


def percent(coupon_id: int, off: int, **parts: Any) -> Any:
    return held(coupon_id, {"kind": "percent_off", "percent": off}, **parts)


def used(found: Combination) -> list[tuple[int, int]]:
    return [(use.held.coupon_id, use.discount_minor) for use in found.uses]


def reasons(found: Combination) -> dict[int, str]:
    return {one.held.coupon_id: one.why for one in found.unused}


def test_of_a_group_the_best_for_the_customer_goes():
    found = combine(CART, [amount(1, 500), amount(2, 900), percent(3, 4)], Stacking())
    assert used(found) == [(2, 900)]
    assert reasons(found) == {1: "group", 3: "group"}
    assert found.unused[0].facts == {"category": "general", "mode": "best_for_customer", "with": "C2"}


def test_best_for_the_merchant_is_what_takes_off_least_by_itself():
    stacking = Stacking(groups=(group("general", "best_for_merchant"),))
    found = combine(CART, [amount(1, 900), percent(2, 2), amount(3, 500)], stacking)
    assert used(found) == [(2, 400)]
    assert reasons(found) == {1: "group", 3: "group"}


def test_in_order_the_one_that_is_over_first_goes_then_the_oldest():
    stacking = Stacking(groups=(group("general", "order"),))
    coupons = [amount(1, 900), amount(5, 100, days=3), amount(4, 200, days=3), amount(3, 800, days=9)]
    assert used(combine(CART, coupons, stacking)) == [(4, 200)]


def test_a_stack_is_filled_up_to_its_most_and_the_orders():
    coupons = [amount(1, 100), amount(2, 300), amount(3, 200), amount(4, 400)]
    found = combine(CART, coupons, stack(2))
    assert used(found) == [(2, 300), (4, 400)]
    assert reasons(found) == {1: "group", 3: "group"}
    found = combine(CART, coupons, stack(9).model_copy(update={"most": 3}))
    assert used(found) == [(2, 300), (3, 200), (4, 400)]
    assert reasons(found) == {1: "too_many"}


def test_pairs_that_never_go_together_and_pairs_that_alone_do():
    groups = (group("a"), group("b"), group("c"))
    coupons = [amount(1, 500, category="a"), amount(2, 400, category="b"), amount(3, 300, category="c")]
    found = combine(CART, coupons, Stacking(groups=groups, never=(("b", "a"),)))
    assert used(found) == [(1, 500), (3, 300)]
    assert reasons(found) == {2: "never_with"}
    assert found.unused[0].facts == {"with": "C1", "category": "a"}
    found = combine(CART, coupons, Stacking(groups=groups, together=False, always=(("b", "c"),)))
    assert used(found) == [(2, 400), (3, 300)]
    assert reasons(found) == {1: "never_with"}
    # What is said of the other case does not matter.
    found = combine(CART, coupons, Stacking(groups=groups, always=(("a", "b"),)))
    assert used(found) == [(1, 500), (2, 400), (3, 300)]


def test_a_category_without_a_group_is_a_group_of_its_own_after_the_others():
    coupons = [percent(1, 10, category="new"), amount(2, 1_000), percent(3, 20, category="new")]
    found = combine(CART, coupons, Stacking())
    assert used(found) == [(2, 1_000), (3, 3_800)]


def test_groups_are_taken_off_in_their_order():
    coupons = [percent(1, 10, category="share"), amount(2, 1_000, category="sum")]
    share_first = Stacking(groups=(group("share"), group("sum")))
    sum_first = Stacking(groups=(group("sum"), group("share")))
    assert used(combine(CART, coupons, share_first)) == [(1, 2_000), (2, 1_000)]
    assert used(combine(CART, coupons, sum_first)) == [(2, 1_000), (1, 1_900)]
    before = sum_first.model_copy(update={"base": "before"})
    assert used(combine(CART, coupons, before)) == [(2, 1_000), (1, 2_000)]


def test_a_threshold_that_earlier_coupons_break_keeps_a_coupon_out():
    groups = (group("first"), group("second"))
    coupons = [amount(1, 1_500, category="first"), amount(2, 1_000, category="second", threshold={"least": 20_000})]
    found = combine(CART, coupons, Stacking(groups=groups))
    assert used(found) == [(1, 1_500)]
    assert reasons(found) == {2: "threshold"}
    assert found.unused[0].facts == {"counts": "amount", "least": 20_000, "found": 18_500}
    # On the original prices it holds.
    found = combine(CART, coupons, Stacking(groups=groups, base="before"))
    assert used(found) == [(1, 1_500), (2, 1_000)]
    # The larger one wins, if the first is the smaller.
    coupons[0] = amount(1, 900, category="first")
    found = combine(CART, coupons, Stacking(groups=groups))
    assert used(found) == [(2, 1_000)]
    assert reasons(found) == {1: "not_best"}


def test_the_order_never_costs_less_than_the_floor():
    found = combine(CART, [amount(1, 15_000), amount(2, 9_000)], stack(floor_minor=1_000))
    assert used(found) == [(1, 15_000), (2, 4_000)]
    assert CART.items[0].amount_minor - found.discount_minor == 1_000
    found = combine(CART, [amount(1, 19_000), amount(2, 500)], stack(floor_minor=1_000))
    assert used(found) == [(1, 19_000)]
    assert reasons(found) == {2: "floor"}
    assert found.unused[0].facts == {"floor": 1_000}


@pytest.mark.parametrize("taken", [20_000, 19_000, 25_000])
def test_nothing_goes_where_there_is_no_room_above_the_floor(taken: int):
    bought = cart(item(1, 20_000), taken_minor=taken)
    found = combine(bought, [amount(1, 100)], stack(floor_minor=1_000))
    assert used(found) == []
    assert reasons(found) == {1: "floor"}


def test_of_equals_the_fewest_then_the_first_over_then_the_oldest():
    whole = [amount(1, 20_000, days=9), amount(2, 12_000, days=1), amount(3, 8_000, days=1)]
    assert used(combine(CART, whole, stack())) == [(1, 20_000)]
    coupons = [amount(1, 500), amount(2, 500, days=5), amount(3, 500, days=2), amount(4, 500, days=2)]
    assert used(combine(CART, coupons, Stacking())) == [(3, 500)]


def test_of_coupons_that_promise_the_same_the_first_over_are_used():
    coupons = [amount(number, 500, template_id=7, days=20 - number) for number in range(1, 9)]
    found = combine(CART, coupons, stack(3))
    assert used(found) == [(8, 500), (7, 500), (6, 500)]


def test_the_order_in_which_coupons_are_named_does_not_matter():
    for seed in range(30):
        draw = random.Random(seed)
        bought, coupons = draw_cart(draw), draw_held(draw, 6, ("general",))
        found = combine(bought, coupons, stack(4))
        draw.shuffle(coupons)
        again = combine(bought, coupons, stack(4))
        assert again.uses == found.uses
        assert {one.held.coupon_id: one for one in again.unused} == {one.held.coupon_id: one for one in found.unused}


def test_chosen_coupons_are_used_as_far_as_they_go():
    stacking = Stacking(groups=(group("a", "stack", 2), group("b")), never=(("a", "b"),))
    coupons = [amount(1, 100, category="a"), amount(2, 9_000, category="b"), amount(3, 50, category="a")]
    found = combine_chosen(CART, coupons, stacking)
    # The best would be the one of b; but these were chosen, and a comes first.
    assert used(found) == [(1, 100), (3, 50)]
    assert reasons(found) == {2: "never_with"}
    assert used(combine(CART, coupons, stacking)) == [(2, 9_000)]


def test_of_chosen_coupons_of_a_group_the_best_goes():
    found = combine_chosen(CART, [amount(1, 100), amount(2, 300), amount(3, 200)], Stacking())
    assert used(found) == [(2, 300)]
    assert reasons(found) == {1: "group", 3: "group"}


def test_a_chosen_coupon_that_may_not_be_used_says_why():
    found = combine_chosen(CART, [amount(1, 100, threshold={"least": 99_999}), amount(2, 10)], stack())
    assert used(found) == [(2, 10)]
    assert reasons(found) == {1: "threshold"}


def test_no_coupons_and_no_lines():
    assert combine(CART, [], Stacking()) == Combination()
    found = combine(cart(), [amount(1, 100)], Stacking())
    assert used(found) == []
    assert reasons(found) == {1: "nothing_eligible"}


def test_a_search_that_would_not_end_is_ended_and_says_so():
    draw = random.Random(3)
    items = [item(number, draw.randint(1_000, 20_000), str(draw.randint(1, 3))) for number in range(1, 21)]
    coupons = [
        percent(number, draw.randint(3, 40), threshold={"least": draw.randint(0, 60_000)})
        if number % 2
        else amount(number, draw.randint(500, 9_000), threshold={"least": draw.randint(0, 90_000)})
        for number in range(1, 31)
    ]
    found = combine(cart(*items), coupons, stack())
    assert not found.is_exact
    assert len(found.uses) <= 10
    assert MOST_STEPS < 10_000
    alone = [combine(cart(*items), [one], stack()).discount_minor for one in coupons]
    assert found.discount_minor > max(alone)
    # The same again is the same.
    assert combine(cart(*items), coupons, stack()) == found


def test_lines_without_price_or_quantity_take_no_part_and_below_zero_count_against_the_floor():
    bought = cart(item(1, 5_000), item(2, 0, "0"), item(3, -2_000, "-1"), item(4, 0, "2"))
    kinds = [
        {"kind": "amount_off", "off_minor": 9_000},
        {"kind": "percent_off", "percent": 50},
        {"kind": "fixed_price", "price_minor": 100},
        {"kind": "nth_item", "nth": 2, "percent": 100},
    ]
    for discount in kinds:
        found = combine(bought, [held(1, discount)], stack())
        # 50 less 20 is to be paid.
        assert found.discount_minor <= 3_000
        assert {line for use in found.uses for line in use.shares} <= {1}
    assert combine(bought, [held(1, kinds[0])], stack()).discount_minor == 3_000


def test_very_many_coupons_and_lines_are_answered_in_steps_that_are_counted():
    draw = random.Random(5)
    items = [item(number, draw.randint(100, 9_000), f"{draw.randint(1, 9)}.{number:03d}") for number in range(1, 101)]
    coupons = [percent(number, draw.randint(1, 30)) for number in range(1, 151)]
    found = combine(cart(*items), coupons, stack(20))
    assert len(found.uses) == 10
    assert len(found.unused) == 140
