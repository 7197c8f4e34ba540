"""Verbs of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from shuke.platform import clock
from shuke.platform.db import Session, raw

from .errors import BarcodeTaken


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
    # Only where `says_price`: None takes the price away.
    price_minor: int | None = None
    says_price: bool = False
    # All of them; they take the place of those before.
    barcodes: Sequence[str] | None = None


@dataclass(frozen=True)
class Saved:
    """What became of products that were saved."""

    created: int
    updated: int
    unchanged: int


async def save_products(session: Session, changes: Sequence[ProductChange]) -> Saved:
    """Add products, and change those that are known. Where a code comes twice, the last one counts.

    An empty category or brand takes away the one before, and so do a price of None that is said and no barcodes.
    What was sold keeps what it was when it was sold. Raises BarcodeTaken.
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
        [change.price_minor for change in ordered],
        [change.says_price for change in ordered],
    )
    touched = {row["code"] for row in rows} | await _save_barcodes(session, ordered)
    created = sum(row["is_new"] for row in rows)
    return Saved(created, len(touched) - created, len(ordered) - len(touched))


async def _save_barcodes(session: Session, changes: Sequence[ProductChange]) -> set[str]:
    """Give products the barcodes that were said; the codes of those whose barcodes changed. Raises BarcodeTaken."""
    said = {change.code: set(change.barcodes) for change in changes if change.barcodes is not None}
    if not said:
        return set()
    driver = await raw(session)
    pairs = sorted((barcode, code) for code, barcodes in said.items() for barcode in barcodes)
    arrays = [barcode for barcode, _ in pairs], [code for _, code in pairs]
    gone = await driver.fetch(_TAKE_BARCODES, sorted(said), *arrays)
    added = await driver.fetch(_GIVE_BARCODES, *arrays)
    if taken := await driver.fetchrow(_TAKEN_BARCODE, *arrays):
        raise BarcodeTaken(barcode=taken["barcode"], owner=taken["owner"], product=taken["code"])
    return {row["code"] for row in (*gone, *added)}


_TAKE_BARCODES = """
    delete from product_barcode using product
    where product.product_id = product_barcode.product_id and product.code = any($1::text[])
        and not exists (
            select from unnest($2::text[], $3::text[]) as said(barcode, code)
            where said.barcode = product_barcode.barcode and said.code = product.code
        )
    returning product.code
"""
_GIVE_BARCODES = """
    with given as (
        insert into product_barcode (barcode, product_id)
        select said.barcode, product.product_id
        from unnest($1::text[], $2::text[]) as said(barcode, code) join product using (code)
        order by said.barcode
        on conflict (barcode) do nothing
        returning product_id
    )
    select distinct product.code from given join product using (product_id)
"""
_TAKEN_BARCODE = """
    select said.barcode, said.code, owner.code as owner
    from unnest($1::text[], $2::text[]) as said(barcode, code)
        join product_barcode held on held.barcode = said.barcode
        join product owner on owner.product_id = held.product_id
    where owner.code <> said.code order by said.barcode limit 1
"""
_SAVE = """
    with new as (
        select * from unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[], $7::bigint[], $8::boolean[])
            as new(code, name, is_goods, category, brand, price_minor, says_price)
    ), changed as (
        update product set name = coalesce(new.name, product.name), is_goods = coalesce(new.is_goods, product.is_goods),
            category = nullif(coalesce(new.category, product.category), ''),
            brand = nullif(coalesce(new.brand, product.brand), ''),
            price_minor = case when new.says_price then new.price_minor else product.price_minor end
        from new where product.code = new.code and (
            product.name is distinct from coalesce(new.name, product.name)
            or product.is_goods is distinct from coalesce(new.is_goods, product.is_goods)
            or product.category is distinct from nullif(coalesce(new.category, product.category), '')
            or product.brand is distinct from nullif(coalesce(new.brand, product.brand), '')
            or (new.says_price and product.price_minor is distinct from new.price_minor)
        )
        returning product.code
    ), added as (
        insert into product (code, name, is_goods, category, brand, created_at, price_minor)
        select code, coalesce(name, code), coalesce(is_goods, true), nullif(category, ''), nullif(brand, ''), $6,
            price_minor
        from new order by code
        on conflict (code) do nothing
        returning code
    )
    select code, true as is_new from added union all select code, false from changed
"""
