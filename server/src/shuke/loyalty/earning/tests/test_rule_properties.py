"""What holds for all rules and all orders."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.loyalty.earning.rules import Item, Room, RuleVersion, decide
from shuke.loyalty.earning.rules.kinds.first_purchase import ORDER_NO
from shuke.loyalty.earning.rules.kinds.tier_multiplier import TIER
from shuke.loyalty.earning.rules.rounding import ratio
from shuke.loyalty.earning.testing import a_subject, a_version, an_item, per_amount, when
from shuke.platform import clock
from shuke.platform.clock import Period
from shuke.platform.money import round_to_int

PERIODS: tuple[Period, ...] = ("day", "week", "month", "year", "lifetime")
ROUNDINGS = ("down", "up", "half_up", "half_even")
rounding = st.sampled_from(ROUNDINGS)
points = st.integers(1, 50)
category = st.sampled_from(["drinks", "ware", None])

# More goods never give less under these.
monotone_effects = st.one_of(
    st.builds(lambda p, m, r: per_amount(p, m, rounding=r), points, st.integers(1, 5_000), rounding),
    st.builds(lambda p: {"kind": "fixed", "points": p}, points),
    st.builds(lambda p, r: {"kind": "per_item", "points": p, "rounding": r}, points, rounding),
    st.builds(
        lambda m, p, q, r: {"kind": "steps", "repeats": r, "steps": [
            {"from_minor": m, "points": p}, *([] if r else [{"from_minor": m + 1_000, "points": p + q}])]},
        st.integers(1, 20_000), points, points, st.booleans(),
    ),
    st.builds(
        lambda p, how, r: {"kind": "bonus", "by": "category", "values": ["drinks"], "points": p, "gives_for": how,
            "rounding": r, **({"per_minor": 300} if how == "per_amount" else {})},
        points, st.sampled_from(["once", "per_item", "per_amount"]), rounding,
    ),
    st.builds(lambda p: {"kind": "first_purchase", "points": p}, points),
)  # fmt: skip
multipliers = st.one_of(
    st.builds(lambda f, r: {"kind": "multiplier", "factor": f / 100, "rounding": r}, st.integers(101, 500), rounding),
    st.builds(lambda f: {"kind": "tier_multiplier", "factors": {"gold": f / 100}}, st.integers(100, 300)),
)
conditions = st.none() | st.sampled_from(
    [when("line.category", "drinks"), when("order.amount", 9_000, ">="), when("member.tier", "gold")]
)


@st.composite
def limits(draw: Any, *, with_times: bool = True) -> dict[str, Any]:
    return {
        "counts": draw(st.sampled_from(["amount", "times"] if with_times else ["amount"])),
        "period": draw(st.sampled_from(PERIODS)),
        "limit": draw(st.integers(1, 200)),
        "mode": draw(st.sampled_from(["truncate", "reject"])),
    }


@st.composite
def programmes(draw: Any, *, limited: bool = False) -> list[RuleVersion]:
    rules = []
    for rule_id in range(1, draw(st.integers(1, 6)) + 1):
        effects = [draw(multipliers)] if draw(st.integers(0, 3)) == 0 else [draw(monotone_effects)]
        branches = [{"when": draw(conditions), "effects": effects}]
        rules.append(
            a_version(
                rule_id=rule_id,
                branches=branches,
                priority=draw(st.integers(-2, 2)),
                group=draw(st.sampled_from([None, None, "a", "b"])),
                stop=draw(st.integers(0, 9)) == 0,
                caps=draw(st.lists(limits(), max_size=2)) if limited else [],
                budgets=draw(st.lists(limits(), max_size=2)) if limited else [],
            )
        )
    return rules


items = st.builds(
    lambda amount, quantity, kind, paid: (amount, quantity, kind, min(paid, amount)),
    st.integers(0, 20_000),
    st.integers(1, 9),
    category,
    st.integers(0, 3_000),
)
carts = st.lists(items, min_size=1, max_size=6)


def cart(parts: list[Any]) -> list[Item]:
    return [
        an_item(amount, number, quantity, category=kind, points_minor=paid)
        for number, (amount, quantity, kind, paid) in enumerate(parts, 1)
    ]


FACTS = {ORDER_NO: 1, TIER: "gold"}


@given(programmes(limited=True), carts, st.randoms())
def test_the_order_in_which_rules_are_listed_makes_no_difference(rules: list[RuleVersion], parts: Any, chance: Any):
    subject = a_subject(*cart(parts), facts=FACTS)
    mixed = list(rules)
    chance.shuffle(mixed)

    once, again, other = (
        decide(rules, subject, Room()),
        decide(rules, subject, Room()),
        decide(mixed, subject, Room()),
    )

    assert once == again == other


@given(monotone_effects, carts, st.data())
def test_a_part_of_an_order_earns_no_more_than_the_whole(effect: Any, parts: Any, data: Any):
    rule = a_version(effect)
    whole = cart(parts)
    left = [
        Item(
            item.line_no,
            item.product,
            item.category,
            item.brand,
            Decimal(data.draw(st.integers(0, int(item.quantity)))),
            (kept := data.draw(st.integers(0, item.amount_minor))),
            # Checkout shares what points paid by value.
            item.points_minor * kept // item.amount_minor if item.amount_minor else 0,
        )
        for item in whole
    ]
    part = [item for item in left if item.quantity > 0]

    def worth(items: list[Item]) -> int:
        return sum(grant.entitled for grant in decide([rule], a_subject(*items, facts=FACTS)).grants)

    assert worth(part) <= worth(whole)


@given(programmes(limited=True), st.lists(st.tuples(carts, st.integers(1, 3), st.integers(0, 60)), max_size=12))
@settings(max_examples=60)
def test_caps_and_budgets_are_never_passed(rules: list[RuleVersion], orders: Any):
    room = Room()
    amount: dict[Any, int] = defaultdict(int)
    times: dict[Any, int] = defaultdict(int)
    for parts, member_id, days in orders:
        day = date(2026, 1, 15) + timedelta(days=days)
        subject = a_subject(*cart(parts), facts=FACTS, member_id=member_id, day=day)
        for grant in decide(rules, subject, room).grants:
            assert grant.amount > 0
            # Two limits of a rule that say the same count as one.
            for limit in set(grant.version.rule.limits):
                who = member_id if limit.of == "cap" else "all"
                key = (grant.version.rule_id, who, limit, clock.period_start(limit.period, day))
                amount[key] += grant.amount
                times[key] += 1

    for key, used in amount.items():
        limit = key[2]
        assert (used if limit.counts == "amount" else times[key]) <= limit.limit


@given(limits(with_times=False), st.lists(st.integers(1, 120), min_size=1, max_size=8))
def test_truncation_gives_exactly_what_is_left_and_rejection_whole_grants(limit: dict[str, Any], wanted: list[int]):
    rule = a_version({"kind": "fixed", "points": 1}, caps=[limit])
    room, day, left = Room(), date(2026, 3, 2), limit["limit"]

    for one in wanted:
        granted = room.grant(rule, "points", 7, day, one)

        whole = one if one <= left else 0
        assert granted.amount == (min(one, left) if limit["mode"] == "truncate" else whole)
        assert bool(granted.cuts) == (granted.amount < one)
        left -= granted.amount


@given(st.lists(limits(), min_size=1, max_size=3), st.lists(st.integers(1, 80), min_size=1, max_size=8))
def test_what_is_given_back_can_be_given_again(caps: list[dict[str, Any]], wanted: list[int]):
    rule = a_version({"kind": "fixed", "points": 1}, caps=caps)
    day = date(2026, 3, 2)
    room, fresh = Room(), Room()
    first = [room.grant(rule, "points", 7, day, one).amount for one in wanted]

    for one in first:
        if one:
            room.give_back(rule, "points", 7, day, one, is_whole=True)

    assert [room.grant(rule, "points", 7, day, one) for one in wanted] == [
        fresh.grant(rule, "points", 7, day, one) for one in wanted
    ]


@given(st.integers(0, 10**15), st.integers(1, 10**9), rounding)
def test_rounding_in_whole_numbers_is_rounding_by_name(numerator: int, denominator: int, name: Any):
    # The scale keeps every digit that matters: a half is never lost in a long fraction.
    exact = Decimal(2 * numerator // denominator) / 2
    is_exact = 2 * numerator % denominator == 0
    value = exact if is_exact else exact + Decimal("0.25")

    assert ratio(numerator, denominator, name) == round_to_int(value, name)


def test_weeks_begin_on_monday_and_years_in_january():
    day = date(2026, 3, 1)  # a Sunday

    assert [clock.period_start(period, day) for period in PERIODS] == [
        day,
        date(2026, 2, 23),
        date(2026, 3, 1),
        date(2026, 1, 1),
        date.min,
    ]
