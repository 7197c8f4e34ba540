"""Products as the facts of other modules name them."""

from sqlalchemy import Subquery, select

from .tables import product


def product_names() -> Subquery:
    """Every product: `product_id`, `code` and `category`."""
    return select(product.c.product_id, product.c.code, product.c.category).subquery()
