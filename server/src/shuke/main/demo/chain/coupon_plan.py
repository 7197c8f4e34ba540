"""The chain's coupons: one of every kind, in yuan and with its goods."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..coupon_plan import CouponPlan, Giving, Plan

_SEVEN_DAYS = {"remind_days": 7}

_TEMPLATES = (
    Plan(
        code="ten-off",
        zh="满 100 减 10",
        en="¥10 off ¥100",
        terms={
            "discount": {"kind": "amount_off", "off_minor": 1_000},
            "threshold": {"least": 10_000},
            "validity": {"kind": "relative", "days": 30},
            "transfer": {"is_allowed": True},
        },
        issuing={"claiming": {"is_open": True}, "limits": [{"period": "month", "most": 2}], **_SEVEN_DAYS},
    ),
    Plan(
        code="more-for-more",
        zh="满 200 减 20，满 300 减 30",
        en="¥20 off ¥200, ¥30 off ¥300",
        terms={
            "discount": {
                "kind": "steps",
                "steps": [{"from_minor": 20_000, "off_minor": 2_000}, {"from_minor": 30_000, "off_minor": 3_000}],
            },
            "validity": {"kind": "relative", "days": 45},
        },
        issuing=_SEVEN_DAYS,
    ),
    Plan(
        code="gold-88",
        zh="金卡 88 折",
        en="12% off for gold",
        terms={
            "discount": {"kind": "percent_off", "percent": 12, "most_minor": 10_000},
            "scope": {"tiers": ["gold", "diamond"]},
            "validity": {"kind": "relative", "days": 60},
            "category": "vip",
        },
        issuing={"budgets": [{"counts": "discount", "period": "month", "limit": 2_000_000}], **_SEVEN_DAYS},
    ),
    Plan(
        code="pot-price",
        zh="汤锅换购价 59 元",
        en="Soup pot for ¥59",
        terms={
            "discount": {"kind": "fixed_price", "price_minor": 5_900, "most_pieces": 1},
            "scope": {"products": ["CC004"]},
            "validity": {"kind": "relative", "days": 30},
        },
    ),
    Plan(
        code="mug-gift",
        zh="马克杯兑换券",
        en="A mug",
        terms={
            "discount": {"kind": "gift", "products": ["CJ016"], "pieces": 1},
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
            "threshold": {"least": 5_900},
            "validity": {"kind": "relative", "days": 90},
            "category": "postage",
        },
    ),
    Plan(
        code="second-half",
        zh="毛巾第二件半价",
        en="Second towel half price",
        terms={
            "discount": {"kind": "nth_item", "nth": 2, "percent": 50, "most_times": 3},
            "scope": {"products": ["WY004", "WY005", "WY006"]},
            "validity": {"kind": "relative", "days": 30, "weekdays": [1, 2, 3, 4, 5]},
        },
    ),
    Plan(
        code="flyer-fifteen",
        zh="传单券：满 99 减 15",
        en="Flyer: ¥15 off ¥99",
        terms={
            "discount": {"kind": "amount_off", "off_minor": 1_500},
            "threshold": {"least": 9_900},
            "validity": {"kind": "relative", "days": 90},
        },
        issuing={"stock": 1_000},
    ),
)
_GIVEN = (
    Giving(template="ten-off", tiers=("bronze", "silver"), people=600, how="claim", used_of_ten=0, shift=0),
    Giving(template="more-for-more", tiers=("silver", "gold"), people=400, how="staff", used_of_ten=0, shift=1),
    Giving(
        template="gold-88", tiers=("gold", "diamond"), people=500, how="benefit", used_of_ten=6, shift=2,
        discount_minor=2_880, more_minor=745,
    ),
    Giving(template="mug-gift", tiers=("gold", "diamond"), people=300, how="rule", used_of_ten=5, shift=3),
    Giving(template="free-postage", tiers=("diamond",), people=100, how="benefit", used_of_ten=0, shift=4),
    Giving(template="second-half", tiers=("bronze",), people=200, how="claim", used_of_ten=0, shift=5),
    Giving(template="pot-price", tiers=("silver",), people=200, how="claim", used_of_ten=0, shift=6),
)  # fmt: skip


@dataclass(frozen=True)
class OfOrder:
    """The coupon that pays a part of an order: of which template, and how its member came by it."""

    template: str
    how: str


# What the coupon took off → which coupon it was. Those above are given beside these, and not used with an order.
OF_ORDERS: Mapping[int, OfOrder] = {
    1_000: OfOrder("ten-off", "claim"),
    2_000: OfOrder("more-for-more", "staff"),
    3_000: OfOrder("more-for-more", "staff"),
}
PLAN = CouponPlan(
    templates=_TEMPLATES,
    given=_GIVEN,
    batch={
        "template": "flyer-fifteen",
        "name": "国庆传单（演示）",
        "kind": "codes",
        "count": 500,
        "use_by": None,
    },
    is_marked=False,
)
