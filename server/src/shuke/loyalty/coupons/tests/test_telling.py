"""Terms and issuing in words, as they are read by people."""

from typing import Any

import pytest

from shuke.loyalty.coupons.rules import Issuing, told_issuing, told_terms
from shuke.loyalty.coupons.tests.drawing import ZONE, terms
from shuke.platform.i18n import LocalName

NAMES = {"A": LocalName("西单店", "Xidan"), "product:A": LocalName("茶杯", "Tea cup"), "tea": LocalName("茶叶", "Tea")}
AMOUNT = {"kind": "amount_off", "off_minor": 3_000}
STEPS = {
    "kind": "steps",
    "steps": [{"from_minor": 10_000, "off_minor": 1_000}, {"from_minor": 20_000, "off_minor": 3_000}],
}


def said(discount: dict[str, Any], money: str = "CNY", **parts: Any) -> tuple[list[str], list[str]]:
    found = terms(discount, **parts)
    return told_terms(found, "zh", money, NAMES), told_terms(found, "en", money, NAMES)


@pytest.mark.parametrize(
    ("discount", "parts", "zh", "en"),
    [
        (AMOUNT, {}, "立减 30", "¥30 off"),
        (AMOUNT, {"threshold": {"least": 20_000}}, "满 200 减 30", "¥30 off ¥200 or more"),
        (
            AMOUNT,
            {"threshold": {"least": 20_000, "of": "order"}, "scope": {"products": ["A"]}},
            "订单满 200 减 30",
            "¥30 off an order of ¥200 or more",
        ),
        (AMOUNT, {"threshold": {"counts": "pieces", "least": 1}}, "满 1 件减 30", "¥30 off 1 piece or more"),
        (
            {"kind": "amount_off", "off_minor": 1_050, "repeats": True, "most_minor": 5_000},
            {"threshold": {"least": 100_000}},
            "每满 1000 减 10.5，最多减 50",
            "¥10.50 off for every ¥1,000, up to ¥50",
        ),
        ({"kind": "percent_off", "percent": 12, "most_minor": 5_000}, {}, "88 折，最多减 50", "12% off, up to ¥50"),
        ({"kind": "percent_off", "percent": 20}, {}, "8 折", "20% off"),
        ({"kind": "percent_off", "percent": 95}, {}, "0.5 折", "95% off"),
        ({"kind": "percent_off", "percent": 99}, {}, "0.1 折", "99% off"),
        ({"kind": "percent_off", "percent": 100}, {}, "免费", "Free"),
        (
            {"kind": "percent_off", "percent": 50},
            {"threshold": {"least": 100}},
            "满 1 半价",
            "Half price for ¥1 or more",
        ),
        (
            {"kind": "percent_off", "percent": 5},
            {"threshold": {"counts": "pieces", "least": 2}},
            "满 2 件打 95 折",
            "5% off 2 pieces or more",
        ),
        (STEPS, {}, "满 100 减 10，满 200 减 30", "¥10 off ¥100 or more, ¥30 off ¥200 or more"),
        (
            {"kind": "fixed_price", "price_minor": 990, "most_pieces": 2},
            {"threshold": {"least": 5_000}},
            "满 50，每件 9.9，最多 2 件",
            "When buying ¥50 or more, ¥9.90 each, up to 2 pieces",
        ),
        ({"kind": "gift", "products": ["A"]}, {}, "免费兑换茶杯 1 件", "1 piece of Tea cup free"),
        (
            {"kind": "gift", "products": ["A", "B"], "price_minor": 100, "pieces": 3},
            {},
            "每件 1 换购茶杯、B，最多 3 件",
            "Tea cup, B for ¥1 each, up to 3 pieces",
        ),
        ({"kind": "free_shipping"}, {}, "包邮", "Free shipping"),
        (
            {"kind": "free_shipping", "most_minor": 1_200},
            {"threshold": {"least": 9_900}},
            "满 99 包邮，最多减 12",
            "Free shipping, when buying ¥99 or more, up to ¥12",
        ),
        ({"kind": "nth_item", "nth": 2, "percent": 50}, {}, "第 2 件半价", "Every 2nd piece half price"),
        (
            {"kind": "nth_item", "nth": 11, "percent": 30, "most_times": 1},
            {},
            "第 11 件 7 折，最多 1 次",
            "Every 11th piece 30% off, up to 1 time",
        ),
        ({"kind": "nth_item", "nth": 3, "percent": 100}, {}, "第 3 件免费", "Every 3rd piece free"),
    ],
)
def test_what_a_coupon_gives_comes_first(discount: dict[str, Any], parts: dict[str, Any], zh: str, en: str):
    told_zh, told_en = said(discount, **parts)
    assert (told_zh[0], told_en[0]) == (zh, en)


def test_other_currencies_have_their_signs():
    assert said(AMOUNT, "GBP", threshold={"least": 20_000})[0][0] == "满 £200 减 £30"
    assert said(AMOUNT, "JPY")[1][0] == "JP¥3,000 off"


def test_a_coupon_of_a_real_shop():
    parts: dict[str, Any] = {
        "threshold": {"least": 20_000},
        "scope": {"stores": ["A", "B"]},
        "validity": {"weekdays": [1, 2, 3, 4, 5], "hours": ["09:30-14:00"]},
        "transfer": {"is_allowed": True},
        "on_refund": {"whole": "give_back", "grace_days": 7, "part": "lost"},
    }
    assert said(AMOUNT, **parts) == (
        [
            "满 200 减 30",
            "限门店 西单店、B",
            "领取后 30 天内有效",
            "周末不可用",
            "每日 9:30–14:00",
            "可转赠",
            "整单退货时退还，已过期的退货后可再用 7 天",
            "部分退货后不再退还",
        ],
        [
            "¥30 off ¥200 or more",
            "Only in Xidan, B",
            "Valid for 30 days after it is received",
            "Not at weekends",
            "Daily 9:30–14:00",
            "May be given away",
            "Given back at a refund of the whole order; if it is over, for 7 days after it",
            "Not given back once a part was refunded",
        ],
    )


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        ({"scope": {"categories": ["tea"]}}, "限品类 茶叶", "Only for category Tea"),
        (
            {"scope": {"products": ["A"], "brands": ["x", "y"]}},
            "限商品 茶杯或品牌 x、y",
            "Only for product Tea cup or brands x, y",
        ),
        ({"scope": {"not_products": ["A"]}}, "不含商品 茶杯", "Not for product Tea cup"),
        ({"scope": {"sources": ["mall"]}}, "限渠道 mall", "Only through mall"),
        ({"scope": {"tiers": ["gold", "tea"]}}, "限等级 gold、茶叶", "Only for members of gold, Tea"),
        (
            {"scope": {"stores": [str(number) for number in range(12)]}},
            "限门店 0、1、2、3、4、5、6、7、8、9等 12 个",
            "Only in 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more",
        ),
        ({"validity": {"days": 1}}, "领取后 1 天内有效", "Valid for 1 day after it is received"),
        ({"validity": {"days": 0}}, "领取后长期有效", "Valid for ever"),
        (
            {"validity": {"after_days": 1, "days": 7}},
            "领取次日起 7 天内有效",
            "Valid for 7 days from the day after it is received",
        ),
        (
            {"validity": {"after_days": 3, "days": 7}},
            "领取后第 3 天起 7 天内有效",
            "Valid for 7 days from 3 days after it is received",
        ),
        (
            {"validity": {"kind": "fixed", "first_day": "2026-03-01", "last_day": "2026-12-31"}},
            "2026年3月1日至2026年12月31日有效",
            "Valid from 1 March 2026 to 31 December 2026",
        ),
        (
            {"validity": {"kind": "fixed", "last_day": "2026-03-01"}},
            "2026年3月1日前有效（含当天）",
            "Valid until 1 March 2026",
        ),
        ({"validity": {"weekdays": [7, 6]}}, "仅周末可用", "At weekends only"),
        ({"validity": {"weekdays": [3, 1]}}, "仅周一、周三可用", "On Monday, Wednesday only"),
        ({"validity": {"hours": ["22:00-02:00"]}}, "每日 22:00–次日 2:00", "Daily 22:00–2:00 the next day"),
        (
            {"transfer": {"is_allowed": True, "most_times": 3}},
            "可转赠，最多 3 次",
            "May be given away, 3 times at most",
        ),
        ({"on_refund": {"whole": "lost"}}, "退货后不退还", "Not given back after a refund"),
        ({"on_refund": {"part": "give_back"}}, "部分退货时也退还", "Given back when a part is refunded, too"),
    ],
)
def test_each_part_has_its_sentence(parts: dict[str, Any], zh: str, en: str):
    told_zh, told_en = said(AMOUNT, **parts)
    assert zh in told_zh
    assert en in told_en
    assert len(told_zh) == len(told_en)


def test_how_it_is_given_out():
    issuing = Issuing.model_validate_json(
        """{"stock": 1000, "limits": [{"most": 1}, {"period": "day", "most": 2}], "remind_days": 1,
        "budgets": [{"counts": "discount", "limit": 100000, "period": "month"}, {"counts": "count", "limit": 50}],
        "claiming": {"is_open": true, "opens_at": "2026-03-01T02:00:00Z", "closes_at": "2026-03-02T02:05:00Z",
                     "word": "spring", "is_rush": true, "most_per_address": 60}}"""
    )
    assert told_issuing(issuing, "zh", "CNY", ZONE) == [
        "共 1000 张",
        "每人限 1 张",
        "每人每天限 2 张",
        "会员可自行领取",
        "2026年3月1日 10:00 开始领取",
        "2026年3月2日 10:05 停止领取",
        "凭口令领取",
        "抢购：按先后放行，抢完即止",
        "同一网络地址每分钟最多 60 次",
        "每月最多优惠 1000",
        "合计最多核销 50 张",
        "到期前 1 天提醒",
    ]
    english = told_issuing(issuing, "en", "CNY", ZONE)
    assert english[:3] == ["1,000 in all", "1 for each member in all", "2 for each member a day"]
    # The word itself is not told: members read this.
    assert not [sentence for sentence in english if "spring" in sentence]
    assert told_issuing(Issuing(), "zh", "CNY", ZONE) == ["数量不限", "由商家发放，会员不能自行领取"]
