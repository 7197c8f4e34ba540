"""Coupons at a till, as they are shown."""

from collections.abc import Sequence
from datetime import date

from shuke.commerce import catalog
from shuke.foundation import organization, staff
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import Language

from .. import budgets
from ..holding.queries import CouponView, last_uses
from ..holding.schemas import CouponActorOut, CouponHolderOut, CouponStoreRefOut, CouponTemplateRefOut
from ..promises import find_templates_by_id
from ..rules import Terms
from ..rules.kinds import Gift
from ..templates.telling import tell_headline, tell_terms, words_for
from .actions import Checked
from .queries import redemptions_of
from .schemas import (
    CouponGiftOut,
    CouponLookupOut,
    CouponProblemAtTillOut,
    CouponRedemptionOut,
    StoreRedemptionOut,
    StoreRedemptionsOut,
)


async def show_checked(session: Session, checked: Checked, sight: Sight, language: Language) -> CouponLookupOut:
    """A coupon with its terms in words, who holds it, and whether it goes."""
    coupon, terms = checked.coupon, checked.held.promise.terms
    words = await words_for(session, [terms])
    problem = checked.problem or await _over_budget(session, checked)
    zone = checked.shop.zone
    return CouponLookupOut(
        code=coupon.code,
        currency=checked.shop.currency,
        template=CouponTemplateRefOut(code=coupon.template, name=coupon.name),
        headline=tell_headline(terms, words),
        terms=tell_terms(terms, language, words),
        gifts=await _gifts(session, terms),
        pieces=terms.discount.pieces if isinstance(terms.discount, Gift) else None,
        state=coupon.state,
        valid_from=coupon.valid_from,
        expires_at=coupon.expires_at,
        expires_on=clock.last_day(coupon.expires_at, zone) if coupon.expires_at else None,
        holder=(await _holders(session, [coupon.member_id], sight)).get(coupon.member_id),
        is_nobodys=coupon.member_id == 0,
        can_redeem=problem is None,
        discount_minor=checked.discount_minor if problem is None else None,
        missing=checked.missing,
        problem=_told(problem, language) if problem is not None and checked.missing is None else None,
        redemption=await _redemption(session, coupon, checked.shop, sight),
    )


async def show_day(
    session: Session, stores: Sequence[int], day: date, shop: organization.Shop, sight: Sight
) -> StoreRedemptionsOut:
    """What stores redeemed on a day. Holders are named as far as the caller sees them."""
    found, total = await redemptions_of(session, stores, day)
    holders = await _holders(session, [one.member_id for one in found], sight)
    by = await staff.actor_names(session, sorted({one.actor for one in found}))
    is_today = day == clock.business_day(clock.now(), shop.zone)
    return StoreRedemptionsOut(
        day=day,
        currency=shop.currency,
        count=total.count,
        discount_minor=total.discount_minor,
        items=[
            StoreRedemptionOut(
                code=one.code,
                template=CouponTemplateRefOut(code=one.template, name=one.name),
                holder=holders.get(one.member_id),
                at=one.at,
                by=CouponActorOut(actor=one.actor, name=by.get(one.actor)),
                discount_minor=one.discount_minor,
                note=one.note,
                with_order=not one.is_alone,
                is_undone=one.is_undone,
                can_be_undone=is_today and one.is_alone and not one.is_undone,
            )
            for one in found
        ],
    )


async def _over_budget(session: Session, checked: Checked) -> AppError | None:
    """As budgets are just now; redeeming asks them again, under their lock."""
    if checked.problem is not None:
        return None
    coupon = checked.coupon
    template = (await find_templates_by_id(session, [coupon.template_id]))[coupon.template_id]
    day = clock.business_day(clock.now(), checked.shop.zone)
    spend = budgets.Spend(coupon.template_id, template.issuing.budgets, day, checked.discount_minor)
    return await budgets.refusal(session, spend)


async def _redemption(
    session: Session, coupon: CouponView, shop: organization.Shop, sight: Sight
) -> CouponRedemptionOut | None:
    use = (await last_uses(session, [coupon.coupon_id])).get(coupon.coupon_id)
    if coupon.state != "redeemed" or use is None:
        return None
    stores = await organization.get_stores(session, [use.store_id] if use.store_id else [])
    store = stores.get(use.store_id or 0)
    by = await staff.actor_names(session, [use.actor])
    day = clock.business_day(use.at, shop.zone)
    is_own = await organization.are_own_stores(session, sight, [store.code if store else None])
    return CouponRedemptionOut(
        at=use.at,
        day=day,
        store=CouponStoreRefOut(id=store.id, name=store.name) if store else None,
        by=CouponActorOut(actor=use.actor, name=by.get(use.actor)),
        discount_minor=use.discount_minor,
        note=use.reason,
        with_order=use.order_id is not None,
        can_be_undone=is_own and use.order_id is None and day == clock.business_day(clock.now(), shop.zone),
    )


async def _holders(session: Session, member_ids: Sequence[int], sight: Sight) -> dict[int, CouponHolderOut]:
    known = await members.names(session, sorted(set(member_ids) - {0}), sight)
    return {member_id: CouponHolderOut(id=one.id, number=one.number, name=one.name) for member_id, one in known.items()}


async def _gifts(session: Session, terms: Terms) -> list[CouponGiftOut]:
    if not isinstance(terms.discount, Gift):
        return []
    found = await catalog.get_by_code(session, sorted(terms.discount.products))
    return [
        CouponGiftOut(product=code, name=found[code].name if code in found else None)
        for code in terms.discount.products
    ]


def _told(problem: AppError, language: Language) -> CouponProblemAtTillOut:
    return CouponProblemAtTillOut(code=problem.code, title=problem.title[language], detail=problem.say(language))
