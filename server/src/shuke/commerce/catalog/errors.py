"""Refusals of the catalogue."""

from shuke.platform.errors import AppError


class NoCodeColumn(AppError):
    """A file of products without a column of codes."""

    code = "products.no_code_column"
    title = {"zh": "没有商品编码列", "en": "No column of codes"}
    detail = {
        "zh": "文件里没有商品编码列。请把表头改为：商品编码、商品名称、类别、品牌。文件中有：{found}。",
        "en": "The file has no column of product codes. Use the headings code, name, category, brand. It has: {found}.",
    }


class TooManyProducts(AppError):
    """A file of products that is too long for one go."""

    code = "products.too_many"
    title = {"zh": "商品太多", "en": "Too many products"}
    detail = {
        "zh": "一个文件最多 {most} 个商品。请分成几个文件。",
        "en": "A file has at most {most} products. Cut it into several.",
    }
