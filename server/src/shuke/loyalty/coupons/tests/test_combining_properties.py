"""The search equals trying every set; nothing is below zero or the floor; every reason is true."""

import random

import pytest

from shuke.loyalty.coupons.rules import Cart, Combination, Stacking, Unused, combine, combine_chosen
from shuke.loyalty.coupons.tests import naive
from shuke.loyalty.coupons.tests.drawing import draw_cart, draw_held, draw_stacking

CATEGORIES = ("general", "brand", "post")


def check_carts(seeds: range) -> None:
    used = 0
    for seed in seeds:
        draw = random.Random(seed)
        cart, stacking = draw_cart(draw), draw_stacking(draw, CATEGORIES)
        held = draw_held(draw, draw.randint(1, 8), CATEGORIES)
        sets = naive.legal_sets(cart, held, stacking)
        wanted = min(sets, key=lambda one: one.key)
        found = combine(cart, held, stacking)
        told = [(use.held.coupon_id, dict(use.shares)) for use in found.uses]
        plain = [
            (one.coupon_id, {line: share for line, share in shares.items() if share})
            for one, shares in zip(wanted.used, wanted.shares, strict=True)
        ]
        assert told == plain, f"seed {seed}"
        assert found.is_exact
        check_sums(cart, found, stacking)
        assert len(found.uses) + len(found.unused) == len(held)
        for one in found.unused:
            check_reason(one, found, stacking, sets)
        chosen = combine_chosen(cart, [use.held for use in found.uses], stacking)
        assert chosen.uses == found.uses, f"seed {seed}"
        check_sums(cart, combine_chosen(cart, held, stacking), stacking)
        used += len(found.uses)
    # Not a test of empty combinations.
    assert used > len(seeds)


def check_sums(cart: Cart, found: Combination, stacking: Stacking) -> None:
    left = {item.line_no: item.amount_minor for item in cart.items}
    for use in found.uses:
        assert sum(use.shares.values()) == use.discount_minor > 0
        for line, share in use.shares.items():
            left[line] -= share
    assert min(left.values()) >= 0
    before = sum(item.amount_minor for item in cart.items) - cart.taken_minor
    if found.uses:
        assert before - found.discount_minor >= stacking.floor_minor
    assert found.discount_minor == sum(use.discount_minor for use in found.uses)


def check_reason(one: Unused, found: Combination, stacking: Stacking, sets: list[naive.Set]) -> None:
    """Every reason, from the legal sets: why this one could not simply be added to what is used."""
    category = naive.category(one.held)
    group = next(group for group in stacking.groups if group.category == category)
    used = [use.held for use in found.uses]
    same = [each for each in used if naive.category(each) == category]
    together = {each.coupon_id for each in (*used, one.held)}
    is_legal = any({each.coupon_id for each in tried.used} == together for tried in sets)
    is_alone_legal = any([each.coupon_id for each in tried.used] == [one.held.coupon_id] for tried in sets)
    if one.why == "not_best":
        # Either it is worse, or one of those behind it no longer goes.
        assert is_alone_legal
        return
    assert not is_legal
    if one.why == "group":
        assert group.mode in ("best_for_merchant", "order") or len(same) == (group.most if group.mode == "stack" else 1)
    elif one.why == "never_with":
        assert not all(naive.may_meet(category, naive.category(each), stacking) for each in used)
    elif one.why == "too_many":
        assert len(used) == stacking.most
    elif one.why == "threshold":
        assert one.facts["found"] < one.facts["least"]
    elif one.why == "floor":
        assert one.facts["floor"] == stacking.floor_minor
    else:
        assert one.why in {"nothing_eligible", "no_effect", "store"}


def test_the_search_equals_trying_every_set():
    check_carts(range(500))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_search_equals_trying_every_set_of_ten_thousand_carts():
    check_carts(range(1_000, 11_000))
