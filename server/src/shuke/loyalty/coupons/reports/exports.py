"""Coupons, what they took off orders, and the figures of days, as files."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select, tuple_

from shuke.commerce import orders
from shuke.foundation import exports, organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from ..permissions import COUPONS_READ
from ..tables import coupon, coupon_template, coupon_use
from .rules import By
from .views import ask, show_report

_COUPON_SORT, _USE_SORT = "coupon", "coupon_use"
_AT_A_TIME = 2_000
# A code is as good as money: a list that is passed around shows its end.
_SHOWN = 4
_STATES = {
    "issued": LocalName("可用", "Usable"),
    "locked": LocalName("占用中", "In a cart"),
    "redeemed": LocalName("已核销", "Redeemed"),
    "expired": LocalName("已过期", "Expired"),
    "void": LocalName("已作废", "Void"),
    "given": LocalName("已转出", "Given away"),
}
_HOW = {
    "claim": LocalName("会员领取", "Claimed"),
    "rule": LocalName("积分规则", "Earning rule"),
    "benefit": LocalName("会员权益", "Benefit"),
    "staff": LocalName("员工发放", "Given by staff"),
    "api": LocalName("接口发放", "Given through the API"),
    "code": LocalName("券码", "Code"),
    "exchange": LocalName("兑换", "Exchanged"),
    "transfer": LocalName("转赠", "From another member"),
    "lottery": LocalName("抽签", "Won in a draw"),
}
Day = Annotated[date | None, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
Code = Annotated[str | None, Field(max_length=100)]


class CouponListFilters(BaseModel):
    """What the list of coupons can be narrowed to."""

    model_config = ConfigDict(extra="forbid")

    template: Code = None
    state: Literal["issued", "locked", "redeemed", "expired", "void", "given"] | None = None


class CouponDaysFilters(BaseModel):
    """The days of a report, and what of the shop it is about."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_day: Day = Field(default=None, alias="from")
    to_day: Day = Field(default=None, alias="to")
    template: Code = None


class CouponFiguresFilters(CouponDaysFilters):
    """The same as in the address of the report."""

    store: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    channel: Code = None
    by: By = "day"


async def load_coupons(
    session: Session, filters: CouponListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the coupons of the members whom the asker sees, in the order in which they came to be."""
    column, template = coupon.c, coupon_template.c
    wanted = (
        select(coupon, template.code.label("template"), template.name_zh, template.name_en)
        .join(coupon_template, template.template_id == column.template_id)
        .where(members.only_visible(column.member_id, sight))
    )
    if filters.template is not None:
        wanted = wanted.where(template.code == filters.template)
    if filters.state is not None:
        wanted = wanted.where(column.state == filters.state)
    if cursor is not None:
        (last,) = _numbers(cursor, _COUPON_SORT, 1)
        wanted = wanted.where(column.coupon_id > last)
    rows = (await session.execute(wanted.order_by(column.coupon_id).limit(_AT_A_TIME + 1))).all()
    shown = rows[:_AT_A_TIME]
    names = await members.names(session, sorted({row.member_id for row in shown if row.member_id}), sight)
    zone = (await organization.get_shop(session)).zone
    return exports.Rows(
        rows=[
            {
                "code": _ending(row.code),
                "template": row.template,
                "name": LocalName(row.name_zh, row.name_en).pick(language),
                "member": names[row.member_id].number if row.member_id in names else None,
                "state": _STATES[row.state].pick(language),
                "how": _HOW[row.how].pick(language) if row.how in _HOW else row.how,
                "issued_at": exports.instant(row.issued_at, zone),
                "expires_on": exports.day(clock.last_day(row.expires_at, zone)) if row.expires_at else None,
                "redeemed_at": exports.instant(row.redeemed_at, zone) if row.redeemed_at else None,
                "returned": row.returned,
            }
            for row in shown
        ],
        next=encode_cursor(_COUPON_SORT, [shown[-1].coupon_id]) if len(rows) > _AT_A_TIME else None,
    )


async def load_uses(
    session: Session, filters: CouponDaysFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of what coupons took off the orders of the members whom the asker sees."""
    column, template = coupon_use.c, coupon_template.c
    key = tuple_(column.member_id, column.order_id, column.coupon_id)
    wanted = (
        select(coupon_use, template.code.label("template"), template.name_zh, template.name_en)
        .join(coupon_template, template.template_id == column.template_id)
        .where(members.only_visible(column.member_id, sight))
    )
    if filters.template is not None:
        wanted = wanted.where(template.code == filters.template)
    if filters.from_day is not None:
        wanted = wanted.where(column.day >= filters.from_day)
    if filters.to_day is not None:
        wanted = wanted.where(column.day <= filters.to_day)
    if cursor is not None:
        wanted = wanted.where(key > tuple_(*_numbers(cursor, _USE_SORT, 3)))
    rows = (await session.execute(wanted.order_by(*key).limit(_AT_A_TIME + 1))).all()
    shown = rows[:_AT_A_TIME]
    found = await orders.get_orders(session, [(row.member_id, row.order_id) for row in shown])
    names = await members.names(session, sorted({row.member_id for row in shown if row.member_id}), sight)
    stores = await organization.get_stores(session, sorted({row.store_id for row in shown if row.store_id}))
    shop = await organization.get_shop(session)
    return exports.Rows(
        rows=[
            {
                "template": row.template,
                "name": LocalName(row.name_zh, row.name_en).pick(language),
                "member": names[row.member_id].number if row.member_id in names else None,
                "order": found[row.order_id].number if row.order_id in found else None,
                "store": stores[row.store_id].name if row.store_id in stores else None,
                "used_at": exports.instant(row.used_at, shop.zone),
                "discount": exports.money(row.discount_minor, shop.currency),
                "taken_back": exports.money(row.returned_minor, shop.currency),
                "currency": shop.currency,
            }
            for row in shown
        ],
        next=encode_cursor(_USE_SORT, [shown[-1].member_id, shown[-1].order_id, shown[-1].coupon_id])
        if len(rows) > _AT_A_TIME
        else None,
    )


async def load_figures(
    session: Session, filters: CouponFiguresFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """The report as it is on the screen, in one page."""
    asked = await ask(
        session,
        sight,
        filters.from_day,
        filters.to_day,
        template=filters.template,
        store_id=filters.store,
        channel=filters.channel,
    )
    report = await show_report(session, asked, filters.by)
    return exports.Rows(
        rows=[
            {
                "place": one.key,
                "name": one.name.pick(language) if one.name else None,
                **one.figures.model_dump(include=_COUNTS),
                **{name: exports.money(getattr(one.figures, f"{name}_minor"), report.currency) for name in _AMOUNTS},
                "currency": report.currency,
            }
            for one in report.items
        ],
        next=None,
    )


_COUNTS = {"issued", "claimed", "received", "redeemed", "returned", "expired", "voided", "orders"}
_AMOUNTS = ("discount", "cost", "sales", "net_sales")


def _numbers(cursor: str, sort: str, count: int) -> list[int]:
    values = decode_cursor(cursor, sort, count)
    if any(type(value) is not int for value in values):
        raise BadCursor
    return values


def _ending(code: str) -> str:
    return f"…{code[-_SHOWN:]}"


def _column(key: str, zh: str, en: str) -> exports.Column:
    return exports.Column(key=key, label=LocalName(zh, en))


COUPONS = exports.Exportable(
    key="coupons",
    label=LocalName("优惠券", "Coupons"),
    permission=COUPONS_READ.code,
    filters=CouponListFilters,
    columns=(
        _column("code", "券码尾号", "End of the code"),
        _column("template", "券模板代码", "Template"),
        _column("name", "优惠券", "Coupon"),
        _column("member", "会员号", "Member number"),
        _column("state", "状态", "State"),
        _column("how", "来源", "How it was issued"),
        _column("issued_at", "发放时间", "Issued"),
        _column("expires_on", "有效期至", "Usable through"),
        _column("redeemed_at", "使用时间", "Redeemed"),
        _column("returned", "退回次数", "Times returned"),
    ),
    rows=load_coupons,
)
COUPON_USES = exports.Exportable(
    key="coupon_uses",
    label=LocalName("用券订单", "Orders with coupons"),
    permission=COUPONS_READ.code,
    filters=CouponDaysFilters,
    columns=(
        _column("template", "券模板代码", "Template"),
        _column("name", "优惠券", "Coupon"),
        _column("member", "会员号", "Member number"),
        _column("order", "订单号", "Order"),
        _column("store", "门店", "Store"),
        _column("used_at", "使用时间", "Redeemed"),
        _column("discount", "优惠金额", "Discount"),
        _column("taken_back", "退款收回", "Taken back by refunds"),
        _column("currency", "币种", "Currency"),
    ),
    rows=load_uses,
)
COUPON_FIGURES = exports.Exportable(
    key="coupon_figures",
    label=LocalName("券分析", "Figures of coupons"),
    permission=COUPONS_READ.code,
    filters=CouponFiguresFilters,
    columns=(
        _column("place", "日期或对象", "Day, template, store or channel"),
        _column("name", "名称", "Name"),
        _column("issued", "发放", "Issued"),
        _column("claimed", "会员领取", "Claimed"),
        _column("received", "到会员手中", "Received by members"),
        _column("redeemed", "使用", "Redeemed"),
        _column("returned", "退回", "Returned"),
        _column("expired", "过期", "Expired"),
        _column("voided", "作废", "Voided"),
        _column("discount", "优惠金额", "Discount"),
        _column("cost", "实际成本", "Cost"),
        _column("orders", "用券订单", "Orders with coupons"),
        _column("sales", "用券销售额", "Sales with coupons"),
        _column("net_sales", "用券净销售额", "Net sales with coupons"),
        _column("currency", "币种", "Currency"),
    ),
    rows=load_figures,
)
EXPORTS = (COUPONS, COUPON_USES, COUPON_FIGURES)
