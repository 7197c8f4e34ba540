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


@dataclass(frozen=True)
class ProductChange:
    """What somebody says about a product; None: nothing. A new one without a name is called by its code."""

    code: str
    name: str | None = None
    is_goods: bool | None = None
    category: str | None = None
    brand: str | None = None


@dataclass(frozen=True)
class Saved:
    """What became of products that were saved."""

    created: int
    updated: int
    unchanged: int


async def save_products(session: Session, changes: Sequence[ProductChange]) -> Saved:
    """Add products, and change those that are known. Where a code comes twice, the last one counts.

    An empty category or brand takes away the one before. What was sold keeps what it was when it was sold.
    """
    by_code = {change.code: change for change in changes}
    ordered = [by_code[code] for code in sorted(by_code)]
    driver = await raw(session)
    rows = await driver.fetch(
        _SAVE,
        [change.code for change in ordered],
        [change.name for change in ordered],
        [change.is_goods for change in ordered],
        [change.category for change in ordered],
        [change.brand for change in ordered],
        clock.now(),
    )
    created = sum(row["is_new"] for row in rows)
    return Saved(created, len(rows) - created, len(ordered) - len(rows))


_SAVE = """
    with new as (
        select * from unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[])
            as new(code, name, is_goods, category, brand)
    ), changed as (
        update product set name = coalesce(new.name, product.name), is_goods = coalesce(new.is_goods, product.is_goods),
            category = nullif(coalesce(new.category, product.category), ''),
            brand = nullif(coalesce(new.brand, product.brand), '')
        from new where product.code = new.code and (
            product.name is distinct from coalesce(new.name, product.name)
            or product.is_goods is distinct from coalesce(new.is_goods, product.is_goods)
            or product.category is distinct from nullif(coalesce(new.category, product.category), '')
            or product.brand is distinct from nullif(coalesce(new.brand, product.brand), '')
        )
        returning product.code
    ), added as (
        insert into product (code, name, is_goods, category, brand, created_at)
        select code, coalesce(name, code), coalesce(is_goods, true), nullif(category, ''), nullif(brand, ''), $6
        from new order by code
        on conflict (code) do nothing
        returning code
    )
    select code, true as is_new from added union all select code, false from changed
"""
