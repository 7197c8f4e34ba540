"""Verbs of orders: claim natural keys, store documents, note what refunds took. Sets at a time; checkout decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, events
from shuke.platform.db import Session, copy_rows, dump_json, raw

from .events import OrderAdjusted, OrderPaid, OrderRefunded
from .rules import RefundReason
from .tables import order_source, refund_match, sales_order, sales_order_line

_EVENTS = {"sale": OrderPaid, "refund": OrderRefunded, "adjustment": OrderAdjusted}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A natural key that wants to become a document. `content_hash` tells a repeat from a contradiction."""

    number: str
    member_id: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who holds a natural key now: `is_new` when this call took it."""

    order_id: int
    member_id: int
    is_new: bool
    is_same: bool
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line of a document; refunds have quantities and amounts below zero."""

    line_no: int
    product_id: int
    is_goods: bool
    quantity: Decimal
    unit_price: Decimal
    amount_minor: int
    # Shares of the amount that points and coupons paid.
    points_minor: int = 0
    coupon_minor: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """A part of what was paid, and how: cash, card, wechat …, as the till names it."""

    method: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why goods came back: from the short list, and in somebody's own words."""

    reason: RefundReason | None = None
    note: str | None = None


UNTOLD = Why()


@dataclass(frozen=True, slots=True)
class NewOrder:
    """A document to store under its claimed id."""

    order_id: int
    member_id: int
    kind: str
    source_id: int
    source: str
    number: str
    placed_at: datetime
    business_day: date
    store_id: int | None
    currency: str
    lines: Sequence[NewLine]
    employee_id: int | None = None
    points_used: int = 0
    points_minor: int = 0
    coupon_minor: int = 0
    counts_minor: int = 0
    payments: tuple[Payment, ...] = ()
    facts: list[Any] | None = None
    why: Why = UNTOLD

    @property
    def gross_minor(self) -> int:
        """The sum of all lines, in minor units."""
        return sum(line.amount_minor for line in self.lines)

    @property
    def goods_minor(self) -> int:
        """The sum of the goods lines, in minor units."""
        return sum(line.amount_minor for line in self.lines if line.is_goods)


@dataclass(frozen=True, slots=True)
class NewMatch:
    """A part of a refund line and the order line it belongs to (none: unmatched)."""

    member_id: int
    refund_id: int
    line_no: int
    part: int
    how: str
    quantity: Decimal
    amount_minor: int
    is_goods: bool
    order_id: int | None
    order_line_no: int | None


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """How much of an order line has been given back by now: of its quantity, and of the value of what is left."""

    member_id: int
    order_id: int
    line_no: int
    refunded_quantity: Decimal
    reduced_minor: int


@dataclass(frozen=True, slots=True)
class RefundedOrder:
    """How much of an order has been given back by now, in minor units."""

    member_id: int
    order_id: int
    refunded_minor: int
    goods_refunded_minor: int
    counts_minor: int
    points_returned: int
    is_whole: bool


async def ensure_source(session: Session, code: str) -> int:
    """The id of an order source (a till, a shop, a marketplace), added when it is new."""
    find = select(order_source.c.source_id).where(order_source.c.code == code)
    known: int | None = await session.scalar(find)
    if known is None:
        # Only now: an insert that conflicts uses up a number of the sequence, order after order.
        await session.execute(insert(order_source).values(code=code).on_conflict_do_nothing())
        known = (await session.execute(find)).scalar_one()
    assert known is not None
    return known


async def claim_numbers(session: Session, source: str, claims: Sequence[Claim]) -> tuple[int, dict[str, Claimed]]:
    """Take the natural keys of a source that are free; say of the others who holds them. Waits for a rival still
    writing. Answers the source's id, and by number who holds it. A source that is new is added.
    """
    hashes = {claim.number: claim.content_hash for claim in claims}
    ordered = sorted(claims, key=lambda claim: claim.number)
    rows = {row["number"]: row for row in await _claim(session, source, ordered)}
    missing = [claim for claim in ordered if claim.number not in rows]
    if missing:
        # Nobody knew the source; or a rival came to an end meanwhile, and only the next statement sees what it wrote.
        await ensure_source(session, source)
        rows |= {row["number"]: row for row in await _claim(session, source, missing)}
    claimed = {
        number: Claimed(
            order_id=row["order_id"],
            member_id=row["member_id"],
            is_new=row["is_new"],
            is_same=row["content_hash"] == hashes[number],
            content_hash=row["content_hash"],
        )
        for number, row in rows.items()
    }
    return rows[ordered[0].number]["source_id"], claimed


async def _claim(session: Session, source: str, claims: Sequence[Claim]) -> list[Any]:
    driver = await raw(session)
    rows: list[Any] = await driver.fetch(
        _CLAIM,
        source,
        [claim.number for claim in claims],
        [claim.member_id for claim in claims],
        [claim.content_hash for claim in claims],
    )
    return rows


_CLAIM = """
    with source as (
        select source_id from order_source where code = $1
    ), wanted as materialized (
        select number, member_id, content_hash, nextval('sales_order_order_id_seq') as order_id
        from unnest($2::text[], $3::bigint[], $4::bytea[]) as new(number, member_id, content_hash)
    ), taken as (
        insert into order_number (source_id, number, member_id, order_id, content_hash)
        select source_id, number, member_id, order_id, content_hash from source cross join wanted
        on conflict do nothing returning source_id, number, member_id, order_id, content_hash
    )
    select source_id, number, member_id, order_id, content_hash, true as is_new from taken
    union all
    -- As it was before this statement: nothing that it has taken itself.
    select source_id, number, member_id, order_id, content_hash, false
    from order_number known join source using (source_id) where known.number = any($2::text[])
"""


async def store(session: Session, orders: Sequence[NewOrder], matches: Sequence[NewMatch]) -> None:
    """Store documents with their lines, and what refund lines were matched to; announce them."""
    received_at = clock.now()
    await copy_rows(session, sales_order, _ORDER, (_order_row(order, received_at) for order in orders))
    await copy_rows(session, sales_order_line, _LINE, (_line_row(o, line) for o in orders for line in o.lines))
    if matches:
        await copy_rows(session, refund_match, _MATCH, (_match_row(match) for match in matches))
    await events.publish(session, [_event(order) for order in orders])


async def note_refunds(session: Session, refunded: Sequence[RefundedOrder], lines: Sequence[RefundedLine]) -> None:
    """Note on orders stored earlier what refunds have taken back by now."""
    if not refunded:
        return
    driver = await raw(session)
    await driver.execute(
        """
        update sales_order o
        set refunded_minor = new.refunded_minor, goods_refunded_minor = new.goods_refunded_minor, status = new.status,
            counts_minor = new.counts_minor, points_returned = new.points_returned
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[])
            as new(member_id, order_id, refunded_minor, goods_refunded_minor, status, counts_minor, points_returned)
        where o.member_id = new.member_id and o.order_id = new.order_id
        """,
        [order.member_id for order in refunded],
        [order.order_id for order in refunded],
        [order.refunded_minor for order in refunded],
        [order.goods_refunded_minor for order in refunded],
        ["refunded" if order.is_whole else "partly_refunded" for order in refunded],
        [order.counts_minor for order in refunded],
        [order.points_returned for order in refunded],
    )
    await driver.execute(
        """
        update sales_order_line l
        set refunded_quantity = new.refunded_quantity, reduced_minor = new.reduced_minor
        from unnest($1::bigint[], $2::bigint[], $3::int[], $4::numeric[], $5::bigint[])
            as new(member_id, order_id, line_no, refunded_quantity, reduced_minor)
        where l.member_id = new.member_id and l.order_id = new.order_id and l.line_no = new.line_no
        """,
        [line.member_id for line in lines],
        [line.order_id for line in lines],
        [line.line_no for line in lines],
        [line.refunded_quantity for line in lines],
        [line.reduced_minor for line in lines],
    )


_ORDER = (
    "member_id",
    "order_id",
    "kind",
    "source_id",
    "number",
    "placed_at",
    "business_day",
    "store_id",
    "currency",
    "gross_minor",
    "goods_minor",
    "line_count",
    "refunded_minor",
    "goods_refunded_minor",
    "status",
    "received_at",
    "employee_id",
    "points_used",
    "points_minor",
    "coupon_minor",
    "counts_minor",
    "payments",
    "facts",
    "refund_reason",
    "refund_note",
)


def _order_row(order: NewOrder, received_at: datetime) -> tuple[Any, ...]:
    return (
        order.member_id,
        order.order_id,
        order.kind,
        order.source_id,
        order.number,
        order.placed_at,
        order.business_day,
        order.store_id,
        order.currency,
        order.gross_minor,
        order.goods_minor,
        len(order.lines),
        0,
        0,
        {"sale": "paid"}.get(order.kind, order.kind),
        received_at,
        order.employee_id,
        order.points_used,
        order.points_minor,
        order.coupon_minor,
        order.counts_minor,
        dump_json([[one.method, one.amount_minor] for one in order.payments]) if order.payments else None,
        dump_json(order.facts) if order.facts is not None else None,
        order.why.reason,
        order.why.note,
    )


_LINE = (
    "member_id",
    "order_id",
    "line_no",
    "product_id",
    "quantity",
    "unit_price",
    "amount_minor",
    "is_goods",
    "refunded_quantity",
    "points_minor",
    "coupon_minor",
)


def _line_row(order: NewOrder, line: NewLine) -> tuple[Any, ...]:
    return (
        order.member_id,
        order.order_id,
        line.line_no,
        line.product_id,
        line.quantity,
        line.unit_price,
        line.amount_minor,
        line.is_goods,
        _ZERO,
        line.points_minor,
        line.coupon_minor,
    )


_MATCH = (
    "member_id",
    "refund_id",
    "line_no",
    "part",
    "how",
    "quantity",
    "amount_minor",
    "is_goods",
    "order_id",
    "order_line_no",
)


def _match_row(match: NewMatch) -> tuple[Any, ...]:
    return tuple(getattr(match, column) for column in _MATCH)


def _event(order: NewOrder) -> events.Event:
    return _EVENTS[order.kind](
        member_id=order.member_id,
        occurred_at=order.placed_at,
        order_id=order.order_id,
        source=order.source,
        number=order.number,
        store_id=order.store_id,
        employee_id=order.employee_id,
        business_day=order.business_day.isoformat(),
        currency=order.currency,
        gross_minor=order.gross_minor,
        goods_minor=order.goods_minor,
    )
