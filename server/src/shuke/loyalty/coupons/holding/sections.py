"""What coupons add to the page of a member: figures, and items of the timeline."""

from collections.abc import Sequence
from datetime import timedelta

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import format_money
from shuke.platform.pages import merged_id, position_in

from .queries import Happened, list_happened
from .schemas import CouponSectionOut

_KIND: members.TimelineKind = "coupon"
_SOON = timedelta(days=7)
_TITLES = {
    "issued": LocalName("得到优惠券“{name}”", "Got a coupon: {name}"),
    "redeemed": LocalName("使用优惠券“{name}”", "Used a coupon: {name}"),
    "returned": LocalName("退单返还优惠券“{name}”", "A refund gave a coupon back: {name}"),
    "expired": LocalName("优惠券“{name}”已过期", "A coupon expired: {name}"),
    "voided": LocalName("优惠券“{name}”被作废", "A coupon was voided: {name}"),
    "given": LocalName("转赠优惠券“{name}”", "Gave a coupon away: {name}"),
}
_HOW = {
    "claim": LocalName("会员领取", "Claimed"),
    "rule": LocalName("规则发放", "By a rule"),
    "benefit": LocalName("会员权益", "As a benefit"),
    "staff": LocalName("员工发放", "By staff"),
    "api": LocalName("系统发放", "By another system"),
    "exchange": LocalName("券码兑换", "Exchanged from a code"),
    "transfer": LocalName("他人转赠", "Given by another member"),
    "lottery": LocalName("抽签抽中", "Won in a draw"),
}
_OFF = LocalName("抵扣 {amount}", "{amount} off")

_FIGURES = """
    select
        count(*) filter (where is_free and valid_from <= $2) as usable,
        count(*) filter (where is_free and valid_from <= $2 and expires_at <= $3) as soon,
        min(expires_at) filter (where is_free) as next_end,
        count(*) filter (where state = 'redeemed') as used
    from (
        select state, valid_from, expires_at,
            (state = 'issued' or (state = 'locked' and locked_until <= $2)) and (expires_at is null or expires_at > $2)
                as is_free
        from coupon where member_id = any($1::bigint[])
    ) as held
"""
# With orders, and at a till by itself.
_SAVED = """
    select (
        select coalesce(sum(discount_minor - returned_minor), 0) from coupon_use where member_id = any($1::bigint[])
    ) + (
        select coalesce(sum(m.discount_minor), 0)
        from coupon c join coupon_move m
            on m.member_id = c.member_id and m.coupon_id = c.coupon_id and m.move_no = c.version
        where c.member_id = any($1::bigint[]) and m.kind = 'redeemed' and m.order_id is null
    )
"""


async def load_section(session: Session, member_id: int, language: Language) -> CouponSectionOut:
    """What a member has and had, in figures."""
    del language
    shop = await organization.get_shop(session)
    everybody = await members.aliases(session, member_id)
    driver = await raw(session)
    now = clock.now()
    (row,) = await driver.fetch(_FIGURES, everybody, now, now + _SOON)
    return CouponSectionOut(
        currency=shop.currency,
        usable_count=row["usable"],
        expiring_soon_count=row["soon"],
        next_expires_on=clock.last_day(row["next_end"], shop.zone) if row["next_end"] else None,
        used_count=row["used"],
        saved_minor=int(await driver.fetchval(_SAVED, everybody)),
    )


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """What happened to a member's coupons."""
    everybody = await members.aliases(session, member_id)
    found = await list_happened(session, everybody, before=position_in(_KIND, before), limit=limit)
    currency = (await organization.get_shop(session)).currency if found else ""
    return [_item(one, currency, language) for one in found]


def _item(one: Happened, currency: str, language: Language) -> members.TimelineItem:
    return members.TimelineItem(
        id=merged_id(_KIND, one.number),
        at=one.at,
        kind=_KIND,
        type=f"coupon.{one.kind}",
        title=_TITLES[one.kind].pick(language).format(name=one.name.pick(language)),
        summary=_summary(one, currency, language),
    )


def _summary(one: Happened, currency: str, language: Language) -> str | None:
    if one.kind == "issued":
        return _HOW[one.how].pick(language) if one.how in _HOW else None
    if one.kind == "redeemed" and one.discount_minor:
        return _OFF.pick(language).format(amount=format_money(one.discount_minor, currency))
    return one.reason if one.kind == "voided" else None
