"""The sentences that say why: exact, in both languages."""

import pytest

from shuke.loyalty.ledger.explain import rate_text, sentence, why_not_eligible

EARN = {
    "eligible_minor": 13_912,
    "money": "GBP",
    "rate": {"points": 1, "per_minor": 100},
    "rounding": "down",
    "left_out_minor": 0,
    "outcome": 139,
}
TAKE_BACK = {
    "orders": [
        {
            "order_id": 1,
            "number": "536365",
            "eligible_before_minor": 13_912,
            "eligible_after_minor": 11_162,
            "awarded": 139,
            "due": 111,
            "taken": 28,
        }
    ],
    "money": "GBP",
    "unmatched_minor": 0,
    "unmatched_taken": 0,
    "to_debt": 0,
    "forgiven": 0,
}
EXPIRE = {
    "lots": [
        {"lot_no": 1, "earned_on": "2011-01-05", "amount": 100},
        {"lot_no": 2, "earned_on": "2011-01-20", "amount": 20},
    ],
    "on": "2011-07-31",
}


def say(kind, facts, language, amount=0):
    unit = {"zh": "积分", "en": "points"}[language]
    return sentence(kind, facts, amount=amount, moved=0, unit=unit, language=language)


def test_earning_names_the_amount_the_rate_the_rounding_and_the_outcome():
    assert say("earn", EARN, "zh") == "商品净额 £139.12，每 £1.00 得 1 积分，不足部分舍去，共得 139 积分。"
    assert say("earn", EARN, "en") == "£139.12 of goods, 1 for every £1.00, fractions dropped: 139 points."


def test_earning_says_what_was_left_out():
    facts = {**EARN, "left_out_minor": 1_800}

    assert say("earn", facts, "zh").startswith("商品净额 £139.12（£18.00 运费等非商品不计），")
    assert say("earn", facts, "en").startswith("£139.12 of goods (£18.00 of postage and fees left out), ")


def test_a_take_back_names_the_orders_and_what_they_still_earn():
    assert (
        say("take_back", TAKE_BACK, "zh")
        == "订单 536365 商品净额由 £139.12 减为 £111.62，应得 111 积分，收回 28 积分。"
    )
    assert (
        say("take_back", TAKE_BACK, "en")
        == "Order 536365: goods went from £139.12 to £111.62, 111 points still due, 28 taken back."
    )


def test_a_take_back_without_its_order_and_beyond_the_balance_says_both():
    facts = {**TAKE_BACK, "orders": [], "unmatched_minor": -850, "unmatched_taken": 8, "to_debt": 5, "forgiven": 2}

    assert say("take_back", facts, "zh") == (
        "£8.50 的退货找不到原订单，按现行规则收回 8 积分；余额不足的 5 积分记为欠分；余额不足的 2 积分不再收回。"
    )
    assert say("take_back", facts, "en") == (
        "£8.50 of returns matched no order: 8 points taken back by the rule in force; "
        "5 points more than the balance held became debt; 2 points more than the balance held were forgiven."
    )


def test_expiry_names_when_it_was_earned_and_when_it_ended():
    assert say("expire", EXPIRE, "zh") == "2011-01-05 至 2011-01-20 获得、未使用的 120 积分于 2011-07-31 到期。"
    assert say("expire", {**EXPIRE, "lots": EXPIRE["lots"][:1]}, "en") == (
        "100 points earned on 2011-01-05 were not used and expired on 2011-07-31."
    )


@pytest.mark.parametrize(
    ("kind", "amount", "zh"),
    [("spend", -50, "使用 50 积分"), ("adjust", -50, "人工调整 −50 积分"), ("adjust", 50, "人工调整 +50 积分")],
)
def test_other_kinds_have_a_plain_sentence(kind, amount, zh):
    assert say(kind, {}, "zh", amount) == zh


def test_an_entry_without_facts_is_told_plainly():
    assert say("earn", {}, "zh", 24) == "24 积分"


def test_a_rate_is_shown_only_where_one_applied():
    assert rate_text(EARN, unit="积分", language="zh") == "每 £1.00 得 1 积分"
    assert rate_text(EXPIRE, unit="积分", language="zh") is None


def test_goods_need_no_reason():
    assert why_not_eligible(is_goods=True, language="zh") is None
    assert why_not_eligible(is_goods=False, language="en") == "Postage or fee, not goods: earns nothing"
