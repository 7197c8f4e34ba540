"""What time does to coupons: locks lapse, offers run out, coupons end, and members are told some days before.

By instants, so that a shop's day may begin at any hour of ours. Each step is one transaction over some hundreds of
coupons; whatever is run twice, or by two processes at once, finds nothing left to do.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from shuke.foundation import organization
from shuke.platform import clock, events, jobs
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session, raw

from ..changing import Step, change, change_quietly
from ..events import CouponExpiryAnnounced
from .rules import TRANSFER

_SOME = 500
_MANY = 1_000

# What ends by a lapsed lock ends when the lock did. The instant of a step is never before the one of the last move.
_LAPSED = """
    select member_id, coupon_id, template_id, version, locked_until as at, cart_number is null as is_offer
    from coupon
    where state = 'locked' and locked_until <= $1 and (expires_at is null or expires_at > $1)
    order by locked_until limit $2 for update skip locked
"""
_OFFERS_OVER = """
    update coupon_transfer set state = 'expired', ended_at = until
    where transfer_id in (
        select transfer_id from coupon_transfer where state = 'offered' and until <= $1
        order by until limit $2 for update skip locked
    )
"""
_OVER = """
    with over as (
        select member_id, coupon_id, template_id, version, expires_at, locked_until from coupon
        where state in ('issued', 'locked') and expires_at <= $1 and (state = 'issued' or locked_until <= $1)
            and member_id > 0
        order by expires_at limit $2 for update skip locked
    )
    select over.member_id, over.coupon_id, over.template_id, over.version,
        greatest(over.expires_at, over.locked_until, m.at) as at
    from over left join coupon_move m on m.member_id = over.member_id and m.coupon_id = over.coupon_id
        and m.move_no = over.version
"""
_CODES_OVER = _OVER.replace("member_id > 0", "member_id = 0")
# Of coupons that can be used, whose template wants it, and whose end was not announced before.
_ENDING = """
    insert into coupon_reminder (member_id, coupon_id, reminded_at)
    select c.member_id, c.coupon_id, $1 from coupon c
    join coupon_template t on t.template_id = c.template_id and (t.issuing ->> 'remind_days') is not null
    where c.state in ('issued', 'locked') and (c.state = 'issued' or c.locked_until <= $1)
        and c.expires_at > $1 and c.expires_at <= $1 + make_interval(days => 90)
        and c.expires_at <= $1 + make_interval(days => (t.issuing ->> 'remind_days')::int)
        and c.member_id > 0
        and not exists (select from coupon_reminder r where r.member_id = c.member_id and r.coupon_id = c.coupon_id)
    order by c.expires_at limit $2
    on conflict do nothing
    returning member_id, coupon_id
"""
_TOLD_OF = """
    select member_id, coupon_id, template_id, expires_at from coupon
    join unnest($1::bigint[], $2::bigint[]) as told (member_id, coupon_id) using (member_id, coupon_id)
    order by member_id, coupon_id
"""


async def do_due() -> None:
    """Everything that is due by now."""
    database = jobs.database()
    await release_lapsed(database)
    await end_offers(database)
    await expire(database)
    await expire_codes(database)


async def remind() -> None:
    """Tell of coupons that will be over."""
    await announce(jobs.database())


async def release_lapsed(database: Database) -> int:
    """Free coupons whose lock has lapsed; how many."""

    async def step(session: Session) -> tuple[int, bool]:
        rows = await (await raw(session)).fetch(_LAPSED, clock.now(), _SOME)
        zone = (await organization.get_shop(session)).zone if rows else None
        done = await change(session, "released", _steps(rows), zone) if zone else set[int]()
        return len(done), len(rows) == _SOME

    return await _until_done(database, step)


async def end_offers(database: Database) -> int:
    """Note of offers that nobody accepted in time that they are over; how many."""

    async def step(session: Session) -> tuple[int, bool]:
        done = await (await raw(session)).execute(_OFFERS_OVER, clock.now(), _SOME)
        count = int(done.rpartition(" ")[2])
        return count, count == _SOME

    return await _until_done(database, step)


async def expire(database: Database) -> int:
    """End members' coupons whose time is over; how many. What a cart has locked waits for its lock."""

    async def step(session: Session) -> tuple[int, bool]:
        rows = await (await raw(session)).fetch(_OVER, clock.now(), _SOME)
        zone = (await organization.get_shop(session)).zone if rows else None
        done = await change(session, "expired", _steps(rows), zone) if zone else set[int]()
        return len(done), len(rows) == _SOME

    return await _until_done(database, step)


async def expire_codes(database: Database) -> int:
    """End codes that are nobody's; how many. Each leaves its move, and none is announced: nobody would hear it."""

    async def step(session: Session) -> tuple[int, bool]:
        rows = await (await raw(session)).fetch(_CODES_OVER, clock.now(), _MANY)
        zone = (await organization.get_shop(session)).zone if rows else None
        done = await change_quietly(session, "expired", _steps(rows), zone) if zone else set[int]()
        return len(done), len(rows) == _MANY

    return await _until_done(database, step)


async def announce(database: Database) -> int:
    """Announce of coupons, once each, that they will be over; how many."""

    async def step(session: Session) -> tuple[int, bool]:
        driver = await raw(session)
        now = clock.now()
        new = await driver.fetch(_ENDING, now, _SOME)
        rows = await driver.fetch(_TOLD_OF, [row["member_id"] for row in new], [row["coupon_id"] for row in new])
        await events.publish(
            session,
            [
                CouponExpiryAnnounced(
                    member_id=row["member_id"],
                    occurred_at=now,
                    coupon_id=row["coupon_id"],
                    template_id=row["template_id"],
                    expires_at=row["expires_at"].isoformat(),
                )
                for row in rows
            ],
        )
        return len(rows), len(new) == _SOME

    return await _until_done(database, step)


async def _until_done(database: Database, step: Callable[[Session], Awaitable[tuple[int, bool]]]) -> int:
    """Take a step after the other, each in a transaction of its own, while there may be more."""
    total, is_more = 0, True
    while is_more:
        async with database.transaction() as session:
            count, is_more = await step(session)
        total += count
    return total


def _steps(rows: Sequence[Any]) -> list[Step]:
    return [
        Step(
            member_id=row["member_id"],
            coupon_id=row["coupon_id"],
            template_id=row["template_id"],
            version=row["version"],
            at=row["at"],
            actor=SYSTEM.name,
            channel=TRANSFER if row.get("is_offer") else None,
        )
        for row in rows
    ]
