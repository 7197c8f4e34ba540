"""Rules in plain words, in both languages."""

from typing import Any

import pytest

from shuke.loyalty.earning.rules import kinds, read_definition
from shuke.loyalty.earning.telling import Words, compare, summary, tell
from shuke.platform.conditions import declared
from shuke.platform.i18n import Language, LocalName

CURRENCIES = {"points": LocalName("积分", "Points"), "growth": LocalName("成长值", "Growth")}

EXAMPLES: list[tuple[dict[str, Any], str, str]] = [
    (
        {"kind": "per_amount", "points": 1, "per_minor": 100},
        "每满 ¥1 得 1 积分",
        "1 point for each ¥1",
    ),
    ({"kind": "fixed", "points": 1_000, "currency": "growth"}, "得 1,000 成长值", "1,000 growth"),
    ({"kind": "per_item", "points": 5}, "每件得 5 积分", "5 points for each piece"),
    (
        {"kind": "steps", "steps": [{"from_minor": 30_000, "points": 50}, {"from_minor": 60_050, "points": 120}]},
        "满 ¥300 送 50 积分、满 ¥600.50 送 120 积分",
        "50 points from ¥300 and 120 points from ¥600.50",
    ),
    (
        {"kind": "steps", "steps": [{"from_minor": 30_000, "points": 50}], "repeats": True},
        "每满 ¥300 送 50 积分（可累计）",
        "50 points each time ¥300 is reached",
    ),
    ({"kind": "first_purchase", "points": 200}, "首单得 200 积分", "200 points for the first order"),
    ({"kind": "nth_purchase", "points": 9, "number": 3}, "第 3 单得 9 积分", "9 points for order number 3"),
    (
        {"kind": "nth_purchase", "points": 9, "number": 3, "repeats": True},
        "每 3 单得 9 积分",
        "9 points for every 3 orders",
    ),
    (
        {"kind": "bonus", "by": "weekday", "values": [6, 7], "points": 20},
        "周六、周日：加赠 20 积分",
        "20 points more (Saturday and Sunday)",
    ),
    (
        {"kind": "bonus", "by": "category", "values": ["tea"], "gives_for": "per_item", "points": 10},
        "品类 tea：每件加赠 10 积分",
        "10 points more for each piece (categories tea)",
    ),
    ({"kind": "multiplier", "factor": 1.5}, "积分 1.5 倍", "1.5 times the points"),
    (
        {"kind": "tier_multiplier", "factors": {"gold": 2}},
        "积分按等级加倍：gold 2×",
        "points by tier: gold 2×",
    ),
    (
        {"kind": "birthday_multiplier", "factor": 2},
        "生日当月 积分 2 倍",
        "2 times the points in the month of the birthday",
    ),
    ({"kind": "coupon", "coupon": "TEN", "count": 2}, "发券 TEN × 2", "2 × coupon TEN"),
    ({"kind": "tag", "tag": "vip"}, "打标签 vip", "tag vip"),
]


def words(language: Language) -> Words:
    return Words(language=language, money="CNY", currencies=CURRENCIES, catalogue=declared())


def definition(*effects: dict, **more):
    return read_definition({"activity": "order_paid", "branches": [{"effects": list(effects)}], **more})


@pytest.mark.parametrize(("effect", "zh", "en"), EXAMPLES)
def test_an_effect_is_one_clause(effect: dict, zh: str, en: str):
    read = definition(effect)

    assert summary(read, words("zh")) == zh
    assert summary(read, words("en")) == en[:1].upper() + en[1:]


def test_every_kind_has_an_example():
    assert {effect["kind"] for effect, _, _ in EXAMPLES} == {one["kind"] for one in kinds()}


def test_everything_that_differs_is_named_and_nothing_else():
    before = tell(definition({"kind": "fixed", "points": 1}), words("en"))
    cap = {"counts": "amount", "period": "month", "limit": 500, "mode": "reject"}
    after = tell(
        definition(
            {"kind": "fixed", "points": 2}, priority=5, caps=[cap], schedule={"until": "2027-03-31", "weekdays": [6]}
        ),
        words("en"),
    )

    assert [(one.title, one.before, one.after) for one in compare(before, after)] == [
        ("When", "always", "until 2027-03-31, that day included, Saturday"),
        ("Gives", "1 point", "2 points"),
        ("Caps", "none", "each member 500 each month, what does not fit is not given at all"),
        ("Priority", "0", "5"),
    ]
    assert compare(after, after) == []


def test_a_branch_that_is_gone_is_told_last():
    two = read_definition(
        {
            "branches": [
                {
                    "when": {
                        "combinator": "and",
                        "rules": [{"field": "order.amount", "operator": ">=", "value": 50_000}],
                    },
                    "effects": [{"kind": "fixed", "points": 20}],
                },
                {"effects": [{"kind": "fixed", "points": 10}]},
            ]
        }
    )
    one = definition({"kind": "fixed", "points": 10})

    changes = compare(tell(two, words("zh")), tell(one, words("zh")))

    assert [(change.key, change.before, change.after) for change in changes] == [
        ("branch.1", "当订单商品金额不少于 ¥500.00：得 20 积分", "得 10 积分"),
        ("branch.2", "其余情况：得 10 积分", None),
    ]
