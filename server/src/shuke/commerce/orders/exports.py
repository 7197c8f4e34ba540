"""Orders and refunds as a file: the list of orders, with its filters."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.foundation import exports, organization
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from .permissions import ORDERS_READ
from .queries import OrderFilter, list_orders
from .rules import OrderKind, RefundReason
from .views import show_orders

_AT_A_TIME = 1_000
_KIND = {
    "sale": LocalName("销售", "Sale"),
    "refund": LocalName("退货", "Refund"),
    "adjustment": LocalName("调整", "Adjustment"),
}
_REASON: Mapping[RefundReason, LocalName] = {
    "changed_mind": LocalName("不想要了", "Changed their mind"),
    "does_not_fit": LocalName("尺寸或款式不合适", "Does not fit"),
    "faulty": LocalName("质量问题", "Faulty"),
    "wrong_item": LocalName("拿错或发错", "Wrong item"),
    "price": LocalName("价格原因", "Price"),
    "other": LocalName("其他", "Other"),
}
Day = Annotated[date | None, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class OrderListFilters(BaseModel):
    """What the list can be narrowed to: the same as in the address of the list."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    q: Annotated[str | None, Field(max_length=100)] = None
    kind: OrderKind | None = None
    store: Annotated[int | None, Field(ge=0, le=2**63 - 1)] = None
    from_day: Day = Field(default=None, alias="from")
    to_day: Day = Field(default=None, alias="to")


async def load(
    session: Session, filters: OrderListFilters, sight: Sight, language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the documents that the asker sees, oldest first."""
    zone = (await organization.get_shop(session)).zone
    wanted = OrderFilter(
        number=(filters.q or "").strip() or None,
        kind=filters.kind,
        store_id=filters.store,
        from_at=clock.start_of_day(filters.from_day, zone) if filters.from_day else None,
        until_at=clock.start_of_day(filters.to_day + timedelta(days=1), zone) if filters.to_day else None,
    )
    page = await list_orders(session, sight, where=wanted, sort="placed_at", limit=_AT_A_TIME, cursor=cursor)
    rows = [
        {
            "number": row.number,
            "source": row.source,
            "kind": _KIND[row.kind].pick(language),
            "placed_at": exports.instant(row.placed_at, zone),
            "store": row.store.name if row.store else None,
            "member": row.member.number if row.member else None,
            "name": row.member.name if row.member else None,
            "lines": row.line_count,
            "gross": exports.money(row.gross_minor, row.currency),
            "refunded": exports.money(row.refunded_minor, row.currency),
            "net": exports.money(row.net_minor, row.currency),
            "currency": row.currency,
            "refund_reason": _REASON[row.refund_reason].pick(language) if row.refund_reason else None,
            "refund_note": row.refund_note,
        }
        for row in await show_orders(session, page.items, sight)
    ]
    return exports.Rows(rows=rows, next=page.next)


ORDERS = exports.Exportable(
    key="orders",
    label=LocalName("订单", "Orders"),
    permission=ORDERS_READ.code,
    filters=OrderListFilters,
    columns=(
        exports.Column(key="number", label=LocalName("单号", "Number")),
        exports.Column(key="source", label=LocalName("来源", "Source")),
        exports.Column(key="kind", label=LocalName("类型", "Kind")),
        exports.Column(key="placed_at", label=LocalName("下单时间", "Placed")),
        exports.Column(key="store", label=LocalName("门店", "Store")),
        exports.Column(key="member", label=LocalName("会员号", "Member number")),
        exports.Column(key="name", label=LocalName("会员姓名", "Member"), view="name"),
        exports.Column(key="lines", label=LocalName("行数", "Lines")),
        exports.Column(key="gross", label=LocalName("金额", "Amount")),
        exports.Column(key="refunded", label=LocalName("已退", "Refunded")),
        exports.Column(key="net", label=LocalName("净额", "Net")),
        exports.Column(key="currency", label=LocalName("币种", "Currency")),
        exports.Column(key="refund_reason", label=LocalName("退货原因", "Reason for the return")),
        exports.Column(key="refund_note", label=LocalName("退货说明", "Words on the return")),
    ),
    rows=load,
)
