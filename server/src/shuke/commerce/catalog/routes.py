"""The catalogue over HTTP."""

from typing import Annotated

from fastapi import Query

from shuke.platform.http import RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .permissions import PRODUCTS_READ
from .queries import list_products
from .schemas import ProductOut, ProductsOut

router = Router(tags=["products"])


@router.get("/v1/products", dependencies=[allowed(PRODUCTS_READ, reach="common")], responses=declares(BadCursor))
async def get_products(
    session: RequestSession,
    q: Annotated[str | None, Query(max_length=100, description="Part of a code or a name.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> ProductsOut:
    """Products by code."""
    page = await list_products(session, q=q, limit=limit, cursor=cursor)
    items = [
        ProductOut(
            id=product.product_id,
            code=product.code,
            name=product.name,
            is_goods=product.is_goods,
            category=product.category,
            brand=product.brand,
        )
        for product in page.items
    ]
    return ProductsOut(items=items, next=page.next)
