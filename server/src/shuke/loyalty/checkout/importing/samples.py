"""A look at files before they are imported: their first rows, which mapping fits them, what their columns may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from shuke.platform.tabular import open_table

from .files import Given
from .mapping import Mapping

_ROWS = 5
_LONGEST = 200
_BLANKS = re.compile(r"[\s_\-./()（）:：]+")
# Headings that people give these columns, without blanks and in small letters.
_WORDS: dict[str, tuple[str, ...]] = {
    "number": ("订单号", "单号", "订单编号", "小票号", "流水号", "orderno", "ordernumber", "orderid", "invoiceno",
               "invoice", "receiptno", "documentno", "name"),
    "placed_at": ("下单时间", "订单时间", "付款时间", "支付时间", "交易时间", "销售时间", "日期", "时间", "orderdate",
                  "invoicedate", "date", "placedat", "createdat", "paidat", "time", "datetime"),
    "customer": ("会员号", "会员编号", "会员卡号", "客户编号", "客户号", "顾客编号", "手机号", "customerid",
                 "customerno", "customernumber", "customerkey", "memberid", "memberno", "customer"),
    "product": ("商品编码", "商品编号", "货号", "商品代码", "条码", "sku", "productcode", "productid", "stockcode",
                "itemcode", "productno", "lineitemsku", "productkey", "barcode"),
    "product_name": ("商品名称", "品名", "商品", "productname", "description", "itemname", "lineitemname", "title"),
    "quantity": ("数量", "件数", "销售数量", "quantity", "qty", "lineitemquantity", "orderquantity", "units"),
    "unit_price": ("单价", "售价", "成交价", "零售价", "unitprice", "price", "lineitemprice", "saleprice"),
    "store": ("门店", "店铺", "门店名称", "店名", "store", "shop", "location", "storename", "country", "branch"),
    "category": ("类别", "分类", "品类", "商品分类", "category", "productcategory", "department"),
    "brand": ("品牌", "brand", "vendor"),
    "points_paid": ("积分抵扣", "积分抵现", "积分支付", "pointspaid", "pointsamount"),
    "coupon_paid": ("优惠券", "优惠券金额", "券抵扣", "couponpaid", "couponamount", "discountamount"),
    "payment": ("支付方式", "付款方式", "paymentmethod", "payment", "paidby"),
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A file's headings and first rows."""

    name: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Fit:
    """What files are to a mapping, and what it still needs."""

    mapping: Mapping
    roles: list[str | None]
    lacks: list[str]

    @property
    def is_complete(self) -> bool:
        """Whether the files can be imported by this mapping."""
        return not self.lacks and None not in self.roles


def look_at(given: Given) -> Sample:
    """The beginning of a file. Blocks: call it in a thread. Raises UnreadableTable."""
    table = open_table(given.path)
    rows = [[_shown(cell) for cell in row.cells] for row in islice(table.rows, _ROWS)]
    return Sample(given.name, [_shown(column) for column in table.header], rows)


def _shown(cell: str) -> str:
    """A cell as it can be sent and shown."""
    return cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()[:_LONGEST]


def fits(mappings: Sequence[Mapping], samples: Sequence[Sample]) -> list[Fit]:
    """Mappings that know at least one of the files as rows, those that know all of them first."""
    found = []
    for mapping in mappings:
        roles = [mapping.role_of(sample.header) for sample in samples]
        if any(roles):
            found.append(Fit(mapping, roles, mapping.lacks([role for role in roles if role])))
    return sorted(found, key=lambda fit: (not fit.is_complete, -sum(role is not None for role in fit.roles)))


def guess(header: Sequence[str]) -> dict[str, str]:
    """Which column each thing probably is in, by the headings that people use; one column is one thing."""
    left = {_BLANKS.sub("", column).lower(): column for column in reversed(header)}
    found: dict[str, str] = {}
    for name, words in _WORDS.items():
        word = next((word for word in words if word in left), None)
        if word is not None:
            found[name] = left.pop(word)
    return found
