"""Taking coupons away: what they took of the stock and of their members' limits is there again."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw

from ..changing import Step, change
from ..errors import CouponChanged
from ..holding.queries import CouponView
from . import stock
from .errors import CannotVoid

_UNITS = """
    select template_id, array_agg(unit_no order by coupon_id) as units
    from coupon join unnest($1::bigint[], $2::bigint[]) as gone (member_id, coupon_id) using (member_id, coupon_id)
    where unit_no is not null group by template_id order by template_id
"""
_LEAVE = """
    delete from coupon_claim where (member_id, template_id, coupon_id) in (
        select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])
    )
"""


async def void(session: Session, actor: Actor, coupon: CouponView, *, reason: str) -> None:
    """Void a coupon that nobody has used, also one that a cart keeps. Raises CannotVoid, CouponChanged."""
    if coupon.state not in {"issued", "locked"}:
        raise CannotVoid(coupon=coupon.code)
    zone = (await organization.get_shop(session)).zone
    step = Step(
        member_id=coupon.member_id,
        coupon_id=coupon.coupon_id,
        template_id=coupon.template_id,
        version=coupon.version,
        at=clock.now(),
        actor=actor.name,
        reason=reason,
    )
    if not await void_all(session, [step], zone):
        raise CouponChanged(coupon=coupon.code)


async def void_all(session: Session, steps: Sequence[Step], zone: ZoneInfo, *, frees_places: bool = True) -> set[int]:
    """Void coupons that nobody has used. Answers those for which it was done; the others have changed meanwhile.

    `frees_places`: the members may take as many others under their limits.
    """
    done = await change(session, "voided", steps, zone)
    gone = [step for step in steps if step.coupon_id in done]
    members, coupons = [step.member_id for step in gone], [step.coupon_id for step in gone]
    driver = await raw(session)
    if frees_places:
        await driver.execute(_LEAVE, members, [step.template_id for step in gone], coupons)
    for row in await driver.fetch(_UNITS, members, coupons):
        await stock.give_back(session, row["template_id"], row["units"])
    return done
