"""What conditions can ask of an order, of its lines, and of what a person bought before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Subquery

from shuke.foundation import organization
from shuke.platform.conditions import Argument, Fact, FactSource, FactType, Moment, Scope
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .history import load_history, orders_in, quantity_in, spend_in

_EARNING: frozenset[Scope] = frozenset(("earning", "lines"))
_LINES: frozenset[Scope] = frozenset(("lines",))
_EVERYWHERE: frozenset[Scope] = frozenset(("members", "earning", "lines"))
_ORDER = LocalName("本次订单", "This order")
_LINE = LocalName("订单行", "Order line")
_HISTORY = LocalName("购买历史", "Purchase history")

PRODUCT = Argument(
    name="product",
    type="text",
    label=LocalName("商品编码", "Product code"),
    phrase=LocalName("商品 {value}", "product {value}"),
)
CATEGORY = Argument(
    name="category",
    type="text",
    label=LocalName("品类", "Category"),
    phrase=LocalName("品类 {value}", "category {value}"),
)
DAYS = Argument(
    name="days",
    type="number",
    label=LocalName("最近天数（可不填）", "Last days (optional)"),
    phrase=LocalName("最近 {value} 天", "last {value} days"),
    is_required=False,
)


def _of_order(name: str, kind: FactType, zh: str, en: str, **said: Any) -> Fact:
    return Fact(name=f"order.{name}", type=kind, label=LocalName(zh, en), group=_ORDER, scopes=_EARNING, **said)


def _of_line(name: str, kind: FactType, zh: str, en: str, **said: Any) -> Fact:
    return Fact(name=f"line.{name}", type=kind, label=LocalName(zh, en), group=_LINE, scopes=_LINES, **said)


def _of_history(
    name: str,
    kind: FactType,
    zh: str,
    en: str,
    *,
    arguments: tuple[Argument, ...],
    relation: Callable[[Moment, Any], Subquery],
    absent: int | Decimal = 0,
) -> Fact:
    return Fact(
        name=f"history.{name}",
        type=kind,
        label=LocalName(zh, en),
        group=_HISTORY,
        scopes=_EVERYWHERE,
        arguments=arguments,
        low=0,
        is_optional=False,
        relation=relation,
        absent=absent,
        load=load_history,
    )


STORE = _of_order("store", "text", "下单门店", "Store of the order")

FACTS_OF_ORDERS = (
    _of_order("amount", "money", "订单商品金额", "Goods value of the order", is_optional=False),
    STORE,
    _of_order("source", "text", "订单来源", "Source of the order"),
    _of_order("payment_methods", "choices", "支付方式", "Ways of payment"),
    _of_order("number_of_items", "decimal", "商品件数", "Number of items", low=0, is_optional=False),
    _of_order("order_no", "number", "会员的第几单", "Which order of the member", low=1),
    _of_order("is_first", "boolean", "首单", "First order"),
    _of_line("product", "text", "商品编码", "Product code"),
    _of_line("category", "text", "商品品类", "Category"),
    _of_line("brand", "text", "品牌", "Brand"),
    _of_line("quantity", "decimal", "数量", "Quantity", is_optional=False),
    _of_line("amount", "money", "金额", "Amount", is_optional=False),
    _of_line("unit_price", "money", "单价", "Unit price"),
    _of_history("order_count", "number", "订单数", "Number of orders", arguments=(DAYS,), relation=orders_in),
    _of_history("spend", "money", "净消费", "Net spend", arguments=(DAYS,), relation=spend_in),
    _of_history(
        "product_orders",
        "number",
        "买过某商品的订单数",
        "Orders with a product",
        arguments=(PRODUCT, DAYS),
        relation=orders_in,
    ),
    _of_history(
        "product_quantity",
        "decimal",
        "购买某商品的数量",
        "Quantity of a product",
        arguments=(PRODUCT, DAYS),
        relation=quantity_in,
        absent=Decimal(0),
    ),
    _of_history(
        "category_orders",
        "number",
        "买过某品类的订单数",
        "Orders with a category",
        arguments=(CATEGORY, DAYS),
        relation=orders_in,
    ),
    _of_history(
        "category_quantity",
        "decimal",
        "购买某品类的数量",
        "Quantity of a category",
        arguments=(CATEGORY, DAYS),
        relation=quantity_in,
        absent=Decimal(0),
    ),
)


async def _load(session: Session) -> Sequence[Fact]:
    return [replace(STORE, choices=await organization.store_choices(session) or None)]


FACTS = FactSource(facts=FACTS_OF_ORDERS, load=_load)
