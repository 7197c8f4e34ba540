"""The coupons that pay a part of orders: made some days before, used by the order, settled by its returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.loyalty import checkout, coupons
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.promises import find_templates
from shuke.loyalty.coupons.rules import Held, Promise
from shuke.loyalty.coupons.using.finding import Kept
from shuke.platform.db import Session

from ..coupons import coupon_of
from .coupon_plan import OF_ORDERS
from .sales import Document

_ISSUED_WITHIN_DAYS = 20


@dataclass(frozen=True)
class Paying:
    """An order that a coupon pays a part of. `first`: when its member first bought, before which nobody knew them."""

    document: Document
    member_id: int
    first: datetime


async def find_promises(session: Session) -> dict[str, Promise]:
    """What the coupons of orders promise, by template."""
    found = await find_templates(session, [one.template for one in OF_ORDERS.values()])
    return {code: one.promise for code, one in found.items() if one.promise is not None}


async def make_coupons(
    session: Session, promises: Mapping[str, Promise], paying: Sequence[Paying], zone: ZoneInfo
) -> dict[str, Held]:
    """Make the coupon of each order, by the order's number. Orders whose coupon was made before are left out: a coupon
    and its order are written together.
    """
    wanted = {one.document.number: _new(one, promises, zone) for one in paying}
    made = await make(session, list(wanted.values()), zone)
    return {
        one.document.number: Held(
            member_id=one.member_id,
            coupon_id=made[new.code],
            code=new.code,
            promise=promises[OF_ORDERS[one.document.coupon_minor].template],
            valid_from=new.valid_from,
            expires_at=new.expires_at,
        )
        for one in paying
        if (new := wanted[one.document.number]).code in made
    }


def plan(held: Held, lines: Sequence[checkout.Line]) -> coupons.Plan:
    """What a coupon takes off an order, whose lines have their shares of it already."""
    shares = {line.line_no: line.coupon_minor for line in lines if line.coupon_minor}
    kept = Kept(held, "issued", 1, None, None, None, None)
    return coupons.Plan((coupons.Use(held, sum(shares.values()), shares),), {held.coupon_id: kept})


def _new(one: Paying, promises: Mapping[str, Promise], zone: ZoneInfo) -> NewCoupon:
    document = one.document
    giving = OF_ORDERS[document.coupon_minor]
    promise = promises[giving.template]
    # Any number of days that is not the same for all, and the same for everybody who asks.
    days = 1 + (document.coupon_minor // 1000 + document.customer + document.at.day) % _ISSUED_WITHIN_DAYS
    at = max(document.at - timedelta(days=days, minutes=days), one.first - timedelta(minutes=2))
    return coupon_of(promise, zone, member_id=one.member_id, how=giving.how, at=at, grant_key=f"demo:{document.number}")
