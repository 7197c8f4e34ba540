"""The dashboard as tables for spreadsheets."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from shuke.platform import spreadsheets
from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import exponent

from .schemas import DashboardOut

Part = Literal["figures", "days", "months", "tiers", "stores"]
Row = tuple[object, ...]

FIGURES: Mapping[str, LocalName] = {
    "members": LocalName("会员总数", "Members"),
    "active_members": LocalName("活跃会员", "Active members"),
    "new_members": LocalName("新增会员", "New members"),
    "repurchase_rate": LocalName("复购率", "Repurchase rate"),
    "sales_minor": LocalName("销售额", "Sales"),
    "orders": LocalName("订单数", "Orders"),
    "average_order_minor": LocalName("客单价", "Average order"),
    "member_sales_share": LocalName("会员销售占比", "Members' share of sales"),
    "points_issued": LocalName("发放积分", "Points issued"),
    "points_used": LocalName("使用积分", "Points used"),
    "points_expired": LocalName("过期积分", "Points expired"),
    "points_outstanding": LocalName("未使用积分", "Points outstanding"),
}
_SHARES = frozenset({"repurchase_rate", "member_sales_share"})
_TAKEN_BACK = LocalName("收回积分", "Points taken back")
_MEMBER_SALES = LocalName("会员销售额", "Sales to members")


def dashboard_csv(shown: DashboardOut, part: Part, language: Language) -> bytes:
    """A part of the dashboard as CSV in UTF-8 with BOM. Amounts in units of the currency, shares in per cent."""
    return spreadsheets.START + spreadsheets.csv_rows(_PARTS[part](shown, language))


def _figures(shown: DashboardOut, language: Language) -> Iterator[Row]:
    before = "" if shown.previous is None else f"{shown.previous.from_} – {shown.previous.to}"
    yield LocalName("指标", "Figure").pick(language), f"{shown.period.from_} – {shown.period.to}", before
    for name, label in FIGURES.items():
        found = getattr(shown.figures, name)
        yield label.pick(language), _told(name, found.value, shown), _told(name, found.previous, shown)


def _days(shown: DashboardOut, language: Language) -> Iterator[Row]:
    names = ("sales_minor", "member_sales_minor", "orders", "new_members")
    yield LocalName("日期", "Day").pick(language), *(_label(name).pick(language) for name in names)
    for day in (*shown.previous_days, *shown.days):
        yield day.day, *(_told(name, getattr(day, name), shown) for name in names)


def _months(shown: DashboardOut, language: Language) -> Iterator[Row]:
    names = (
        "sales_minor", "member_sales_minor", "orders", "new_members",
        "points_issued", "points_used", "points_taken_back", "points_expired",
    )  # fmt: skip
    yield LocalName("月份", "Month").pick(language), *(_label(name).pick(language) for name in names)
    for month in shown.months:
        yield month.month, *(_told(name, getattr(month, name), shown) for name in names)


def _tiers(shown: DashboardOut, language: Language) -> Iterator[Row]:
    yield LocalName("等级", "Tier").pick(language), FIGURES["members"].pick(language)
    none = LocalName("暂无等级", "No tier yet")
    for one in shown.tiers:
        yield (one.tier.name if one.tier else none).pick(language), one.members


def _stores(shown: DashboardOut, language: Language) -> Iterator[Row]:
    sales, orders = FIGURES["sales_minor"], FIGURES["orders"]
    yield LocalName("门店", "Store").pick(language), sales.pick(language), orders.pick(language)
    for one in shown.stores:
        yield one.store.name, _told("sales_minor", one.sales_minor, shown), one.orders


def _label(name: str) -> LocalName:
    return {"member_sales_minor": _MEMBER_SALES, "points_taken_back": _TAKEN_BACK}.get(name) or FIGURES[name]


def _told(name: str, value: int | None, shown: DashboardOut) -> object:
    """Amounts and shares as spreadsheets count them."""
    if value is None:
        return None
    if name.endswith("_minor"):
        return str(Decimal(value).scaleb(-exponent(shown.currency)))
    return f"{Decimal(value).scaleb(-2)}%" if name in _SHARES else value


_PARTS: Mapping[Part, Callable[[DashboardOut, Language], Iterator[Row]]] = {
    "figures": _figures,
    "days": _days,
    "months": _months,
    "tiers": _tiers,
    "stores": _stores,
}
