"""Counting two members as one from a merge on, and as two again when it is undone."""

from collections.abc import Collection

from shuke.platform.db import Session, raw

from .actions import correct_gaps, gaps

_KEEP = """
    insert into analytics_alias (member_id, root_id, order_count, paid_minor, refunded_minor, first_at, last_at, days,
        orders, root_first_at, root_last_at, followers)
    select $1, $2, coalesce(own.order_count, 0), coalesce(own.paid_minor, 0), coalesce(own.refunded_minor, 0),
        own.first_at, own.last_at, day.days, day.orders, root.first_at, root.last_at,
        array(select member_id from analytics_alias where root_id = $1)
    from (
        select coalesce(array_agg(day order by day), '{}') as days,
            coalesce(array_agg(orders order by day), '{}') as orders
        from analytics_purchase_day where member_id = $1
    ) day
    left join analytics_member own on own.member_id = $1
    left join analytics_member root on root.member_id = $2
    on conflict (member_id) do nothing
"""
_FOLLOW = "update analytics_alias set root_id = $2 where root_id = $1 and member_id <> $1"
_MOVE = """
    with own as (delete from analytics_member where member_id = $1 returning *)
    insert into analytics_member as root (member_id, order_count, paid_minor, refunded_minor, first_at, last_at)
    select $2, order_count, paid_minor, refunded_minor, first_at, last_at from own
    on conflict (member_id) do update
    set order_count = root.order_count + excluded.order_count, paid_minor = root.paid_minor + excluded.paid_minor,
        refunded_minor = root.refunded_minor + excluded.refunded_minor,
        first_at = least(root.first_at, excluded.first_at), last_at = greatest(root.last_at, excluded.last_at)
"""
_MOVE_DAYS = """
    with own as (delete from analytics_purchase_day where member_id = $1 returning *)
    insert into analytics_purchase_day as root (member_id, day, orders) select $2, day, orders from own
    on conflict (member_id, day) do update set orders = root.orders + excluded.orders
"""
# What was the root's own beginning and end stays, unless something older or newer has come since.
_TAKE_BACK = """
    update analytics_member root
    set order_count = root.order_count - alias.order_count, paid_minor = root.paid_minor - alias.paid_minor,
        refunded_minor = root.refunded_minor - alias.refunded_minor,
        first_at = case when root.first_at = least(alias.root_first_at, alias.first_at)
            then alias.root_first_at else root.first_at end,
        last_at = case when root.last_at = greatest(alias.root_last_at, alias.last_at)
            then alias.root_last_at else root.last_at end
    from analytics_alias alias where alias.member_id = $1 and root.member_id = alias.root_id
"""
_TAKE_DAYS_BACK = """
    update analytics_purchase_day root set orders = root.orders - own.orders
    from analytics_alias alias cross join lateral unnest(alias.days, alias.orders) as own (day, orders)
    where alias.member_id = $1 and root.member_id = alias.root_id and root.day = own.day
"""
_EMPTY_DAYS = "delete from analytics_purchase_day where member_id = $1 and orders <= 0"
_RESTORE = """
    insert into analytics_member (member_id, order_count, paid_minor, refunded_minor, first_at, last_at)
    select member_id, order_count, paid_minor, refunded_minor, first_at, last_at from analytics_alias
    where member_id = $1 and (order_count <> 0 or refunded_minor <> 0)
"""
_RESTORE_DAYS = """
    insert into analytics_purchase_day (member_id, day, orders)
    select alias.member_id, own.day, own.orders
    from analytics_alias alias cross join lateral unnest(alias.days, alias.orders) as own (day, orders)
    where alias.member_id = $1
"""
_PART = """
    with gone as (delete from analytics_alias where member_id = $1 returning followers, root_id)
    update analytics_alias alias set root_id = $1
    from gone where alias.member_id = any(gone.followers) and alias.root_id = gone.root_id
"""


async def find_roots(session: Session, member_ids: Collection[int | None]) -> dict[int, int]:
    """Who of these members is counted as somebody else."""
    driver = await raw(session)
    rows = await driver.fetch(
        "select member_id, root_id from analytics_alias where member_id = any($1::bigint[])",
        [member_id for member_id in member_ids if member_id],
    )
    return {row["member_id"]: row["root_id"] for row in rows}


async def count_as_one(session: Session, survivor_id: int, absorbed_id: int) -> None:
    """Count the purchases of the absorbed member as the survivor's."""
    before = await gaps(session, [absorbed_id, survivor_id])
    driver = await raw(session)
    for statement in (_KEEP, _FOLLOW, _MOVE, _MOVE_DAYS):
        await driver.execute(statement, absorbed_id, survivor_id)
    await correct_gaps(session, [absorbed_id, survivor_id], before)


async def count_as_two(session: Session, survivor_id: int, absorbed_id: int) -> None:
    """Count the purchases that were the absorbed member's own as theirs again."""
    before = await gaps(session, [absorbed_id, survivor_id])
    driver = await raw(session)
    for statement in (_TAKE_BACK, _TAKE_DAYS_BACK):
        await driver.execute(statement, absorbed_id)
    await driver.execute(_EMPTY_DAYS, survivor_id)
    for statement in (_RESTORE, _RESTORE_DAYS, _PART):
        await driver.execute(statement, absorbed_id)
    await correct_gaps(session, [absorbed_id, survivor_id], before)
