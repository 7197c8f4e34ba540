"""What the chain sells: three hundred household goods in ten categories, with prices and barcodes.

Names, brands and prices are made up. Barcodes begin with 29, which is for use inside
shops, so none is a real product's.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Article:
    """A product. `draw`: how often it is bought in proportion to others of its category; price in fen."""

    code: str
    name: str
    category: str
    brand: str
    price_minor: int
    barcode: str
    draw: float


@dataclass(frozen=True, kw_only=True)
class Category:
    """A category: how often it is bought, by month where it differs, and what there is in it."""

    code: str
    name: str
    draw: float
    months: dict[int, float]
    # (noun, price in yuan of its simplest make)
    things: tuple[tuple[str, int], ...]


CATEGORIES = (
    Category(code="CC", name="厨房用品", draw=1.5, months={1: 1.2, 2: 1.2}, things=(
        ("不粘炒锅", 129), ("汤锅", 99), ("砧板", 39), ("菜刀", 69), ("厨房剪刀", 25), ("调味罐", 19), ("保鲜盒", 22),
        ("沥水篮", 16), ("锅铲", 15), ("电子厨房秤", 49))),
    Category(code="CJ", name="餐具茶具", draw=1.2, months={1: 1.5, 2: 1.4, 9: 1.3}, things=(
        ("骨瓷餐盘", 35), ("米饭碗", 12), ("汤碗", 22), ("筷子套装", 29), ("玻璃水杯", 15), ("马克杯", 29),
        ("茶具套装", 168), ("保温壶", 99), ("分酒器", 45), ("果盘", 39))),
    Category(code="CS", name="床上用品", draw=1.0, months={10: 1.4, 11: 1.6, 12: 1.4, 6: 1.2, 7: 1.2}, things=(
        ("四件套", 299), ("蚕丝被", 499), ("羽绒被", 599), ("乳胶枕", 139), ("枕套", 39), ("床垫保护罩", 89),
        ("凉席", 159), ("毛毯", 119), ("夏凉被", 149), ("床笠", 79))),
    Category(code="WY", name="卫浴清洁", draw=1.4, months={}, things=(
        ("浴巾", 59), ("毛巾", 19), ("浴室防滑垫", 35), ("牙刷杯", 12), ("沐浴球", 9), ("马桶刷", 19), ("平板拖把", 79),
        ("垃圾袋", 10), ("清洁布", 12), ("洗衣凝珠", 39))),
    Category(code="SN", name="收纳整理", draw=1.3, months={2: 0.9, 3: 1.3, 8: 1.3, 9: 1.3}, things=(
        ("收纳箱", 39), ("抽屉收纳盒", 19), ("真空压缩袋", 25), ("衣架", 15), ("鞋盒", 22), ("挂钩", 8), ("置物架", 89),
        ("脏衣篮", 35), ("桌面收纳盒", 29), ("收纳凳", 79))),
    Category(code="JF", name="家纺布艺", draw=0.8, months={11: 1.3, 12: 1.4, 1: 1.4}, things=(
        ("窗帘", 199), ("抱枕", 39), ("沙发垫", 129), ("桌布", 49), ("地毯", 159), ("门帘", 59),
        ("椅垫", 29), ("围裙", 25), ("隔热手套", 19), ("遮光帘", 169))),
    Category(code="DJ", name="灯具小电", draw=0.7, months={6: 1.3, 7: 1.5, 11: 1.2, 12: 1.3}, things=(
        ("护眼台灯", 159), ("小夜灯", 29), ("加湿器", 129), ("电热水壶", 119), ("落地扇", 199),
        ("吹风机", 139), ("除螨仪", 299), ("插线板", 49), ("香薰机", 99), ("暖手宝", 59))),
    Category(code="LW", name="礼盒礼品", draw=0.6, months={1: 2.4, 2: 1.8, 9: 2.2, 12: 1.3}, things=(
        ("茶叶礼盒", 198), ("香薰礼盒", 168), ("毛巾礼盒", 99), ("餐具礼盒", 239), ("保温杯礼盒", 179), ("摆件", 129),
        ("蜡烛礼盒", 89), ("贺岁红包", 12), ("春联套装", 29), ("伴手礼袋", 19))),
    Category(code="WJ", name="文具学习", draw=0.7, months={8: 2.6, 9: 2.2, 2: 1.5}, things=(
        ("笔记本", 12), ("中性笔", 6), ("文件夹", 15), ("书立", 22), ("笔袋", 25), ("学生书包", 139), ("便当盒", 49),
        ("水彩笔", 29), ("护脊坐垫", 69), ("台历", 25))),
    Category(code="HW", name="户外出行", draw=0.6, months={4: 1.4, 5: 1.6, 7: 1.3, 8: 1.2, 10: 1.3}, things=(
        ("晴雨伞", 59), ("野餐垫", 69), ("保冷袋", 45), ("旅行收纳袋", 35), ("折叠椅", 99),
        ("运动水壶", 49), ("行李箱", 359), ("颈枕", 45), ("防晒帽", 55), ("露营灯", 79))),
)  # fmt: skip
_MAKES = (("基础款", "良宿", 1.0), ("升级款", "素白", 1.5), ("甄选款", "拾光里", 2.3))
# How often a make is bought in proportion to the simplest.
_MAKE_DRAWS = (1.0, 0.62, 0.34)


@cache
def articles() -> tuple[Article, ...]:
    """Everything that is sold, by category, thing and make."""
    return tuple(
        _article(category, place, noun, yuan, make)
        for category in CATEGORIES
        for place, (noun, yuan) in enumerate(category.things)
        for make in range(len(_MAKES))
    )


def _article(category: Category, place: int, noun: str, yuan: int, make: int) -> Article:
    label, brand, times = _MAKES[make]
    # Prices end in nine, as on the labels.
    price_minor = (round(yuan * times / 10) * 10 - 1) * 100 if yuan * times >= 30 else round(yuan * times) * 100 - 10
    number = CATEGORIES.index(category) * 100 + place * len(_MAKES) + make
    return Article(
        code=f"{category.code}{place * len(_MAKES) + make + 1:03d}",
        name=f"{brand} {noun} {label}",
        category=category.name,
        brand=brand,
        price_minor=price_minor,
        barcode=_ean13(f"29{number:010d}"),
        draw=_MAKE_DRAWS[make] / (1 + place * 0.18),
    )


def _ean13(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"
