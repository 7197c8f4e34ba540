"""Verbs of analytics: take batches of events into the sums, a few statements for each batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date

from sqlalchemy import Table, func, text
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session, raw

from .queries import rfm_map, sales_event_id
from .rules import BalanceSums, JoinedSums, MemberSums, SalesSums, StoreSums
from .tables import (
    analytics_balance_day,
    analytics_joined_day,
    analytics_level,
    analytics_rfm_run,
    analytics_state,
    analytics_store_day,
)

_GAPS = """
    select distance, day, earlier_day, count(*) as orders
    from (
        select day,
            coalesce(lag(day, 1) over purchases, '-infinity') as one,
            coalesce(lag(day, 2) over purchases, '-infinity') as two
        from analytics_purchase_day, generate_series(1, orders)
        where member_id = any($1::bigint[])
        window purchases as (partition by member_id order by day)
    ) purchase
    cross join lateral (values (1, one), (2, two)) as gap(distance, earlier_day)
    group by distance, day, earlier_day
"""
_LONG_WORK = text("select set_config('work_mem', '256MB', true), set_config('statement_timeout', '5min', true)")
Gaps = Counter[tuple[int, date, date]]


async def take_sales(session: Session, sums: SalesSums) -> None:
    """Add orders, refunds and adjustments to the days of stores, to members and to the gaps between purchases."""
    await _add_store_days(session, sums.stores)
    await _add_members(session, sums.members)
    await _add_purchase_days(session, sums.purchase_days)


async def take_balances(session: Session, sums: Mapping[tuple[date, str], BalanceSums]) -> None:
    """Add entries of the ledger to the days of loyalty currencies."""
    rows = [{"day": day, "currency": code, **asdict(one)} for (day, code), one in sorted(sums.items())]
    await _add(session, analytics_balance_day, ("day", "currency"), rows)


async def take_members(session: Session, sums: Mapping[date, JoinedSums]) -> None:
    """Add members who joined or left to their days."""
    rows = [{"day": day, **asdict(one)} for day, one in sorted(sums.items())]
    await _add(session, analytics_joined_day, ("day",), rows)


async def take_levels(session: Session, changes: Mapping[tuple[str, str], int]) -> None:
    """Move members between levels."""
    rows = [{"scheme": scheme, "level": level, "members": count} for (scheme, level), count in sorted(changes.items())]
    await _add(session, analytics_level, ("scheme", "level"), rows)


async def note_taken(session: Session, consumer: str, event_id: int) -> None:
    """Remember the last event that a consumer has taken in."""
    statement = insert(analytics_state).values(consumer=consumer, event_id=event_id)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["consumer"],
            set_={"event_id": func.greatest(analytics_state.c.event_id, statement.excluded.event_id)},
        )
    )


async def keep_rfm_map(session: Session, as_of: date, zone: str) -> None:
    """Compute the RFM map of a day and keep it, so that reading it counts nobody."""
    # A million members are sorted in memory, and a busy machine may take longer than a request would be given.
    await session.execute(_LONG_WORK)
    event_id = await sales_event_id(session)
    found = await rfm_map(session, as_of, zone)
    statement = insert(analytics_rfm_run).values(
        as_of=as_of, event_id=event_id, computed_at=clock.now(), members=found.members, map=asdict(found)
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["as_of"],
            set_={name: statement.excluded[name] for name in ("event_id", "computed_at", "members", "map")},
        )
    )


async def _add(session: Session, table: Table, keys: tuple[str, ...], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, or add their sums to the rows that are there. Rows come in the order of their keys."""
    if not rows:
        return
    statement = insert(table)
    sums = {
        column.name: column + statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    await session.execute(
        statement.on_conflict_do_update(index_elements=list(keys), set_=sums), [dict(row) for row in rows]
    )


async def _add_store_days(session: Session, stores: Mapping[tuple[date, int, str], StoreSums]) -> None:
    rows = [
        {"day": day, "store_id": store_id, "currency": currency, **asdict(one)}
        for (day, store_id, currency), one in sorted(stores.items())
    ]
    await _add(session, analytics_store_day, ("day", "store_id", "currency"), rows)


async def _add_members(session: Session, members: Mapping[int, MemberSums]) -> None:
    if not members:
        return
    driver = await raw(session)
    columns = zip(*((member_id, *astuple(one)) for member_id, one in sorted(members.items())), strict=True)
    await driver.execute(
        """
        insert into analytics_member as known (member_id, order_count, paid_minor, refunded_minor, first_at, last_at)
        select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[])
        on conflict (member_id) do update
        set order_count = known.order_count + excluded.order_count,
            paid_minor = known.paid_minor + excluded.paid_minor,
            refunded_minor = known.refunded_minor + excluded.refunded_minor,
            first_at = least(known.first_at, excluded.first_at),
            last_at = greatest(known.last_at, excluded.last_at)
        """,
        *(list(column) for column in columns),
    )


async def _add_purchase_days(session: Session, days: Counter[tuple[int, date]]) -> None:
    """Add purchases, which may come in any order of time, and correct the gaps between them."""
    if not days:
        return
    driver = await raw(session)
    members = sorted({member_id for member_id, _ in days})
    before = await gaps(session, members)
    ordered = sorted(days.items())
    await driver.execute(
        """
        insert into analytics_purchase_day as known (member_id, day, orders)
        select * from unnest($1::bigint[], $2::date[], $3::int[])
        on conflict (member_id, day) do update set orders = known.orders + excluded.orders
        """,
        [member_id for (member_id, _), _ in ordered],
        [day for (_, day), _ in ordered],
        [count for _, count in ordered],
    )
    await correct_gaps(session, members, before)


async def correct_gaps(session: Session, members: Sequence[int], before: Gaps) -> None:
    """Bring the gaps between purchases in step with the purchase days of these members, as they are now."""
    driver = await raw(session)
    after = await gaps(session, members)
    after.subtract(before)
    changed = sorted((gap, orders) for gap, orders in after.items() if orders)
    await driver.execute(
        """
        insert into analytics_purchase_gap as known (distance, day, earlier_day, orders)
        select * from unnest($1::smallint[], $2::date[], $3::date[], $4::bigint[])
        on conflict (distance, day, earlier_day) do update set orders = known.orders + excluded.orders
        """,
        [gap[0] for gap, _ in changed],
        [gap[1] for gap, _ in changed],
        [gap[2] for gap, _ in changed],
        [orders for _, orders in changed],
    )


async def gaps(session: Session, members: Sequence[int]) -> Gaps:
    """The gaps between the purchases of these members, counted."""
    driver = await raw(session)
    rows = await driver.fetch(_GAPS, list(members))
    return Counter({(row["distance"], row["day"], row["earlier_day"]): row["orders"] for row in rows})
