"""A cart as it would be an order: everything in it must be known already, for nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime

from shuke.commerce import catalog
from shuke.loyalty import coupons
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session

from .. import arriving, coupon_carts
from ..errors import MemberNeeded, MoneyUnknown, PriceNeeded, ProductUnknown
from ..rules import Document, Line, Programme, paying
from ..rules.model import Payments, Product
from .schemas import CartIn


@dataclass(frozen=True)
class Cart:
    """A cart that was understood. `member_id` 0: nobody. `most`: how many points may pay it, whoever has them."""

    member_id: int
    document: Document
    products: dict[int, Product]
    goods_minor: int
    most: int
    coupons: coupons.Best

    @property
    def gross_minor(self) -> int:
        """What the cart costs before points and coupons."""
        return sum(line.amount_minor for line in self.document.lines)


async def read(
    session: Session, programme: Programme, cart: CartIn, *, number: str = "", source_id: int | None = None
) -> Cart:
    """Understand a cart. `points` that are to be the most are chosen later: they stand as 0 here.

    `number` and `source_id` name the cart where it is set aside: coupons that it keeps already are free for it. Without
    a number it is quoted, with the best coupons unless it says which.

    Raises MemberNotFound, MemberNeeded, MoneyUnknown, PriceNeeded, ProductUnknown, AmountTooLarge, DateOutOfRange, what
    coupons refuse (`coupons.plan`), and what paying with points refuses (`rules.paying`).
    """
    at = cart.at or clock.now()
    arriving.check_time(at)
    if cart.currency not in (None, programme.money):
        raise MoneyUnknown(found=cart.currency, shop=programme.money)
    member_id = await _member(session, cart)
    if cart.points and not member_id:
        raise MemberNeeded
    found = await catalog.get_by_code(session, sorted({line.product for line in cart.lines}))
    lines = _lines(cart, programme, found)
    goods_minor = sum(line.amount_minor for line in lines if line.is_goods)
    best = await _coupons(
        session,
        programme,
        cart,
        coupon_carts.CouponCart(
            member_id=member_id,
            lines=lines,
            products={one.product_id: one for one in found.values()},
            at=at,
            source=cart.source,
            store=cart.store,
            other_coupons_minor=cart.coupon_minor,
            source_id=source_id,
            number=number or None,
        ),
    )
    points = 0 if cart.points == "most" else cart.points
    paid_lines, payments = arriving.pay(programme, lines, best.plan, cart.coupon_minor, points)
    payments = replace(payments, money=arriving.money(cart.payments))
    document = _document(programme, cart, number, at, lines=paid_lines, payments=payments)
    products = {one.product_id: Product(one.code, one.category, one.brand) for one in found.values()}
    left = arriving.goods_left(lines, best.plan) - cart.coupon_minor
    return Cart(
        member_id=member_id,
        document=document,
        products=products,
        goods_minor=goods_minor,
        most=paying.most_points(programme.policies.points_payment, left),
        coupons=best,
    )


def _document(
    programme: Programme, cart: CartIn, number: str, at: datetime, *, lines: tuple[Line, ...], payments: Payments
) -> Document:
    return Document(
        order_id=0,
        kind="sale",
        source=cart.source,
        number=number,
        placed_at=at,
        business_day=clock.business_day(at, programme.zone),
        content_hash=b"",
        actor="",
        lines=lines,
        payments=payments,
        store=cart.store,
    )


async def _coupons(session: Session, programme: Programme, cart: CartIn, seen: coupon_carts.CouponCart) -> coupons.Best:
    """The coupons that a cart names, or the best."""
    chosen = cart.coupons if cart.coupons is not None else [] if seen.number else "best"
    if chosen == "best":
        return await coupon_carts.plan_best(session, programme, seen)
    return await coupon_carts.plan_named(session, programme, seen, list(chosen))


def _lines(cart: CartIn, programme: Programme, found: dict[str, catalog.Product]) -> tuple[Line, ...]:
    for line in cart.lines:
        if line.product not in found:
            raise ProductUnknown(product=line.product)
        if line.unit_price is None and line.amount_minor is None:
            raise PriceNeeded
    return tuple(
        arriving.line_of(line_no, line, "sale", programme, found[line.product])
        for line_no, line in enumerate(cart.lines, start=1)
    )


async def _member(session: Session, cart: CartIn) -> int:
    """The cart's member; nobody is added. Raises MemberNotFound."""
    member = cart.member
    if member is None:
        return 0
    if member.id is not None:
        return await members.get_id(session, str(member.id), EVERYTHING)
    if member.number is not None:
        return await members.get_id(session, f"number:{member.number}", EVERYTHING)
    known = arriving.identities(member, cart.source)
    found = await members.resolve(session, [(one.kind, one.source, one.value) for one in known])
    for member_id in found.values():
        return (await members.roots(session, [member_id])).get(member_id, member_id)
    raise members.MemberNotFound(reference=known[0].kind if known else "member")
