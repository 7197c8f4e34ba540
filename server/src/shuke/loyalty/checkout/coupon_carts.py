"""Carts and orders as coupons see them, and the coupons that they are to use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shuke.commerce import catalog
from shuke.loyalty import coupons
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from .rules import Line, Programme


@dataclass(frozen=True)
class CouponCart:
    """What of a cart or an order coupons ask about. `source_id` and `number`: its own locks; None: it has none."""

    member_id: int
    lines: Sequence[Line]
    products: Mapping[int, catalog.Product]
    at: datetime
    source: str
    store: str | None
    other_coupons_minor: int
    source_id: int | None = None
    number: str | None = None


async def plan(session: Session, programme: Programme, cart: CouponCart, codes: Sequence[str]) -> coupons.Plan:
    """Use exactly these coupons. Raises what `coupons.plan` raises."""
    if not codes:
        return coupons.NO_COUPONS
    return await coupons.plan(session, _cart(programme, cart), await _owner(session, cart), codes)


async def plan_or_refusal(
    session: Session, programme: Programme, cart: CouponCart, codes: Sequence[str]
) -> tuple[coupons.Plan, AppError | None]:
    """As `plan`; a refusal is kept for later: an order that comes again has used its coupons already."""
    try:
        return await plan(session, programme, cart, codes), None
    except AppError as refusal:
        return coupons.NO_COUPONS, refusal


async def plan_named(session: Session, programme: Programme, cart: CouponCart, codes: Sequence[str]) -> coupons.Best:
    """As `plan`, with the templates' names."""
    return await coupons.named(session, await plan(session, programme, cart, codes))


async def plan_best(session: Session, programme: Programme, cart: CouponCart) -> coupons.Best:
    """The best combination of what the cart's member holds."""
    return await coupons.plan_best(session, _cart(programme, cart), await _owner(session, cart))


async def _owner(session: Session, cart: CouponCart) -> coupons.Owner:
    ids = await members.aliases(session, cart.member_id) if cart.member_id else []
    return coupons.Owner(tuple(ids), cart.source_id, cart.number)


def _cart(programme: Programme, cart: CouponCart) -> coupons.Cart:
    return coupons.Cart(
        items=tuple(_item(line, cart.products[line.product_id]) for line in cart.lines if line.quantity > 0),
        at=cart.at,
        zone=programme.zone,
        money=programme.money,
        source=cart.source,
        store=cart.store,
        taken_minor=cart.other_coupons_minor,
    )


def _item(line: Line, product: catalog.Product) -> coupons.Item:
    return coupons.Item(
        line_no=line.line_no,
        product=product.code,
        category=product.category,
        brand=product.brand,
        quantity=line.quantity,
        amount_minor=line.amount_minor,
        is_goods=line.is_goods,
    )
