"""What is true of the generated chain: who buys how often, when, for how much, and what makes it more or less.

The chain's orders are drawn from these numbers and from nothing else, so that a forecast can be held against them.
docs/reference/demo.md says the same in words. Rates are for thirty days; shares and chances are of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SEED = 20_250_501
TIME_ZONE = "Asia/Shanghai"
FIRST_DAY = date(2025, 5, 1)
LAST_DAY = date(2026, 10, 31)
OPENS_ON = date(2026, 11, 1)
MEMBERS = 20_000

# Of the members: those who were there on the first day; the others join by and by, more of them every month.
THERE_AT_FIRST = 0.42
JOINED_EARLIER_WITHIN_DAYS = 900
MORE_JOIN_EACH_MONTH = 0.02
# Purchases grow by this much each month, whoever buys.
GROWTH_A_MONTH = 0.006
# Of all sales, those to people who do not say who they are.
GUESTS = 0.12

# Monday to Sunday.
WEEK = (0.80, 0.76, 0.80, 0.86, 1.12, 1.42, 1.34)
# From nine to ten in the evening; what is left out is closed.
HOURS: Mapping[int, float] = {
    9: 2, 10: 5, 11: 8, 12: 8, 13: 6, 14: 7, 15: 8, 16: 9, 17: 9, 18: 11, 19: 13, 20: 10, 21: 4,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class MemberType:
    """How a kind of member buys.

    `orders`: a month, before season and growth. `lapse`: the chance each month to buy nothing any more. `lines`: the
    mean number of lines of an order. `elasticity`: by the power of how much a lower price brings more orders.
    `dear`: how the price draws: above one the dearer products, below one the cheaper. `coupon`: of their orders, those
    paid with a coupon where it reaches. `redeem`: of the orders that could be paid with points, those that are.
    `returns`: of their orders, those of which something comes back. `seasons`: events that move them otherwise.
    """

    code: str
    zh: str
    en: str
    share: float
    orders: float
    lapse: float
    lines: float
    elasticity: float
    dear: float
    coupon: float
    redeem: float
    returns: float
    seasons: Mapping[str, float] = field(default_factory=dict)


TYPES = (
    MemberType(
        code="loyal", zh="忠诚客", en="Loyal", share=0.16, orders=0.82, lapse=0.010, lines=2.6,
        elasticity=0.6, dear=1.25, coupon=0.10, redeem=0.22, returns=0.030,
    ),
    MemberType(
        code="regular", zh="普通客", en="Regular", share=0.28, orders=0.33, lapse=0.025, lines=2.2,
        elasticity=1.0, dear=1.0, coupon=0.10, redeem=0.10, returns=0.038,
    ),
    MemberType(
        code="deals", zh="优惠客", en="Deal hunter", share=0.19, orders=0.26, lapse=0.030, lines=2.4,
        elasticity=4.0, dear=0.75, coupon=0.42, redeem=0.30, returns=0.050,
    ),
    MemberType(
        code="once", zh="一次客", en="One-time", share=0.19, orders=0.0, lapse=1.0, lines=1.6,
        elasticity=0.0, dear=1.0, coupon=0.0, redeem=0.0, returns=0.055,
    ),
    MemberType(
        code="lapsing", zh="流失客", en="Lapsing", share=0.10, orders=0.74, lapse=0.170, lines=2.2,
        elasticity=1.0, dear=1.0, coupon=0.12, redeem=0.05, returns=0.060,
    ),
    MemberType(
        code="gifts", zh="送礼客", en="Gift buyer", share=0.08, orders=0.125, lapse=0.015, lines=1.9,
        elasticity=0.5, dear=1.55, coupon=0.05, redeem=0.08, returns=0.020,
        seasons={"spring-festival": 9.0, "mid-autumn": 6.5, "new-year": 3.0},
    ),
)  # fmt: skip
# Guests buy as regular customers do; they have neither points nor coupons.
GUEST_LINES = 1.7
GUEST_RETURNS = 0.02


@dataclass(frozen=True, kw_only=True)
class Season:
    """Days on which more or less is bought. `traffic`: times as many orders. `discount`: off every price."""

    code: str
    zh: str
    first: date
    last: date
    traffic: float
    discount: float = 0.0


SEASONS = (
    Season(code="labour-day", zh="五一", first=date(2025, 5, 1), last=date(2025, 5, 5), traffic=1.35, discount=0.05),
    Season(code="618", zh="618", first=date(2025, 6, 12), last=date(2025, 6, 20), traffic=1.45, discount=0.12),
    Season(code="school", zh="开学季", first=date(2025, 8, 22), last=date(2025, 9, 7), traffic=1.25),
    Season(code="mid-autumn", zh="中秋", first=date(2025, 9, 27), last=date(2025, 10, 6), traffic=1.20),
    Season(code="double-eleven", zh="双11", first=date(2025, 11, 6), last=date(2025, 11, 12), traffic=1.60,
           discount=0.18),
    Season(code="new-year", zh="元旦", first=date(2025, 12, 30), last=date(2026, 1, 3), traffic=1.15),
    Season(code="spring-festival", zh="年货节", first=date(2026, 1, 24), last=date(2026, 2, 14), traffic=1.55,
           discount=0.05),
    # The chain is closed on New Year's Eve and the three days after it, and few come in the week that follows.
    Season(code="closed", zh="春节休息", first=date(2026, 2, 16), last=date(2026, 2, 19), traffic=0.0),
    Season(code="after-festival", zh="春节后", first=date(2026, 2, 20), last=date(2026, 3, 3), traffic=0.60),
    Season(code="labour-day", zh="五一", first=date(2026, 5, 1), last=date(2026, 5, 5), traffic=1.35, discount=0.05),
    Season(code="618", zh="618", first=date(2026, 6, 12), last=date(2026, 6, 20), traffic=1.45, discount=0.12),
    Season(code="school", zh="开学季", first=date(2026, 8, 22), last=date(2026, 9, 7), traffic=1.25),
    Season(code="mid-autumn", zh="中秋", first=date(2026, 9, 17), last=date(2026, 9, 25), traffic=1.20),
)  # fmt: skip

# Of the orders of which something comes back: those that come back whole. The others give back one line.
WHOLE_RETURNS = 0.45
RETURNED_WITHIN_DAYS = 14
# A hundred points are one yuan; members use them from two hundred on, in hundreds, for half of an order at most.
POINTS_STEP = 100
POINTS_LEAST = 200
POINTS_MOST_SHARE = 0.5
# (from so many minor units of goods, so much off)
COUPONS = ((30_000, 3_000), (20_000, 2_000), (10_000, 1_000))
PAYMENTS: Mapping[str, float] = {"wechat": 0.56, "alipay": 0.30, "cash": 0.05, "card": 0.09}


@dataclass(frozen=True, kw_only=True)
class StoreTruth:
    """A store: `size` is its share of members and sales in proportion to the others."""

    code: str
    name: str
    city: str
    size: float
    address: str


STORES = (
    StoreTruth(code="SH01", name="上海徐汇店", city="SH", size=1.60, address="上海市徐汇区（演示地址）"),
    StoreTruth(code="SH02", name="上海静安店", city="SH", size=1.35, address="上海市静安区（演示地址）"),
    StoreTruth(code="SH03", name="上海浦东店", city="SH", size=1.20, address="上海市浦东新区（演示地址）"),
    StoreTruth(code="SH04", name="上海闵行店", city="SH", size=0.85, address="上海市闵行区（演示地址）"),
    StoreTruth(code="HZ01", name="杭州西湖店", city="HZ", size=1.15, address="杭州市西湖区（演示地址）"),
    StoreTruth(code="HZ02", name="杭州滨江店", city="HZ", size=0.80, address="杭州市滨江区（演示地址）"),
    StoreTruth(code="SZ01", name="苏州姑苏店", city="SZ", size=0.90, address="苏州市姑苏区（演示地址）"),
    StoreTruth(code="SZ02", name="苏州工业园店", city="SZ", size=0.70, address="苏州市工业园区（演示地址）"),
    StoreTruth(code="GZ01", name="广州天河店", city="GZ", size=1.25, address="广州市天河区（演示地址）"),
    StoreTruth(code="GZ02", name="广州越秀店", city="GZ", size=0.75, address="广州市越秀区（演示地址）"),
    StoreTruth(code="CD01", name="成都锦江店", city="CD", size=1.00, address="成都市锦江区（演示地址）"),
    StoreTruth(code="CD02", name="成都武侯店", city="CD", size=0.65, address="成都市武侯区（演示地址）"),
)
# City: its name, and the region that it lies in.
CITIES: Mapping[str, tuple[str, str]] = {
    "SH": ("上海", "EAST"), "HZ": ("杭州", "EAST"), "SZ": ("苏州", "EAST"), "GZ": ("广州", "SOUTH"),
    "CD": ("成都", "WEST"),
}  # fmt: skip
REGIONS: Mapping[str, str] = {"EAST": "华东区", "SOUTH": "华南区", "WEST": "西南区"}
EMPLOYEES_A_STORE = 4
# Members buy elsewhere than in their own store now and then.
ELSEWHERE = 0.08
