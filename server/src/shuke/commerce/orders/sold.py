"""Which orders a returned product can have come from: for goods that come back with nobody to name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shuke.platform.db import Session, raw


@dataclass(frozen=True, slots=True)
class SoldWanted:
    """What to look for: orders of a product between two instants with so much of it left; `store_id` None: anywhere."""

    key: int
    product_id: int
    store_id: int | None
    since: datetime
    until: datetime
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Sold:
    """An order with the product in it: how much of it is left, and what one was sold for (the dearest, of several)."""

    key: int
    order_id: int
    member_id: int
    source: str
    number: str
    placed_at: datetime
    store_id: int | None
    quantity_left: Decimal
    unit_price: Decimal
    # How many such orders there are in all.
    of: int


async def count_sold(session: Session, wanted: Sequence[SoldWanted]) -> dict[int, int]:
    """How many orders can be the one, by key; keys with none are left out."""
    return {one.key: one.of for one in await list_sold(session, wanted, 1)}


async def list_sold(session: Session, wanted: Sequence[SoldWanted], limit: int) -> list[Sold]:
    """The orders that can be the one, the latest first, at most `limit` for each key."""
    if not wanted:
        return []
    columns = [[getattr(one, name) for one in wanted] for name in SoldWanted.__dataclass_fields__]
    driver = await raw(session)
    return [Sold(**row) for row in await driver.fetch(_SOLD, *columns, limit)]


_SOLD = """
    with wanted as (
        select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::timestamptz[],
            $6::numeric[]) as wanted(key, product_id, store_id, since, until, quantity)
    ), near as (
        select key, product_id, wanted.quantity, o.order_id, o.member_id, o.source_id, o.number, o.placed_at, o.store_id
        from wanted join sales_order o
            on o.store_id = wanted.store_id and o.placed_at >= wanted.since and o.placed_at <= wanted.until
        where o.kind = 'sale' and o.status <> 'refunded'
        union all
        select key, product_id, wanted.quantity, o.order_id, o.member_id, o.source_id, o.number, o.placed_at, o.store_id
        from wanted join sales_order o
            on wanted.store_id is null and o.placed_at >= wanted.since and o.placed_at <= wanted.until
        where o.kind = 'sale' and o.status <> 'refunded'
    ), found as (
        select key, near.order_id, near.member_id, source_id, number, placed_at, store_id,
               sum(l.quantity - l.refunded_quantity) as quantity_left, max(l.unit_price) as unit_price
        from near join sales_order_line l on l.member_id = near.member_id and l.order_id = near.order_id
            and l.product_id = near.product_id and l.quantity > l.refunded_quantity
        group by key, near.quantity, near.order_id, near.member_id, source_id, number, placed_at, store_id
        having sum(l.quantity - l.refunded_quantity) >= near.quantity
    ), ranked as (
        select found.*, count(*) over (partition by key) as of,
               row_number() over (partition by key order by placed_at desc, order_id desc) as place
        from found
    )
    select key, order_id, member_id, s.code as source, number, placed_at, store_id, quantity_left, unit_price, of
    from ranked join order_source s using (source_id) where place <= $7 order by key, place
"""
