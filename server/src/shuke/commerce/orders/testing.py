"""Builders of orders for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from shuke.commerce import catalog
from shuke.platform.db import Session
from shuke.platform.money import minor_amount

from .actions import Claim, NewLine, NewMatch, NewOrder, claim_numbers, store

# A line: product code, quantity, unit price.
PlainLine = tuple[str, str, str]
PLACED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def stored(
    session: Session,
    number: str,
    lines: Sequence[PlainLine] = (("A1", "1", "10"),),
    *,
    member_id: int = 0,
    kind: str = "sale",
    placed_at: datetime = PLACED_AT,
    source: str = "till",
    store_id: int | None = None,
    employee_id: int | None = None,
    matches: Sequence[tuple[int, str, int | None, int | None]] = (),
) -> NewOrder:
    """A stored document. Product POST is postage, every other one goods.

    `matches` of a refund: (its line number, how, order id, order line number), each for the whole line.
    """
    names = [catalog.NewProduct(code, f"Product {code}", code != "POST") for code in {line[0] for line in lines}]
    await catalog.ensure_products(session, names)
    products = await catalog.get_by_code(session, [name.code for name in names])
    source_id, claimed = await claim_numbers(session, source, [Claim(number, member_id, number.encode())])
    stored_lines = [
        NewLine(
            line_no=place,
            product_id=products[code].product_id,
            is_goods=products[code].is_goods,
            quantity=Decimal(quantity),
            unit_price=Decimal(price),
            amount_minor=minor_amount(Decimal(quantity), Decimal(price), "CNY"),
        )
        for place, (code, quantity, price) in enumerate(lines, 1)
    ]
    order = NewOrder(
        order_id=claimed[number].order_id,
        member_id=member_id,
        kind=kind,
        source_id=source_id,
        source=source,
        number=number,
        placed_at=placed_at,
        business_day=placed_at.date(),
        store_id=store_id,
        employee_id=employee_id,
        currency="CNY",
        lines=stored_lines,
        counts_minor=sum(line.amount_minor for line in stored_lines if line.is_goods) if kind == "sale" else 0,
    )
    await store(session, [order], [_match(order, *match) for match in matches])
    return order


def _match(refund: NewOrder, line_no: int, how: str, order_id: int | None, order_line_no: int | None) -> NewMatch:
    line = refund.lines[line_no - 1]
    return NewMatch(
        member_id=refund.member_id,
        refund_id=refund.order_id,
        line_no=line_no,
        part=1,
        how=how,
        quantity=-line.quantity,
        amount_minor=-line.amount_minor,
        is_goods=line.is_goods,
        order_id=order_id,
        order_line_no=order_line_no,
    )
