"""Files of products: which column is what, and rows as changes. No database here."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import ValidationError

from shuke.platform.i18n import Language
from shuke.platform.money import exponent
from shuke.platform.tabular import Row, open_table

from .actions import ProductChange
from .errors import NoCodeColumn, TooManyProducts
from .schemas import ProductIn

_MOST = 50_000
_BLANKS = re.compile(r"[\s_\-./()（）:：]+")
_WORDS = {
    "code": ("商品编码", "商品编号", "编码", "货号", "sku", "code", "productcode", "productsku", "stockcode"),
    "name": ("商品名称", "名称", "品名", "商品", "name", "productname", "description", "title"),
    "category": ("类别", "分类", "品类", "商品分类", "商品类别", "category", "categoryname", "department"),
    "brand": ("品牌", "brand", "brandname", "vendor"),
    "price_minor": ("售价", "价格", "单价", "零售价", "price", "unitprice", "retailprice"),
    "barcodes": ("条码", "商品条码", "国际条码", "条形码", "barcode", "barcodes", "ean", "gtin", "upc"),
    "is_goods": ("是否商品", "isgoods", "goods"),
}
_NO = {"0", "否", "不是", "no", "n", "false"}
_BETWEEN = re.compile(r"[\s,;，；、|]+")
_NO_DIGITS = re.compile(r"[\s,，¥￥$£€元]")
_REASONS = {
    "code": {"zh": "商品编码为空、太长或含有无法识别的字符。", "en": "The code is empty, too long or unreadable."},
    "name": {"zh": "商品名称太长或含有无法识别的字符。", "en": "The name is too long or unreadable."},
    "category": {"zh": "类别太长或含有无法识别的字符。", "en": "The category is too long or unreadable."},
    "brand": {"zh": "品牌太长或含有无法识别的字符。", "en": "The brand is too long or unreadable."},
    "price_minor": {
        "zh": "售价不是金额：不能为负，小数位不能多于货币的最小单位。",
        "en": "The price is no amount: it is not below zero and no finer than the currency.",
    },
    "barcodes": {
        "zh": "条码太长、太多或含有无法识别的字符。一个商品最多 20 个条码。",
        "en": "A barcode is too long or unreadable, or there are more than 20.",
    },
}


@dataclass
class ProductFile:
    """What a file of products says, and the rows that could not be read: number and reason."""

    changes: list[ProductChange] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)


def read_products(path: Path, language: Language, currency: str) -> ProductFile:
    """The products of a file, with prices in `currency`. Blocks: call it in a thread.

    Raises UnreadableTable, NoCodeColumn, TooManyProducts.
    """
    table = open_table(path)
    headings = [_BLANKS.sub("", column).lower() for column in table.header]
    places = {
        name: next(headings.index(word) for word in words if word in headings)
        for name, words in _WORDS.items()
        if any(word in headings for word in words)
    }
    if "code" not in places and "barcodes" in places:
        # Shops whose codes are the barcodes name the column so.
        places["code"] = places.pop("barcodes")
    if "code" not in places:
        raise NoCodeColumn(found=", ".join(table.header[:20])[:500])
    found = ProductFile()
    for row in table.rows:
        if len(found.changes) + len(found.rejected) == _MOST:
            raise TooManyProducts(most=_MOST)
        _read(row, places, found, language, currency)
    return found


def _read(row: Row, places: dict[str, int], found: ProductFile, language: Language, currency: str) -> None:
    said = {name: row.cells[place].strip() for name, place in places.items() if place < len(row.cells)}
    goods = said.pop("is_goods", "")
    # Cells left empty say nothing.
    values: dict[str, object] = {name: text for name, text in said.items() if text}
    if price := said.get("price_minor"):
        values["price_minor"] = _minor(price, currency)
    if barcodes := said.get("barcodes"):
        values["barcodes"] = _BETWEEN.split(barcodes)
    try:
        one = ProductIn.model_validate(values)
    except ValidationError as error:
        column = str(error.errors()[0]["loc"][0])
        found.rejected.append((row.number, _REASONS[column][language]))
        return
    is_goods = goods.lower() not in _NO if goods else None
    found.changes.append(
        ProductChange(
            one.code,
            one.name,
            is_goods,
            one.category,
            one.brand,
            price_minor=one.price_minor,
            says_price=one.price_minor is not None,
            barcodes=one.barcodes,
        )
    )


def _minor(price: str, currency: str) -> object:
    """A price as minor units; what is no price stays as it is, for the schema to refuse."""
    try:
        amount = Decimal(_NO_DIGITS.sub("", price)).scaleb(exponent(currency))
    except InvalidOperation:
        return price
    return int(amount) if amount.is_finite() and amount == amount.to_integral_value() else price
