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


async def ensure_products(session: Session, products: Sequence[NewProduct]) -> None:
    """Add the products whose codes are unknown; known ones stay as they are."""
    driver = await raw(session)
    ordered = sorted(products, key=lambda product: product.code)
    await driver.execute(
        """
        insert into product (code, name, is_goods, created_at)
        select code, name, is_goods, $4 from unnest($1::text[], $2::text[], $3::boolean[]) as new(code, name, is_goods)
        where not exists (select from product known where known.code = new.code)
        on conflict (code) do nothing
        """,
        [product.code for product in ordered],
        [product.name for product in ordered],
        [product.is_goods for product in ordered],
        clock.now(),
    )
