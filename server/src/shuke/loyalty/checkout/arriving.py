"""Orders as callers send them: names become ids, refunds turn negative, and what cannot be is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from shuke.commerce import catalog, orders
from shuke.foundation import organization
from shuke.loyalty import coupons
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session
from shuke.platform.money import exponent, minor_amount

from . import coupon_carts
from .actions import Incoming
from .errors import (
    AmountTooLarge,
    DateOutOfRange,
    EmployeeUnknown,
    MemberNeeded,
    MoneyUnknown,
    PriceNeeded,
    ProductUnknown,
)
from .rules import Line, Payments, Programme, paying
from .rules.model import Kind
from .schemas import MemberIn, OrderIn, OrderLineIn, PaymentIn

# Tills' clocks run ahead a little; more is a wrong year or zone.
_AHEAD = timedelta(minutes=10)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# In minor units; far above any order, far below what sums of sums can hold.
_LARGEST_ORDER = 10**12
_LARGEST_PRICE = Decimal(10**9)


async def resolve(session: Session, programme: Programme, orders_in: Sequence[OrderIn]) -> list[Incoming]:
    """The documents with products, stores and members resolved; unknown ones are added.

    Raises DateOutOfRange, MoneyUnknown, PriceNeeded, MemberNeeded, AmountTooLarge, EmployeeUnknown, ProductUnknown,
    what paying with points refuses (`rules.paying`), and what members refuse.
    """
    for order in orders_in:
        _check(order, programme)
    stores = await stores_by_code(session, {order.store for order in orders_in})
    employees = await employees_by_code(session, {order.employee for order in orders_in})
    products = await _products(session, programme, orders_in)
    incoming = []
    for order in orders_in:
        store_id, employee_id = stores.get(order.store or ""), employees.get(order.employee or "")
        member_id = await _member(session, order, store_id, employee_id)
        one = Incoming(
            kind=order.kind,
            number=order.number,
            member_id=member_id,
            placed_at=order.placed_at,
            store_id=store_id,
            employee_id=employee_id,
            lines=_lines(order, programme, products),
            refund_of=order.refund_of,
            store=order.store,
        )
        incoming.append(one if order.kind == "refund" else await _paid(session, programme, order, one, products))
    if any(sum(abs(line.amount_minor) for line in one.lines) > _LARGEST_ORDER for one in incoming):
        raise AmountTooLarge
    return incoming


def _lines(order: OrderIn, programme: Programme, products: dict[str, catalog.Product]) -> tuple[Line, ...]:
    return tuple(
        line_of(line_no, line, order.kind, programme, products[line.product])
        for line_no, line in enumerate(order.lines, start=1)
    )


async def _paid(
    session: Session, programme: Programme, order: OrderIn, sale: Incoming, products: dict[str, catalog.Product]
) -> Incoming:
    """A sale with what pays it."""
    plan, refusal = coupons.NO_COUPONS, None
    if order.coupons:
        cart = coupon_carts.CouponCart(
            member_id=sale.member_id,
            lines=sale.lines,
            products={one.product_id: one for one in products.values()},
            at=order.placed_at,
            source=order.source,
            store=order.store,
            other_coupons_minor=order.coupon_minor,
            source_id=await orders.ensure_source(session, order.source),
            number=order.number,
        )
        plan, refusal = await coupon_carts.plan_or_refusal(session, programme, cart, order.coupons)
    lines, payments = pay(programme, sale.lines, plan, order.coupon_minor, order.points)
    payments = replace(payments, money=money(order.payments))
    codes = tuple(sorted({coupons.normal_code(code) for code in order.coupons}))
    return replace(sale, lines=lines, payments=payments, coupons=codes, refusal=refusal)


def pay(
    programme: Programme, lines: Sequence[Line], plan: coupons.Plan, other_coupons_minor: int, points: int
) -> tuple[tuple[Line, ...], Payments]:
    """Lines with their shares of what coupons and points pay, and the payment. Points come after all coupons.

    Raises CouponsExceedGoods and what paying with points refuses (`rules.paying`).
    """
    left = goods_left(lines, plan) - other_coupons_minor
    points_minor = paying.worth(programme.policies.points_payment, left, points)
    payments = Payments(
        points=points,
        points_minor=points_minor,
        coupon_minor=plan.discount_minor + other_coupons_minor,
        coupons=plan,
    )
    return paying.spread(lines, points_minor, other_coupons_minor, plan.shares), payments


def goods_left(lines: Sequence[Line], plan: coupons.Plan) -> int:
    """The value of the goods after the shop's own coupons."""
    shares = plan.shares
    return sum(line.amount_minor - shares.get(line.line_no, 0) for line in lines if line.is_goods)


def _check(order: OrderIn, programme: Programme) -> None:
    check_time(order.placed_at)
    if order.currency not in (None, programme.money):
        raise MoneyUnknown(found=order.currency, shop=programme.money)
    if any(line.unit_price is None and line.amount_minor is None for line in order.lines):
        raise PriceNeeded
    if order.kind == "refund" and order.refund_of is None and order.member is None:
        raise MemberNeeded
    if order.points and order.member is None:
        raise MemberNeeded


async def _products(session: Session, programme: Programme, orders_in: Sequence[OrderIn]) -> dict[str, catalog.Product]:
    named = {line.product: line for order in orders_in for line in order.lines}
    found = await catalog.get_by_code(session, sorted(named))
    new = [line for code, line in sorted(named.items()) if code not in found or _teaches(line, found[code])]
    if not new:
        return found
    if programme.policies.products.unknown == "refuse":
        for line in new:
            if line.product not in found:
                raise ProductUnknown(product=line.product)
    await catalog.ensure_products(
        session,
        [
            catalog.NewProduct(line.product, line.name or line.product, line.is_goods, line.category, line.brand)
            for line in new
        ],
    )
    return await catalog.get_by_code(session, sorted(named))


def _teaches(line: OrderLineIn, known: catalog.Product) -> bool:
    """Whether a line says of a product what nobody knew."""
    return line.category not in (None, known.category) or line.brand not in (None, known.brand)


async def member_of_order(session: Session, source: str, number: str) -> int | None:
    """Whose a document of a source is by now, held against merging; 0: a guest's, None: nobody knows the document."""
    source_id = await orders.ensure_source(session, source)
    found = (await orders.find_orders(session, source_id, [number])).get(number)
    if found is None:
        return None
    if not found[0]:
        return 0
    return (await members.roots(session, [found[0]], hold=True)).get(found[0], found[0])


def money(payments: Sequence[PaymentIn]) -> tuple[orders.Payment, ...]:
    """How the money was paid."""
    return tuple(orders.Payment(one.method, one.amount_minor) for one in payments)


def check_time(at: datetime) -> None:
    """Raises DateOutOfRange for what cannot have happened yet, or ever."""
    if not _EARLIEST <= at <= clock.now() + _AHEAD:
        raise DateOutOfRange(value=at.isoformat())


async def stores_by_code(session: Session, named: Iterable[str | None]) -> dict[str, int]:
    """Stores by code; unknown ones are added."""
    codes = sorted({code for code in named if code})
    return await organization.ensure_stores(
        session, [organization.NewStore(code=code, name=code, country=None) for code in codes]
    )


async def employees_by_code(session: Session, named: Iterable[str | None]) -> dict[str, int]:
    """Employees by code. Unlike stores they are people, and added by hand. Raises EmployeeUnknown."""
    codes = sorted({code for code in named if code})
    known = await organization.find_employee_ids(session, codes) if codes else {}
    for code in codes:
        if code not in known:
            raise EmployeeUnknown(employee=code)
    return known


async def _member(session: Session, order: OrderIn, store_id: int | None, employee_id: int | None) -> int:
    if order.member is None:
        return 0
    if order.member.id is not None:
        return await members.get_id(session, str(order.member.id), EVERYTHING, hold=True)
    if order.member.number is not None:
        return await members.get_id(session, f"number:{order.member.number}", EVERYTHING, hold=True)
    candidate = members.NewMember(
        identities=identities(order.member, order.source),
        joined_at=order.placed_at,
        source=members.MemberSource(channel=order.source, store_id=store_id, employee_id=employee_id),
    )
    return (await members.resolve_or_create(session, [candidate]))[0]


def identities(member: MemberIn, source: str) -> tuple[members.NewIdentity, ...]:
    """What a caller knows a member by."""
    found = []
    if member.phone:
        found.append(members.NewIdentity(kind="phone", value=member.phone))
    if member.external:
        found.append(members.NewIdentity(kind="external", source=source, value=member.external))
    if member.card:
        found.append(members.NewIdentity(kind="card", value=member.card))
    if member.email:
        found.append(members.NewIdentity(kind="email", value=member.email))
    return tuple(found)


def line_of(line_no: int, line: OrderLineIn, kind: Kind, programme: Programme, product: catalog.Product) -> Line:
    """A line as it is stored. Raises AmountTooLarge."""
    if line.amount_minor is not None:
        amount_minor = line.amount_minor
    else:
        amount_minor = minor_amount(line.quantity, line.unit_price or Decimal(0), programme.money)
    sign = -1 if kind == "refund" else 1
    unit_price = line.unit_price
    if unit_price is None:
        unit_price = _unit_price(amount_minor, line.quantity, programme.money)
    if unit_price >= _LARGEST_PRICE:
        raise AmountTooLarge
    return Line(
        line_no=line_no,
        product_id=product.product_id,
        is_goods=product.is_goods,
        quantity=sign * line.quantity,
        unit_price=unit_price,
        amount_minor=sign * amount_minor,
    )


def _unit_price(amount_minor: int, quantity: Decimal, money: str) -> Decimal:
    """The price a line's amount comes to, for showing and for matching refunds; the amount is what counts."""
    return (Decimal(amount_minor).scaleb(-exponent(money)) / quantity).quantize(Decimal("0.0001"))
