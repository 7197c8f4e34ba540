"""Coupons for a demonstration, by its plan: templates, a batch of codes, and what members were given and used.

Everything follows from the members and the day, so the same demonstration has the same coupons, but for their codes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.loyalty.coupons import codes
from shuke.loyalty.coupons.batches import actions as batches
from shuke.loyalty.coupons.batches.queries import list_batches
from shuke.loyalty.coupons.changing import Kind, Step, change
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.promises import Template, find_templates
from shuke.loyalty.coupons.rules import Promise
from shuke.loyalty.coupons.rules.validity import window
from shuke.loyalty.coupons.templates import actions as templates
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING, SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .coupon_plan import STACKING, CouponPlan, Giving, Plan

# How far back the made-up past goes, and what a member must have been for longer.
_PAST_DAYS = 90
_MEMBERS_SINCE_DAYS = 120
_OPENING = time(10)
_CHANNEL = "till"
_UNDONE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class _Coupon:
    """A coupon of the made-up past. `used_at`: when it was used in the member's store, if it was."""

    new: NewCoupon
    store_id: int | None
    used_at: datetime | None
    discount_minor: int
    is_back: bool
    is_void: bool


async def prepare(session: Session, plan: CouponPlan) -> None:
    """Set up templates, how they combine, a batch of codes, and coupons of members with what became of them."""
    await set_up_templates(session, plan)
    await give(session, plan)


async def give(session: Session, plan: CouponPlan) -> None:
    """Give members coupons of the templates, with what became of them, and ask for the batch of codes."""
    shop = await organization.get_shop(session)
    known = await find_templates(session, [one.code for one in plan.templates])
    past = [one for giving in plan.given for one in await _past_of(session, giving, known[giving.template], shop)]
    await _write(session, past, shop)
    await batches.add_batch(session, batches.Wanted(**plan.batch, asked_by=SYSTEM.name, details={"prefix": ""}))


async def are_prepared(session: Session, plan: CouponPlan) -> bool:
    """Whether a plan's batch of codes is there: it comes last of a demonstration, and with all that is given."""
    found = (await find_templates(session, [plan.batch["template"]])).get(plan.batch["template"])
    return found is not None and bool(await list_batches(session, found.template_id, None, 1))


async def set_up_templates(session: Session, plan: CouponPlan) -> None:
    """Set up the templates and how they combine; publish those that are."""
    await templates.save_stacking(session, STACKING, seen=None)
    for one in plan.templates:
        await templates.add_template(session, one.code, _name(one, plan), draft=one.terms, issuing=one.issuing)
        if one.is_published:
            await templates.publish(session, one.code, seen=None, actor=SYSTEM)


def _name(one: Plan, plan: CouponPlan) -> LocalName:
    return LocalName(f"{one.zh}（演示）", f"{one.en} (demo)") if plan.is_marked else LocalName(one.zh, one.en)


async def _past_of(session: Session, giving: Giving, template: Template, shop: organization.Shop) -> list[_Coupon]:
    """What a template's coupons have lived through, one for each of so many members of its levels."""
    today = clock.business_day(clock.now(), shop.zone)
    found = await members.list_members(
        session,
        members.MemberFilters(tiers=giving.tiers, joined_to=today - timedelta(days=_MEMBERS_SINCE_DAYS)),
        EVERYTHING,
        sort="-last_order_at",
        limit=giving.people,
    )
    if template.promise is None:
        raise ValueError("Only published templates are given.")
    dues = _days_ago(giving)
    coupons = []
    for place, (row, days_ago) in enumerate(zip(found.items, dues, strict=False)):
        at = datetime.combine(today - timedelta(days=days_ago), _OPENING, tzinfo=shop.zone) + timedelta(minutes=place)
        new = coupon_of(
            template.promise, shop.zone, member_id=row.id, how=giving.how, at=at, grant_key=f"demo:{template.code}"
        )
        coupons.append(_lived(new, row.store.id if row.store else None, giving, place))
    return coupons


def coupon_of(promise: Promise, zone: ZoneInfo, *, member_id: int, how: str, at: datetime, grant_key: str) -> NewCoupon:
    """A coupon of the made-up past, that its member was given at an instant."""
    valid_from, expires_at = window(promise.terms.validity, at, zone)
    return NewCoupon(
        member_id=member_id,
        template_id=promise.template_id,
        terms_version=promise.version,
        code=codes.new_code(),
        how=how,
        at=at,
        valid_from=valid_from,
        expires_at=expires_at,
        actor=SYSTEM.name,
        grant_key=grant_key,
    )


def _days_ago(giving: Giving) -> Iterator[int]:
    """Days before the demonstration's, spread unevenly over its last months, each in its turn."""
    number = 0
    while True:
        yield 1 + (number * number * 7 + number * 3 + giving.shift * 11) % (_PAST_DAYS - 1)
        number += 1


def _lived(new: NewCoupon, store_id: int | None, giving: Giving, place: int) -> _Coupon:
    """What became of it: of ten so many were used, of these every eleventh came back; some of the others are void."""
    used_at = new.at + timedelta(days=1 + place * 5 % 17, hours=place % 8)
    over_at = min(new.expires_at or clock.now(), clock.now())
    is_used = place * 7 % 10 < giving.used_of_ten and used_at + _UNDONE_AFTER < over_at
    return _Coupon(
        new=new,
        store_id=store_id,
        used_at=used_at if is_used else None,
        discount_minor=giving.discount_minor + place % 5 * giving.more_minor if is_used else 0,
        is_back=is_used and place % 11 == 0,
        is_void=not is_used and place % 50 == 49,
    )


async def _write(session: Session, past: Sequence[_Coupon], shop: organization.Shop) -> None:
    """Make the coupons and take their steps, each kind at once."""
    ids = await make(session, [one.new for one in past], shop.zone)
    used = [one for one in past if one.used_at is not None]
    steps = [
        _step(one, ids, 1, one.used_at or one.new.at, store_id=one.store_id, discount_minor=one.discount_minor)
        for one in used
    ]
    await _take(session, "redeemed", steps, shop)
    back = [
        _step(one, ids, 2, one.used_at + _UNDONE_AFTER, store_id=one.store_id,
              discount_minor=one.discount_minor)
        for one in used
        if one.is_back and one.used_at is not None
    ]  # fmt: skip
    await _take(session, "returned", back, shop)
    now = clock.now()
    void = [_step(one, ids, 1, one.new.at + timedelta(hours=2)) for one in past if one.is_void]
    await _take(session, "voided", void, shop)
    over = [
        _step(one, ids, 3 if one.is_back else 1, one.new.expires_at)
        for one in past
        if (one.used_at is None or one.is_back) and not one.is_void
        if one.new.expires_at is not None and one.new.expires_at <= now
    ]
    await _take(session, "expired", over, shop)


async def _take(session: Session, kind: Kind, steps: Sequence[Step], shop: organization.Shop) -> None:
    done = await change(session, kind, steps, shop.zone)
    if len(done) != len(steps):
        raise RuntimeError(f"A {kind} coupon of the demonstration was not as it should be.")


def _step(one: _Coupon, ids: Mapping[str, int], version: int, at: datetime, **more: Any) -> Step:
    return Step(
        member_id=one.new.member_id,
        coupon_id=ids[one.new.code],
        template_id=one.new.template_id,
        version=version,
        at=at,
        actor=SYSTEM.name,
        channel=_CHANNEL if more else None,
        **more,
    )
