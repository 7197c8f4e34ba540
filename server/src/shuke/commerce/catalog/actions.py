"""Verbs of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from shuke.platform import clock
from shuke.platform.db import Session, raw


@dataclass(frozen=True)
class NewProduct:
    """A product as an order names it. `is_goods` is False for postage, fees and the like."""

    code: str
    name: str
    is_goods: bool
    category: str | None = None
    brand: str | None = None


async def ensure_products(session: Session, products: Sequence[NewProduct]) -> None:
    """Add the products whose codes are unknown; known ones stay as they are, but learn a category or brand."""
    driver = await raw(session)
    ordered = sorted(products, key=lambda product: product.code)
    await driver.execute(
        """
        insert into product (code, name, is_goods, category, brand, created_at)
        select code, name, is_goods, category, brand, $6
        from unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[])
            as new(code, name, is_goods, category, brand)
        where not exists (
            select from product known where known.code = new.code
                and known.category is not distinct from coalesce(new.category, known.category)
                and known.brand is not distinct from coalesce(new.brand, known.brand)
        )
        on conflict (code) do update set category = coalesce(excluded.category, product.category),
            brand = coalesce(excluded.brand, product.brand)
        """,
        [product.code for product in ordered],
        [product.name for product in ordered],
        [product.is_goods for product in ordered],
        [product.category for product in ordered],
        [product.brand for product in ordered],
        clock.now(),
    )
