"""The catalogue: what is sold, known by its code. See README.md."""

from .actions import NewProduct, ProductChange, ensure_products, save_products
from .facts import product_names
from .queries import (
    Product,
    count_products,
    find_scanned,
    get_barcodes,
    get_by_code,
    get_products,
    list_brands,
    list_categories,
    list_products,
)

__all__ = [
    "NewProduct",
    "Product",
    "ProductChange",
    "count_products",
    "ensure_products",
    "find_scanned",
    "get_barcodes",
    "get_by_code",
    "get_products",
    "list_brands",
    "list_categories",
    "list_products",
    "product_names",
    "save_products",
]
