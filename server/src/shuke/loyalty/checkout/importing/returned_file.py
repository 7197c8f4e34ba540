"""Unmatched returns as a file: each with the orders it can be of."""

from collections.abc import Sequence

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.platform.db import Session
from shuke.platform.spreadsheets import START, csv_rows

from .returned import UnmatchedReturn, list_candidates

# More than anybody compares by eye; how many there are in all stands beside them.
_SHOWN = 50
_AT_A_TIME = 2_000
_HEADER = {
    "zh": [
        "编号",
        "退货日期",
        "商品编码",
        "商品名称",
        "门店",
        "数量",
        "状态",
        "可能的订单数",
        "可能的订单（最近的在前）",
    ],
    "en": ["id", "returned on", "product", "name", "store", "quantity", "state", "orders", "orders, latest first"],
}
_STATES = {
    "zh": {"waiting": "待对应", "matched": "已对应", "dismissed": "已忽略"},
    "en": {"waiting": "waiting", "matched": "matched", "dismissed": "dismissed"},
}


async def unmatched_csv(session: Session, returns: Sequence[UnmatchedReturn], language: str) -> bytes:
    """Returns as CSV, UTF-8 with BOM so that Excel reads it, with the numbers of the orders they can be of."""
    products = await catalog.get_products(session, sorted({one.product_id for one in returns}))
    stores = await organization.get_stores(session, sorted({one.store_id for one in returns if one.store_id}))
    rows: list[Sequence[object]] = [_HEADER[language]]
    for start in range(0, len(returns), _AT_A_TIME):
        some = returns[start : start + _AT_A_TIME]
        candidates = await list_candidates(session, some, _SHOWN)
        for one in some:
            sold = candidates[one.return_id]
            rows.append(
                [
                    one.return_id,
                    one.returned_on,
                    products[one.product_id].code,
                    products[one.product_id].name,
                    stores[one.store_id].name if one.store_id else None,
                    f"{one.quantity.normalize():f}",
                    _STATES[language][one.state],
                    sold[0].of if sold else 0,
                    "; ".join(order.number for order in sold),
                ]
            )
    return START + csv_rows(rows)
