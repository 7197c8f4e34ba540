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


class BarcodeTaken(AppError):
    """A barcode that is another product's already."""

    code = "products.barcode_taken"
    status = 409
    title = {"zh": "条码已属于别的商品", "en": "The barcode is another product's"}
    detail = {
        "zh": "条码 {barcode} 已属于商品 {owner}，不能再给 {product}。请核对，或先从 {owner} 删去它。什么都没有保存。",
        "en": "The barcode {barcode} is {owner}'s and cannot be {product}'s too. Check it, or take it from {owner} "
        "first. Nothing was saved.",
    }


class ProductNotScanned(AppError):
    """No product has what was scanned as a barcode or code."""

    code = "products.not_scanned"
    status = 404
    title = {"zh": "没有这个商品", "en": "No such product"}
    detail = {
        "zh": "没有商品的条码或编码是 {scanned}。请按名称查找，或在商品页把它加上。",
        "en": "No product has the barcode or code {scanned}. Look for its name, or add it on the page of products.",
    }
