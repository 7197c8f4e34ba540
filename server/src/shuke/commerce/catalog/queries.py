"""Questions to the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform.db import Session
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from .tables import product, product_barcode

_SORT = "code"
# More than a list to choose from can show.
_MOST_GROUPS = 1_000


@dataclass(frozen=True, kw_only=True)
class Product:
    """What is sold, or charged beside it: `is_goods` is False for postage, fees and the like."""

    product_id: int
    code: str
    name: str
    is_goods: bool
    category: str | None = None
    brand: str | None = None
    price_minor: int | None = None


async def get_products(session: Session, ids: Sequence[int]) -> dict[int, Product]:
    """Products by id; unknown ids are left out."""
    if not ids:
        return {}
    rows = await session.execute(_COLUMNS.where(product.c.product_id.in_(set(ids))))
    return {row.product_id: Product(**row._mapping) for row in rows}


async def get_by_code(session: Session, codes: Sequence[str]) -> dict[str, Product]:
    """Products by code; unknown codes are left out."""
    rows = await session.execute(_COLUMNS.where(product.c.code == any_(bindparam(None, list(codes), ARRAY(Text)))))
    return {row.code: Product(**row._mapping) for row in rows}


async def get_barcodes(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """The barcodes of products, in order; products without one are left out."""
    if not ids:
        return {}
    rows = await session.execute(
        select(product_barcode).where(product_barcode.c.product_id.in_(set(ids))).order_by(product_barcode.c.barcode)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row.barcode)
    return found


async def find_scanned(session: Session, scanned: str) -> Product | None:
    """The product with this barcode, or else with this code. A barcode that was entered says more than a code alike."""
    by_barcode = select(product_barcode.c.product_id).where(product_barcode.c.barcode == scanned)
    wanted = _COLUMNS.where(or_(product.c.product_id.in_(by_barcode), product.c.code == scanned))
    rows = (await session.execute(wanted.order_by(product.c.product_id.in_(by_barcode).desc()).limit(1))).all()
    return Product(**rows[0]._mapping) if rows else None


async def count_products(session: Session) -> int:
    """How many products there are."""
    return (await session.execute(select(func.count()).select_from(product))).scalar_one()


@dataclass(frozen=True)
class Group:
    """A category or brand, and how many products it has."""

    name: str
    products: int


async def list_categories(session: Session) -> list[Group]:
    """The categories that products are in, by name."""
    return await _groups(session, product.c.category)


async def list_brands(session: Session) -> list[Group]:
    """The brands that products are of, by name."""
    return await _groups(session, product.c.brand)


async def _groups(session: Session, column: Column[str]) -> list[Group]:
    counted = select(column.label("name"), func.count().label("products")).where(column.is_not(None))
    rows = await session.execute(counted.group_by(column).order_by(column).limit(_MOST_GROUPS))
    return [Group(row.name, row.products) for row in rows]


async def list_products(
    session: Session,
    *,
    q: str | None = None,
    category: str | None = None,
    brand: str | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page[Product]:
    """Products by code. `q` is part of a code or a name, or a barcode; an empty category or brand: without one.

    Raises BadCursor.
    """
    wanted = _COLUMNS.order_by(product.c.code).limit(limit + 1)
    if q:
        by_barcode = select(product_barcode.c.product_id).where(product_barcode.c.barcode == q)
        wanted = wanted.where(
            or_(
                product.c.code.icontains(q, autoescape=True),
                product.c.name.icontains(q, autoescape=True),
                product.c.product_id.in_(by_barcode),
            )
        )
    for column, value in ((product.c.category, category), (product.c.brand, brand)):
        if value is not None:
            wanted = wanted.where(column == value if value else column.is_(None))
    if cursor:
        (code,) = decode_cursor(cursor, _SORT, 1)
        wanted = wanted.where(product.c.code > str(code))
    found = [Product(**row._mapping) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].code]) if len(found) > limit else None
    return Page(found[:limit], more)


_COLUMNS = select(
    product.c.product_id,
    product.c.code,
    product.c.name,
    product.c.is_goods,
    product.c.category,
    product.c.brand,
    product.c.price_minor,
)
