"""Questions to the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform.db import Session
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from .tables import product

_SORT = "code"


@dataclass(frozen=True, kw_only=True)
class Product:
    """What is sold, or charged beside it: `is_goods` is False for postage, fees and the like."""

    product_id: int
    code: str
    name: str
    is_goods: bool
    category: str | None = None
    brand: str | None = None


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


async def count_products(session: Session) -> int:
    """How many products there are."""
    return (await session.execute(select(func.count()).select_from(product))).scalar_one()


async def list_products(
    session: Session, *, q: str | None = None, limit: int, cursor: str | None = None
) -> Page[Product]:
    """Products by code. `q` is part of a code or a name. Raises BadCursor."""
    wanted = _COLUMNS.order_by(product.c.code).limit(limit + 1)
    if q:
        wanted = wanted.where(
            or_(product.c.code.icontains(q, autoescape=True), product.c.name.icontains(q, autoescape=True))
        )
    if cursor:
        (code,) = decode_cursor(cursor, _SORT, 1)
        wanted = wanted.where(product.c.code > str(code))
    found = [Product(**row._mapping) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].code]) if len(found) > limit else None
    return Page(found[:limit], more)


_COLUMNS = select(
    product.c.product_id, product.c.code, product.c.name, product.c.is_goods, product.c.category, product.c.brand
)
