"""The catalogue over HTTP."""

from collections.abc import Sequence
from typing import Annotated

import anyio
from fastapi import Query, UploadFile

from shuke.foundation import organization
from shuke.platform import uploads
from shuke.platform.db import Session
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.tabular import UNREADABLE

from .actions import ProductChange, save_products
from .errors import BarcodeTaken, NoCodeColumn, ProductNotScanned, TooManyProducts
from .files import read_products
from .permissions import PRODUCTS_READ, PRODUCTS_WRITE
from .queries import Product, find_scanned, get_barcodes, list_brands, list_categories, list_products
from .schemas import (
    GroupOut,
    ProductFileOut,
    ProductGroupsOut,
    ProductIn,
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
    q: Annotated[str | None, Query(max_length=100, description="Part of a code or a name, or a barcode.")] = None,
    category: Annotated[str | None, Query(max_length=100, description="Empty: without a category.")] = None,
    brand: Annotated[str | None, Query(max_length=100, description="Empty: without a brand.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> ProductsOut:
    """Products by code."""
    page = await list_products(session, q=q, category=category, brand=brand, limit=limit, cursor=cursor)
    return ProductsOut(items=await _with_barcodes(session, page.items), next=page.next)


@router.get(
    "/v1/products/scan",
    dependencies=[allowed(PRODUCTS_READ, reach="common")],
    responses=declares(ProductNotScanned),
)
async def get_scanned(
    session: RequestSession,
    code: Annotated[str, Query(min_length=1, max_length=64, description="What a scanner read: a barcode or a code.")],
) -> ProductOut:
    """The product with exactly this barcode, or else with this code."""
    found = await find_scanned(session, code.strip())
    if found is None:
        raise ProductNotScanned(scanned=code.strip())
    (one,) = await _with_barcodes(session, [found])
    return one


async def _with_barcodes(session: Session, products: Sequence[Product]) -> list[ProductOut]:
    barcodes = await get_barcodes(session, [one.product_id for one in products])
    return [
        ProductOut(
            id=one.product_id,
            code=one.code,
            name=one.name,
            is_goods=one.is_goods,
            category=one.category,
            brand=one.brand,
            price_minor=one.price_minor,
            barcodes=barcodes.get(one.product_id, []),
        )
        for one in products
    ]


@router.get("/v1/product-groups", dependencies=[allowed(PRODUCTS_READ, reach="common")])
async def get_groups(session: RequestSession) -> ProductGroupsOut:
    """The categories and brands that products have, with how many of each."""
    return ProductGroupsOut(
        categories=[GroupOut(**vars(one)) for one in await list_categories(session)],
        brands=[GroupOut(**vars(one)) for one in await list_brands(session)],
    )


@router.post("/v1/products/batch", dependencies=[allowed(PRODUCTS_WRITE)], responses=declares(BarcodeTaken))
async def post_products(body: ProductsIn, session: RequestSession) -> SavedOut:
    """Add products, and change those that are known. Orders keep what was sold; rules ask the catalogue of the day."""
    saved = await save_products(session, [_change(one) for one in body.products])
    return SavedOut(**vars(saved))


def _change(one: ProductIn) -> ProductChange:
    # A price that is not mentioned stays; a price of null is taken away.
    return ProductChange(**dict(one), says_price="price_minor" in one.model_fields_set)


@router.post(
    "/v1/products/file",
    dependencies=[allowed(PRODUCTS_WRITE)],
    responses=declares(*UNREADABLE, NoCodeColumn, TooManyProducts, BarcodeTaken, organization.ShopNotSetUp),
)
async def post_file(file: UploadFile, session: RequestSession, language: RequestLanguage) -> ProductFileOut:
    """The same from a table: code, name, category, brand, price, barcode. Cells left empty change nothing."""
    shop = await organization.get_shop(session)
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        found = await anyio.to_thread.run_sync(read_products, path, language, shop.currency)
    finally:
        await anyio.Path(path).unlink(missing_ok=True)
    saved = await save_products(session, found.changes)
    return ProductFileOut(
        **vars(saved),
        rejected=len(found.rejected),
        rows=[ProductRowOut(row=row, reason=reason) for row, reason in found.rejected[:_ROWS_SHOWN]],
    )
