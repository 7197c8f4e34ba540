"""The catalogue over HTTP."""

from typing import Annotated

import anyio
from fastapi import Query, UploadFile

from shuke.platform import uploads
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.tabular import UNREADABLE

from .actions import ProductChange, save_products
from .errors import NoCodeColumn, TooManyProducts
from .files import read_products
from .permissions import PRODUCTS_READ, PRODUCTS_WRITE
from .queries import Product, list_brands, list_categories, list_products
from .schemas import (
    GroupOut,
    ProductFileOut,
    ProductGroupsOut,
    ProductOut,
    ProductRowOut,
    ProductsIn,
    ProductsOut,
    SavedOut,
)

router = Router(tags=["products"])
_ROWS_SHOWN = 20


@router.get("/v1/products", dependencies=[allowed(PRODUCTS_READ, reach="common")], responses=declares(BadCursor))
async def get_products(
    session: RequestSession,
    q: Annotated[str | None, Query(max_length=100, description="Part of a code or a name.")] = None,
    category: Annotated[str | None, Query(max_length=100, description="Empty: without a category.")] = None,
    brand: Annotated[str | None, Query(max_length=100, description="Empty: without a brand.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> ProductsOut:
    """Products by code."""
    page = await list_products(session, q=q, category=category, brand=brand, limit=limit, cursor=cursor)
    return ProductsOut(items=[_product(one) for one in page.items], next=page.next)


def _product(one: Product) -> ProductOut:
    return ProductOut(
        id=one.product_id,
        code=one.code,
        name=one.name,
        is_goods=one.is_goods,
        category=one.category,
        brand=one.brand,
    )


@router.get("/v1/product-groups", dependencies=[allowed(PRODUCTS_READ, reach="common")])
async def get_groups(session: RequestSession) -> ProductGroupsOut:
    """The categories and brands that products have, with how many of each."""
    return ProductGroupsOut(
        categories=[GroupOut(**vars(one)) for one in await list_categories(session)],
        brands=[GroupOut(**vars(one)) for one in await list_brands(session)],
    )


@router.post("/v1/products/batch", dependencies=[allowed(PRODUCTS_WRITE)])
async def post_products(body: ProductsIn, session: RequestSession) -> SavedOut:
    """Add products, and change those that are known. Orders keep what was sold; rules ask the catalogue of the day."""
    saved = await save_products(session, [ProductChange(**dict(one)) for one in body.products])
    return SavedOut(**vars(saved))


@router.post(
    "/v1/products/file",
    dependencies=[allowed(PRODUCTS_WRITE)],
    responses=declares(*UNREADABLE, NoCodeColumn, TooManyProducts),
)
async def post_file(file: UploadFile, session: RequestSession, language: RequestLanguage) -> ProductFileOut:
    """The same from a table with headings code, name, category, brand; cells left empty change nothing."""
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        found = await anyio.to_thread.run_sync(read_products, path, language)
    finally:
        await anyio.Path(path).unlink(missing_ok=True)
    saved = await save_products(session, found.changes)
    return ProductFileOut(
        **vars(saved),
        rejected=len(found.rejected),
        rows=[ProductRowOut(row=row, reason=reason) for row, reason in found.rejected[:_ROWS_SHOWN]],
    )
