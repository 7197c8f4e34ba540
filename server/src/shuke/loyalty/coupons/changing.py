"""What happens to coupons: every change of state is one guarded step, with its move, written as one.

A step names the version of the coupon that it was decided on. Whoever comes second finds another version, and nothing
is written: so a coupon is used once, however many try at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock, events
from shuke.platform.db import Session, raw

from .events import (
    CouponExpired,
    CouponGiven,
    CouponRedeemed,
    CouponReturned,
    CouponVoided,
)

Kind = Literal["locked", "released", "redeemed", "returned", "expired", "voided", "given"]

# What each step makes of a coupon, and of what.
_STEPS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "locked": ("locked", ("issued", "locked")),
    "released": ("issued", ("locked",)),
    "redeemed": ("redeemed", ("issued", "locked")),
    "returned": ("issued", ("redeemed",)),
    "expired": ("expired", ("issued", "locked")),
    "voided": ("void", ("issued", "locked")),
    "given": ("given", ("issued",)),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of one coupon, decided on a version of it. `expires_at`: its new end; None: as it is.

    `cart_source_id` and `cart_number` name who locks or redeems it; of `locked_until`, locks only.
    """

    member_id: int
    coupon_id: int
    template_id: int
    version: int
    at: datetime
    actor: str
    expires_at: datetime | None = None
    locked_until: datetime | None = None
    cart_source_id: int | None = None
    cart_number: str | None = None
    order_id: int | None = None
    store_id: int | None = None
    channel: str | None = None
    discount_minor: int = 0
    reason: str | None = None


async def change(session: Session, kind: Kind, steps: Sequence[Step], zone: ZoneInfo) -> set[int]:
    """Take steps of one kind. Answers the coupons for which it was done; the others have changed meanwhile."""
    done = await change_quietly(session, kind, steps, zone)
    told = [_event(kind, one) for one in steps if one.coupon_id in done]
    await events.publish(session, [event for event in told if event is not None])
    return done


async def change_quietly(session: Session, kind: Kind, steps: Sequence[Step], zone: ZoneInfo) -> set[int]:
    """The same, announced to nobody: for codes of nobody, which end by the hundred thousand."""
    if not steps:
        return set()
    state, of = _STEPS[kind]
    driver = await raw(session)
    rows = await driver.fetch(
        _CHANGE,
        kind,
        state,
        list(of),
        [one.member_id for one in steps],
        [one.coupon_id for one in steps],
        [one.version for one in steps],
        [one.at for one in steps],
        [clock.business_day(one.at, zone) for one in steps],
        [one.actor for one in steps],
        [one.expires_at for one in steps],
        [one.locked_until for one in steps],
        [one.cart_source_id for one in steps],
        [one.cart_number for one in steps],
        [one.order_id for one in steps],
        [one.store_id for one in steps],
        [one.channel for one in steps],
        [one.discount_minor for one in steps],
        [one.reason for one in steps],
    )
    return {row["coupon_id"] for row in rows}


def _event(kind: Kind, step: Step) -> events.Event | None:
    if kind == "redeemed":
        return CouponRedeemed(
            member_id=step.member_id,
            occurred_at=step.at,
            coupon_id=step.coupon_id,
            template_id=step.template_id,
            order_id=step.order_id,
            discount_minor=step.discount_minor,
            store_id=step.store_id,
        )
    if kind == "returned":
        return CouponReturned(
            member_id=step.member_id,
            occurred_at=step.at,
            coupon_id=step.coupon_id,
            template_id=step.template_id,
            order_id=step.order_id,
        )
    if kind == "voided":
        return CouponVoided(
            member_id=step.member_id,
            occurred_at=step.at,
            coupon_id=step.coupon_id,
            template_id=step.template_id,
            reason=step.reason,
        )
    plain = {"expired": CouponExpired, "given": CouponGiven}.get(kind)
    if plain is None:
        # A lock comes and goes; nobody has to hear of it.
        return None
    return plain(member_id=step.member_id, occurred_at=step.at, coupon_id=step.coupon_id, template_id=step.template_id)


# Locked in order of coupon, so that two who change the same coupons meet in the same order.
_CHANGE = """
    with wanted as (
        select * from unnest($4::bigint[], $5::bigint[], $6::int[], $7::timestamptz[], $8::date[], $9::text[],
            $10::timestamptz[], $11::timestamptz[], $12::smallint[], $13::text[], $14::bigint[], $15::bigint[],
            $16::text[], $17::bigint[], $18::text[])
        as wanted (member_id, coupon_id, version, at, day, actor, expires_at, locked_until, cart_source_id,
            cart_number, order_id, store_id, channel, discount_minor, reason)
    ), held as (
        select w.* from coupon c join wanted w using (member_id, coupon_id)
        where c.version = w.version and c.state = any($3)
        order by c.coupon_id for update of c
    ), changed as (
        update coupon c set
            state = $2,
            version = c.version + 1,
            expires_at = coalesce(w.expires_at, c.expires_at),
            locked_until = w.locked_until,
            cart_source_id = w.cart_source_id,
            cart_number = w.cart_number,
            redeemed_at = case when $1 = 'redeemed' then w.at end,
            returned = c.returned + case when $1 = 'returned' then 1 else 0 end
        from held w
        where c.member_id = w.member_id and c.coupon_id = w.coupon_id and c.version = w.version and c.state = any($3)
        returning c.member_id, c.coupon_id, c.version as move_no, c.template_id, w.at, w.day, w.actor, w.store_id,
            w.channel, w.order_id, w.discount_minor, w.reason
    ), noted as (
        insert into coupon_move (member_id, coupon_id, move_no, template_id, kind, at, day, actor, store_id, channel,
            order_id, discount_minor, reason)
        select member_id, coupon_id, move_no, template_id, $1, at, day, actor, store_id, channel, order_id,
            discount_minor, reason
        from changed
    )
    select coupon_id from changed
"""
