"""The catalogue: what is sold, known by its code. See README.md."""

from .actions import KnownProduct, NewProduct, ensure_products
from .queries import Product, get_products, list_products

__all__ = ["KnownProduct", "NewProduct", "Product", "ensure_products", "get_products", "list_products"]
