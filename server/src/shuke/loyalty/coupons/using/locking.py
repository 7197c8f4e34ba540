"""Coupons kept for a cart until an instant, and let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..changing import Step, change
from ..errors import CouponChanged
from .planning import Plan


@dataclass(frozen=True)
class CartLock:
    """Which cart keeps coupons, until when, and where."""

    source_id: int
    number: str
    until: datetime
    actor: str
    channel: str
    store_id: int | None


async def lock(session: Session, plan: Plan, cart: CartLock, zone: ZoneInfo) -> None:
    """Keep the coupons of a plan for a cart. Raises CouponChanged when somebody else was quicker."""
    now = clock.now()
    steps = [
        Step(
            member_id=use.held.member_id,
            coupon_id=use.held.coupon_id,
            template_id=use.held.promise.template_id,
            version=plan.kept[use.held.coupon_id].version,
            at=now,
            actor=cart.actor,
            locked_until=cart.until,
            cart_source_id=cart.source_id,
            cart_number=cart.number,
            channel=cart.channel,
            store_id=cart.store_id,
        )
        for use in plan.uses
    ]
    done = await change(session, "locked", steps, zone)
    for use in plan.uses:
        if use.held.coupon_id not in done:
            raise CouponChanged(coupon=use.held.code)


async def release(session: Session, carts: Sequence[tuple[int, str]], *, actor: str, zone: ZoneInfo) -> None:
    """Let go what carts still keep, by source and number. Who keeps nothing changes nothing."""
    driver = await raw(session)
    rows = await driver.fetch(_LOCKED, [source_id for source_id, _ in carts], [number for _, number in carts])
    now = clock.now()
    steps = [
        Step(
            member_id=row["member_id"],
            coupon_id=row["coupon_id"],
            template_id=row["template_id"],
            version=row["version"],
            at=now,
            actor=actor,
        )
        for row in rows
    ]
    await change(session, "released", steps, zone)


_LOCKED = """
    select member_id, coupon_id, template_id, version from coupon
    where state = 'locked' and (cart_source_id, cart_number) in (select * from unnest($1::smallint[], $2::text[]))
"""
