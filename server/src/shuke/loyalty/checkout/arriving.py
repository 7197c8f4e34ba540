"""Orders as callers send them: names become ids, refunds turn negative, and what cannot be is refused."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session
from shuke.platform.money import exponent, minor_amount

from .actions import Incoming
from .errors import AmountTooLarge, DateOutOfRange, EmployeeUnknown, MemberNeeded, MoneyUnknown, PriceNeeded
from .rules import Line, Programme
from .schemas import MemberIn, OrderIn, OrderLineIn

# Tills' clocks run ahead a little; more is a wrong year or zone.
_AHEAD = timedelta(minutes=10)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# In minor units; far above any order, far below what sums of sums can hold.
_LARGEST_ORDER = 10**12
_LARGEST_PRICE = Decimal(10**9)


async def resolve(session: Session, programme: Programme, orders_in: Sequence[OrderIn]) -> list[Incoming]:
    """The documents with products, stores and members resolved; unknown ones are added.

    Raises DateOutOfRange, MoneyUnknown, PriceNeeded, MemberNeeded, AmountTooLarge, EmployeeUnknown, and what members
    refuse.
    """
    for order in orders_in:
        _check(order, programme)
    stores = await organization.ensure_stores(
        session,
        [
            organization.NewStore(code=code, name=code, country=None)
            for code in sorted({order.store for order in orders_in if order.store})
        ],
    )
    employees = await _employees(session, orders_in)
    products = await _products(session, orders_in)
    incoming = [
        Incoming(
            kind=order.kind,
            number=order.number,
            member_id=await _member(session, order, stores.get(order.store or ""), employees.get(order.employee or "")),
            placed_at=order.placed_at,
            store_id=stores.get(order.store or ""),
            employee_id=employees.get(order.employee or ""),
            lines=tuple(
                _line(line_no, line, order, programme, products[line.product])
                for line_no, line in enumerate(order.lines, start=1)
            ),
            refund_of=order.refund_of,
        )
        for order in orders_in
    ]
    if any(sum(abs(line.amount_minor) for line in one.lines) > _LARGEST_ORDER for one in incoming):
        raise AmountTooLarge
    return incoming


def _check(order: OrderIn, programme: Programme) -> None:
    if not _EARLIEST <= order.placed_at <= clock.now() + _AHEAD:
        raise DateOutOfRange(value=order.placed_at.isoformat())
    if order.currency not in (None, programme.money):
        raise MoneyUnknown(found=order.currency, shop=programme.money)
    if any(line.unit_price is None and line.amount_minor is None for line in order.lines):
        raise PriceNeeded
    if order.kind == "refund" and order.refund_of is None and order.member is None:
        raise MemberNeeded


async def _products(session: Session, orders_in: Sequence[OrderIn]) -> dict[str, catalog.Product]:
    named = {line.product: line for order in orders_in for line in order.lines}
    await catalog.ensure_products(
        session,
        [catalog.NewProduct(code, line.name or code, line.is_goods) for code, line in sorted(named.items())],
    )
    return await catalog.get_by_code(session, sorted(named))


async def _employees(session: Session, orders_in: Sequence[OrderIn]) -> dict[str, int]:
    """Employees by code. Unlike stores they are people, and added by hand. Raises EmployeeUnknown."""
    codes = sorted({order.employee for order in orders_in if order.employee})
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
        identities=_identities(order.member, order.source),
        joined_at=order.placed_at,
        source=members.MemberSource(channel=order.source, store_id=store_id, employee_id=employee_id),
    )
    return (await members.resolve_or_create(session, [candidate]))[0]


def _identities(member: MemberIn, source: str) -> tuple[members.NewIdentity, ...]:
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


def _line(line_no: int, line: OrderLineIn, order: OrderIn, programme: Programme, product: catalog.Product) -> Line:
    if line.amount_minor is not None:
        amount_minor = line.amount_minor
    else:
        amount_minor = minor_amount(line.quantity, line.unit_price or Decimal(0), programme.money)
    sign = -1 if order.kind == "refund" else 1
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
