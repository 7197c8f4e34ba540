"""Taking batches of events into the rankings' sums: a few statements for each batch."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from shuke.foundation import organization
from shuke.platform.db import Session, raw
from shuke.platform.events import StoredEvent

from .sums import First, RankBatch, add_ranks, correct_firsts

# Its cursor begins at the beginning of the log: the sums are complete from the first event that is kept.
CONSUMER = "analytics.rankings"

_KNOWN = """
    select member_id, first_at, order_id, day, store_id, employee_id, currency
    from analytics_rank_first where member_id = any($1::bigint[])
"""
_FIRSTS = """
    insert into analytics_rank_first (member_id, first_at, order_id, day, store_id, employee_id, currency)
    select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::date[], $5::bigint[], $6::bigint[],
        $7::text[])
    on conflict (member_id) do update
    set first_at = excluded.first_at, order_id = excluded.order_id, day = excluded.day,
        store_id = excluded.store_id, employee_id = excluded.employee_id, currency = excluded.currency
"""
_DAYS = """
    insert into analytics_rank_day as known (day, store_id, employee_id, currency, orders, refunds, paid_minor,
        refunded_minor, member_orders, first_orders)
    select * from unnest($1::date[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::bigint[])
    on conflict (day, store_id, employee_id, currency) do update
    set orders = known.orders + excluded.orders, refunds = known.refunds + excluded.refunds,
        paid_minor = known.paid_minor + excluded.paid_minor,
        refunded_minor = known.refunded_minor + excluded.refunded_minor,
        member_orders = known.member_orders + excluded.member_orders,
        first_orders = known.first_orders + excluded.first_orders
"""
_JOINED = """
    insert into analytics_rank_joined as known (day, store_id, employee_id, joined)
    select * from unnest($1::date[], $2::bigint[], $3::bigint[], $4::bigint[])
    on conflict (day, store_id, employee_id) do update set joined = known.joined + excluded.joined
"""


async def on_ranked(session: Session, events: Sequence[StoredEvent]) -> None:
    """Orders, refunds and new members."""
    shop = await organization.get_shop(session)
    batch = add_ranks(events, shop.zone)
    changed = correct_firsts(batch, await _known(session, batch))
    driver = await raw(session)
    if changed:
        rows = [(one, first.at, first.order_id, *first.place) for one, first in sorted(changed.items())]
        await driver.execute(_FIRSTS, *_columns(rows))
    if batch.days:
        await driver.execute(_DAYS, *_columns([(*place, *astuple(one)) for place, one in sorted(batch.days.items())]))
    if batch.joined:
        await driver.execute(_JOINED, *_columns([(*place, count) for place, count in sorted(batch.joined.items())]))


async def _known(session: Session, batch: RankBatch) -> Mapping[int, First]:
    driver = await raw(session)
    rows = await driver.fetch(_KNOWN, sorted(batch.firsts))
    return {
        row["member_id"]: First(
            row["first_at"], row["order_id"], (row["day"], row["store_id"], row["employee_id"], row["currency"])
        )
        for row in rows
    }


def _columns(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
