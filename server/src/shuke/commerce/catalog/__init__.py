"""The catalogue: what is sold, known by its code. See README.md."""

from .actions import NewProduct, ensure_products
from .facts import product_names
from .queries import Product, count_products, get_by_code, get_products, list_products

__all__ = [
    "NewProduct",
    "Product",
    "count_products",
    "ensure_products",
    "get_by_code",
    "get_products",
    "list_products",
    "product_names",
]
