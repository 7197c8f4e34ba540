"""Taking a coupon away: what it took of the stock and of the member's limits is there again."""

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw

from ..changing import Step, change
from ..errors import CouponChanged
from ..holding.queries import CouponView
from . import stock
from .errors import CannotVoid

_TAKEN = "select unit_no from coupon where member_id = $1 and coupon_id = $2"
_LEAVE = "delete from coupon_claim where member_id = $1 and template_id = $2 and coupon_id = $3"


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
    if not await change(session, "voided", [step], zone):
        raise CouponChanged(coupon=coupon.code)
    driver = await raw(session)
    await driver.execute(_LEAVE, coupon.member_id, coupon.template_id, coupon.coupon_id)
    unit_no = await driver.fetchval(_TAKEN, coupon.member_id, coupon.coupon_id)
    if unit_no is not None:
        await stock.give_back(session, coupon.template_id, [unit_no])
