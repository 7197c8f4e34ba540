"""The coupons of the Online Retail demonstration: one of every kind, in its currency and with its goods."""

from collections.abc import Mapping
from typing import Any

from .coupon_plan import CouponPlan, Giving, Plan

_SEVEN_DAYS = {"remind_days": 7}

TEMPLATES = (
    Plan(
        code="five-off",
        zh="满 30 减 5",
        en="£5 off £30",
        terms={
            "discount": {"kind": "amount_off", "off_minor": 500},
            "threshold": {"least": 3_000},
            "validity": {"kind": "relative", "days": 30},
            "transfer": {"is_allowed": True},
        },
        issuing={"claiming": {"is_open": True}, "limits": [{"period": "month", "most": 2}], **_SEVEN_DAYS},
    ),
    Plan(
        code="more-for-more",
        zh="满 100 减 10，满 200 减 30",
        en="£10 off £100, £30 off £200",
        terms={
            "discount": {
                "kind": "steps",
                "steps": [{"from_minor": 10_000, "off_minor": 1_000}, {"from_minor": 20_000, "off_minor": 3_000}],
            },
            "validity": {"kind": "relative", "days": 45},
        },
        issuing=_SEVEN_DAYS,
    ),
    Plan(
        code="gold-twelve",
        zh="金卡 88 折",
        en="12% off for gold",
        terms={
            "discount": {"kind": "percent_off", "percent": 12, "most_minor": 2_000},
            "scope": {"tiers": ["gold", "diamond"]},
            "validity": {"kind": "relative", "days": 60},
            "category": "vip",
        },
        issuing={"budgets": [{"counts": "discount", "period": "month", "limit": 200_000}], **_SEVEN_DAYS},
    ),
    Plan(
        code="cakestand-price",
        zh="蛋糕架 9.95 镑",
        en="Cakestand for £9.95",
        terms={
            "discount": {"kind": "fixed_price", "price_minor": 995, "most_pieces": 2},
            "scope": {"products": ["22423"]},
            "validity": {"kind": "relative", "days": 30},
        },
    ),
    Plan(
        code="heart-gift",
        zh="爱心烛台兑换券",
        en="A heart t-light holder",
        terms={
            "discount": {"kind": "gift", "products": ["85123A"], "pieces": 1},
            "validity": {"kind": "relative", "days": 60},
            "category": "gift",
            "transfer": {"is_allowed": True, "days_to_accept": 7},
        },
        issuing=_SEVEN_DAYS,
    ),
    Plan(
        code="free-postage",
        zh="包邮券",
        en="Free postage",
        terms={
            "discount": {"kind": "free_shipping"},
            "threshold": {"least": 2_000},
            "validity": {"kind": "relative", "days": 90},
            "category": "postage",
        },
    ),
    Plan(
        code="second-half",
        zh="第二件半价",
        en="Second piece half price",
        terms={
            "discount": {"kind": "nth_item", "nth": 2, "percent": 50, "most_times": 3},
            "scope": {"products": ["85099B", "20725", "20727", "22383"]},
            "validity": {"kind": "relative", "days": 30, "weekdays": [1, 2, 3, 4, 5]},
        },
    ),
    Plan(
        code="flyer-three",
        zh="传单满 20 减 3",
        en="Flyer: £3 off £20",
        terms={
            "discount": {"kind": "amount_off", "off_minor": 300},
            "threshold": {"least": 2_000},
            "validity": {"kind": "relative", "days": 90},
        },
        issuing={"stock": 500},
    ),
    Plan(
        code="spring-draft",
        zh="春季新品 9 折",
        en="10% off spring arrivals",
        terms={"discount": {"kind": "percent_off", "percent": 10, "most_minor": 1_500}},
        is_published=False,
    ),
)

GIVEN = (
    Giving(
        template="five-off", tiers=("bronze", "silver"), people=120, how="claim", used_of_ten=4, shift=0,
        discount_minor=500,
    ),
    Giving(
        template="more-for-more", tiers=("silver", "gold"), people=80, how="staff", used_of_ten=3, shift=1,
        discount_minor=1_000,
    ),
    Giving(
        template="gold-twelve", tiers=("gold", "diamond"), people=90, how="benefit", used_of_ten=6, shift=2,
        discount_minor=480, more_minor=145,
    ),
    Giving(template="heart-gift", tiers=("gold", "diamond"), people=60, how="rule", used_of_ten=5, shift=3),
    Giving(template="free-postage", tiers=("diamond",), people=40, how="benefit", used_of_ten=0, shift=4),
    Giving(template="second-half", tiers=("bronze",), people=50, how="claim", used_of_ten=0, shift=5),
    Giving(template="cakestand-price", tiers=("silver",), people=40, how="claim", used_of_ten=0, shift=6),
)  # fmt: skip

BATCH: Mapping[str, Any] = {
    "template": "flyer-three",
    "name": "演示传单 Demonstration flyer",
    "kind": "codes",
    "count": 200,
    "use_by": None,
}

PLAN = CouponPlan(templates=TEMPLATES, given=GIVEN, batch=BATCH, is_marked=True)
