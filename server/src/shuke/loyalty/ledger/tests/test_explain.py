"""The sentences that say why: exact, in both languages."""

from typing import get_args

import pytest

from shuke.loyalty.ledger.earned import why_line
from shuke.loyalty.ledger.explain import Line, rate_text, sentence, why_not_eligible
from shuke.loyalty.ledger.rules import EntryKind

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


def say(kind, facts, language, amount=0, *, moved=0, operation_kind=""):
    unit = {"zh": "积分", "en": "points"}[language]
    line = Line(kind=kind, facts=facts, amount=amount, moved=moved, unit=unit, operation_kind=operation_kind)
    return sentence(line, language)


def test_earning_names_the_amount_the_rate_the_rounding_and_the_outcome():
    assert say("earn", EARN, "zh") == "商品净额 £139.12，每 £1.00 得 1 积分，不足部分舍去，共得 139 积分。"
    assert say("earn", EARN, "en") == "£139.12 of goods, 1 for every £1.00, fractions dropped: 139 points."


def test_large_numbers_are_grouped():
    facts = {**EARN, "outcome": 12_345}

    assert say("earn", facts, "en").endswith(": 12,345 points.")
    assert say("spend", {}, "zh", -1_234) == "使用 1,234 积分。"
    assert say("adjust", {}, "en", -1_234) == "Adjusted by −1,234 points."


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


WHY = {"reason": "Birthday gift."}
UNDONE = {"reason": "wrong member", "operation": "user:1:abc"}


@pytest.mark.parametrize(
    ("kind", "facts", "amount", "moved", "zh", "en"),
    [
        ("earn", {}, 24, 0, "获得 24 积分。", "24 points earned."),
        (
            "earn",
            {**WHY, "cut": 6},
            24,
            0,
            "获得 24 积分；已达余额上限，6 积分未发放；原因：Birthday gift。",
            "24 points earned; 6 points more would have passed the highest balance and were not given; "
            "reason: Birthday gift.",
        ),
        ("spend", {}, -50, 0, "使用 50 积分。", "50 points used."),
        ("spend", WHY, -50, 0, "使用 50 积分；原因：Birthday gift。", "50 points used; reason: Birthday gift."),
        ("restore", {}, 50, 0, "退还已使用的 50 积分。", "50 used points given back."),
        (
            "restore",
            UNDONE,
            50,
            0,
            "冲正操作 user:1:abc，退还 50 积分；原因：wrong member。",
            "Operation user:1:abc reversed: 50 points given back; reason: wrong member.",
        ),
        (
            "take_back",
            {**UNDONE, "to_debt": 5, "forgiven": 2},
            -30,
            0,
            "冲正操作 user:1:abc，收回 30 积分；余额不足的 5 积分记为欠分；"
            "余额不足的 2 积分不再收回；原因：wrong member。",
            "Operation user:1:abc reversed: 30 points taken back; 5 points more than the balance held became debt; "
            "2 points more than the balance held were forgiven; reason: wrong member.",
        ),
        (
            "adjust",
            {**WHY, "to_debt": 20},
            -50,
            0,
            "人工调整 −50 积分；余额不足的 20 积分记为欠分；原因：Birthday gift。",
            "Adjusted by −50 points; 20 points more than the balance held became debt; reason: Birthday gift.",
        ),
        (
            "adjust",
            WHY,
            50,
            0,
            "人工调整 +50 积分；原因：Birthday gift。",
            "Adjusted by +50 points; reason: Birthday gift.",
        ),
        ("hold", {}, 0, 50, "冻结 50 积分。", "50 points set aside."),
        (
            "capture",
            {},
            -30,
            20,
            "使用已冻结的 30 积分；其余 20 积分解除冻结。",
            "30 points used from those set aside; the other 20 were released.",
        ),
        ("capture", {}, -30, 0, "使用已冻结的 30 积分。", "30 points used from those set aside."),
        ("release", {}, 0, 20, "解除冻结 20 积分。", "20 points released."),
        (
            "mature",
            {"lots": [[3, "2026-03-01"], [4, "2026-03-09"]], "repaid": 5},
            0,
            80,
            "2026-03-01 至 2026-03-09 获得的 80 积分到账可用；其中 5 积分用于偿还欠分。",
            "80 points earned from 2026-03-01 to 2026-03-09 became available; 5 of them repaid debt.",
        ),
        (
            "cancel",
            WHY,
            -50,
            0,
            "取消待到账的 50 积分；原因：Birthday gift。",
            "50 pending points cancelled; reason: Birthday gift.",
        ),
        (
            "refresh",
            {"activity": "check_in"},
            0,
            0,
            "因 check_in 有效期顺延，余额不变。",
            "Kept alive by check_in; the balance stays as it is.",
        ),
    ],
)
def test_every_kind_is_told_with_its_facts(kind, facts, amount, moved, zh, en):
    assert say(kind, facts, "zh", amount, moved=moved) == zh
    assert say(kind, facts, "en", amount, moved=moved) == en


def test_a_hold_that_timed_out_says_so():
    assert say("release", {}, "zh", moved=20, operation_kind="time_out") == "冻结超时，20 积分自动解除冻结。"
    assert say("release", {}, "en", moved=20, operation_kind="time_out") == "The hold timed out: 20 points released."


@pytest.mark.parametrize(
    ("kind", "facts", "amount", "zh", "en"),
    [
        (
            "transfer",
            {"reason": "family", "direction": "out"},
            -50,
            "50 积分转给另一位会员；原因：family。",
            "50 points given to another member; reason: family.",
        ),
        (
            "transfer",
            {"reason": "family", "direction": "in"},
            50,
            "另一位会员转来 50 积分；原因：family。",
            "50 points received from another member; reason: family.",
        ),
        (
            "merge",
            {"reason": "twice", "direction": "out", "debt": 10},
            -40,
            "会员合并，50 积分转到另一个账户；欠分 10 一并转移；原因：twice。",
            "Members merged: 50 points moved away; a debt of 10 moved with them; reason: twice.",
        ),
        (
            "merge",
            {"reason": "twice", "direction": "in", "debt": 60},
            -10,
            "会员合并，转入 50 积分；欠分 60 一并转移；原因：twice。",
            "Members merged: 50 points moved here; a debt of 60 moved with them; reason: twice.",
        ),
        (
            "merge",
            {"reason": "twice", "direction": "in", "debt": 0},
            50,
            "会员合并，转入 50 积分；原因：twice。",
            "Members merged: 50 points moved here; reason: twice.",
        ),
        (
            "undo_merge",
            {**UNDONE, "direction": "in"},
            40,
            "撤销会员合并，余额变动 +40 积分；原因：wrong member。",
            "Merge undone: the balance changed by +40 points; reason: wrong member.",
        ),
        (
            "reverse",
            {**UNDONE, "direction": "out"},
            -50,
            "冲正操作 user:1:abc，收到的 50 积分被收回；原因：wrong member。",
            "Operation user:1:abc reversed: 50 received points taken back; reason: wrong member.",
        ),
        (
            "reverse",
            {**UNDONE, "direction": "in"},
            50,
            "冲正操作 user:1:abc，转出的 50 积分退还；原因：wrong member。",
            "Operation user:1:abc reversed: 50 points came back from the other member; reason: wrong member.",
        ),
    ],
)
def test_what_went_between_members_says_which_way_and_why(kind, facts, amount, zh, en):
    assert say("transfer", facts, "zh", amount, operation_kind=kind) == zh
    assert say("transfer", facts, "en", amount, operation_kind=kind) == en


def test_every_kind_of_entry_has_words_without_facts():
    for kind in get_args(EntryKind):
        assert say(kind, {}, "zh", 7).endswith("。")
        assert say(kind, {}, "en", 7).endswith(".")


def test_braces_in_a_reason_are_only_text():
    assert say("spend", {"reason": "{unit} %s"}, "en", -1) == "1 points used; reason: {unit} %s."


def test_a_rate_is_shown_only_where_one_applied():
    assert rate_text(EARN, unit="积分", language="zh") == "每 £1.00 得 1 积分"
    assert rate_text(EXPIRE, unit="积分", language="zh") is None


def test_goods_need_no_reason():
    assert why_not_eligible(is_goods=True, language="zh") is None
    assert why_not_eligible(is_goods=False, language="en") == "Postage or fee, not goods: earns nothing"


def test_what_points_and_coupons_paid_is_named():
    facts = {**EARN, "paid_by_points_minor": 1_000, "paid_by_coupons_minor": 500}
    line = Line(kind="earn", facts=facts, amount=139, moved=0, unit="积分")

    assert sentence(line, "zh") == (
        "商品净额 £139.12，每 £1.00 得 1 积分，不足部分舍去，共得 139 积分；"
        "积分抵扣的 £10.00 不计；优惠券抵扣的 £5.00 不计。"
    )


def test_a_limit_says_what_it_held_back():
    cut = {"of": "cap", "counts": "amount", "period": "day", "limit": 100, "left": 100, "mode": "truncate"}
    facts = {**EARN, "outcome": 100, "entitled": 139, "cuts": [cut]}
    line = Line(kind="earn", facts=facts, amount=100, moved=0, unit="points")

    assert sentence(line, "en") == (
        "£139.12 of goods, 1 for every £1.00, fractions dropped: 139 points; "
        "139 points by the rule, 39 of them beyond the cap for each member of 100 points a day."
    )


def test_a_multiplier_says_what_it_raised():
    facts = {"factor": "1.5", "base": 120, "outcome": 60, "kinds": ["multiplier"]}

    assert sentence(Line(kind="earn", facts=facts, amount=60, moved=0, unit="积分"), "zh") == (
        "其他规则共得 120 积分，按 1.5 倍另加 60 积分。"
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"eligible_minor": 500}, None),
        ({"eligible_minor": 0, "why": "not_matching"}, "Not covered by the rule: earns nothing"),
        (
            {"eligible_minor": 5, "points_minor": 100, "coupon_minor": 200},
            "£1.00 paid by points does not count, £2.00 paid by coupons does not count",
        ),
    ],
)
def test_a_line_says_why_it_earns_less(told, said):
    assert why_line(told, "GBP", "en") == said
