"""New coupons: the row, its code and its first move, written as one. Every way of issuing ends here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock, events
from shuke.platform.db import Session, raw

from .events import CouponClaimed, CouponGranted


@dataclass(frozen=True, kw_only=True)
class NewCoupon:
    """A coupon to be made. `grant_key`: what asks for it; the member has one coupon for each, for ever.

    `coupon_id`: the id that was taken for it, where places under limits name it already.
    """

    member_id: int
    template_id: int
    terms_version: int
    code: str
    how: str
    at: datetime
    valid_from: datetime
    expires_at: datetime | None
    actor: str
    grant_key: str | None = None
    batch_id: int | None = None
    unit_no: int | None = None
    store_id: int | None = None
    channel: str | None = None
    coupon_id: int | None = None
    reason: str | None = None


async def make(session: Session, wanted: Sequence[NewCoupon], zone: ZoneInfo) -> dict[str, int]:
    """Make coupons of members. Answers code → coupon id of those made now: who has one for the key gets no second.

    Each is announced. Codes of a batch, which are nobody's, are copied in by `batches` instead.
    """
    if not wanted:
        return {}
    driver = await raw(session)
    rows = await driver.fetch(
        _MAKE,
        [one.member_id for one in wanted],
        [one.template_id for one in wanted],
        [one.terms_version for one in wanted],
        [one.code for one in wanted],
        [one.how for one in wanted],
        [one.grant_key for one in wanted],
        [one.batch_id for one in wanted],
        [one.unit_no for one in wanted],
        [one.at for one in wanted],
        [one.valid_from for one in wanted],
        [one.expires_at for one in wanted],
        [clock.business_day(one.at, zone) for one in wanted],
        [one.actor for one in wanted],
        [one.store_id for one in wanted],
        [one.channel for one in wanted],
        [one.coupon_id for one in wanted],
        [one.reason for one in wanted],
    )
    made = {row["code"]: row["coupon_id"] for row in rows}
    await events.publish(session, [_event(one, made[one.code]) for one in wanted if one.code in made])
    return made


def _event(one: NewCoupon, coupon_id: int) -> CouponClaimed | CouponGranted:
    kind = CouponClaimed if one.how == "claim" else CouponGranted
    return kind(
        member_id=one.member_id,
        occurred_at=one.at,
        coupon_id=coupon_id,
        template_id=one.template_id,
        how=one.how,
        expires_at=one.expires_at.isoformat() if one.expires_at else None,
    )


# In order of member, so that two who make coupons for the same members meet in the same order.
_MAKE = """
    with wanted as (
        select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[],
            $8::int[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::date[], $13::text[],
            $14::bigint[], $15::text[], $16::bigint[], $17::text[])
        as wanted (member_id, template_id, terms_version, code, how, grant_key, batch_id, unit_no, at, valid_from,
            expires_at, day, actor, store_id, channel, coupon_id, reason)
    ), made as (
        insert into coupon (member_id, coupon_id, template_id, terms_version, code, state, how, grant_key, batch_id,
            unit_no, issued_at, valid_from, expires_at)
        select member_id, coalesce(coupon_id, nextval('coupon_coupon_id_seq')), template_id, terms_version, code,
            'issued', how, grant_key, batch_id, unit_no, at, valid_from, expires_at
        from wanted order by member_id, grant_key
        on conflict (member_id, grant_key) where grant_key is not null do nothing
        returning member_id, coupon_id, code
    ), coded as (
        insert into coupon_code (code, member_id, coupon_id) select code, member_id, coupon_id from made
    ), noted as (
        insert into coupon_move (member_id, coupon_id, move_no, template_id, kind, at, day, actor, store_id, channel,
            reason)
        select made.member_id, made.coupon_id, 1, wanted.template_id, 'issued', wanted.at, wanted.day, wanted.actor,
            wanted.store_id, coalesce(wanted.channel, wanted.how), wanted.reason
        from made join wanted using (code)
    )
    select coupon_id, code from made
"""
