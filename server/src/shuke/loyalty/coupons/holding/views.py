"""Coupons as they are shown: with the names of members, stores, orders and staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from shuke.commerce import orders
from shuke.foundation import organization, staff
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from ..promises import find_promises
from ..templates.telling import tell_terms, words_for
from .queries import (
    CouponView,
    Move,
    Offer,
    Used,
    find_coupons,
    last_uses,
    list_moves,
    offers_of,
    uses_of,
)
from .schemas import (
    CouponActorOut,
    CouponBatchRefOut,
    CouponHolderOut,
    CouponMoveOut,
    CouponOrderRefOut,
    CouponOut,
    CouponRowOut,
    CouponStoreRefOut,
    CouponTemplateRefOut,
    CouponTransferOut,
)


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What rows name: members, stores and orders by id, as the caller may see them."""

    zone: ZoneInfo
    members: Mapping[int, members.MemberName]
    stores: Mapping[int, organization.Store]
    orders: Mapping[int, orders.Order]

    def holder(self, member_id: int | None) -> CouponHolderOut | None:
        """A member; None: nobody, or out of sight."""
        one = self.members.get(member_id or 0)
        return CouponHolderOut(id=one.id, number=one.number, name=one.name) if one else None

    def store(self, store_id: int | None) -> CouponStoreRefOut | None:
        """A store."""
        one = self.stores.get(store_id or 0)
        return CouponStoreRefOut(id=one.id, name=one.name) if one else None

    def order(self, order_id: int | None) -> CouponOrderRefOut | None:
        """An order."""
        one = self.orders.get(order_id or 0)
        return CouponOrderRefOut(id=one.order_id, number=one.number) if one else None


async def show_coupons(session: Session, found: Sequence[CouponView], sight: Sight) -> list[CouponRowOut]:
    """Rows of a list: what they name is fetched for the whole page at once."""
    ids = [one.coupon_id for one in found]
    used = await last_uses(session, ids)
    uses = await uses_of(session, ids)
    names = await _names(
        session, sight, (one.member_id for one in found), (move.store_id for move in used.values()), uses
    )
    return [CouponRowOut(**_row(one, used.get(one.coupon_id), uses, names)) for one in found]


async def show_coupon(session: Session, one: CouponView, sight: Sight, language: Language) -> CouponOut:
    """One coupon with its terms in words and everything that happened to it."""
    moves = await list_moves(session, one)
    offers = await offers_of(session, [one])
    uses = await uses_of(session, [one.coupon_id])
    concerned = [one.member_id, *(offer.member_id for offer in offers), *(offer.to_member_id or 0 for offer in offers)]
    names = await _names(session, sight, concerned, (move.store_id for move in moves), uses)
    staff_names = await staff.actor_names(session, sorted({move.actor for move in moves}))
    used = moves[-1] if moves and moves[-1].kind == "redeemed" else None
    promises = await find_promises(session, [(one.template_id, one.terms_version)])
    terms = promises[one.template_id, one.terms_version].terms
    words = await words_for(session, [terms])
    return CouponOut(
        **_row(one, used, uses, names),
        currency=words.money,
        terms_version=one.terms_version,
        told=tell_terms(terms, language, words),
        is_transferable=terms.transfer.is_allowed,
        moves=[_move(move, names, staff_names) for move in moves],
        transfers=await _transfers(session, offers, names),
    )


async def _names(
    session: Session, sight: Sight, member_ids: Iterable[int], store_ids: Iterable[int | None], uses: Sequence[Used]
) -> _Names:
    stores = sorted({store_id for store_id in store_ids if store_id is not None})
    return _Names(
        zone=(await organization.get_shop(session)).zone,
        members=await members.names(session, sorted(set(member_ids) - {0}), sight),
        stores=await organization.get_stores(session, stores),
        orders=await orders.get_orders(session, [(use.member_id, use.order_id) for use in uses]),
    )


def _row(one: CouponView, used: Move | None, uses: Sequence[Used], names: _Names) -> dict[str, Any]:
    taken_back = 0
    if used is not None:
        taken_back = sum(
            use.returned_minor for use in uses if (use.coupon_id, use.order_id) == (one.coupon_id, used.order_id)
        )
    return {
        "code": one.code,
        "template": CouponTemplateRefOut(code=one.template, name=one.name),
        "state": one.state,
        "member": names.holder(one.member_id),
        "how": one.how,
        "batch": CouponBatchRefOut(id=one.batch_id, name=one.batch or "") if one.batch_id else None,
        "issued_at": one.issued_at,
        "valid_from": one.valid_from,
        "expires_at": one.expires_at,
        "expires_on": clock.last_day(one.expires_at, names.zone) if one.expires_at else None,
        "is_offered": one.state == "locked" and one.cart_number is None,
        "locked_until": one.locked_until,
        "redeemed_at": one.redeemed_at,
        "store": names.store(used.store_id) if used else None,
        "order": names.order(used.order_id) if used else None,
        "discount_minor": used.discount_minor - taken_back if used else 0,
        "times_returned": one.returned,
    }


def _move(move: Move, names: _Names, staff_names: Mapping[str, str]) -> CouponMoveOut:
    return CouponMoveOut(
        number=move.move_no,
        kind=move.kind,
        at=move.at,
        by=CouponActorOut(actor=move.actor, name=staff_names.get(move.actor)),
        store=names.store(move.store_id),
        channel=move.channel,
        order=names.order(move.order_id),
        discount_minor=move.discount_minor,
        reason=move.reason,
    )


async def _transfers(session: Session, offers: Sequence[Offer], names: _Names) -> list[CouponTransferOut]:
    ids = {offer.coupon_id for offer in offers} | {offer.new_coupon_id for offer in offers if offer.new_coupon_id}
    codes = {coupon_id: one.code for coupon_id, one in (await find_coupons(session, sorted(ids))).items()}
    return [
        CouponTransferOut(
            id=offer.transfer_id,
            state=offer.state,
            offered_at=offer.offered_at,
            until=offer.until,
            ended_at=offer.ended_at,
            coupon=codes[offer.coupon_id],
            giver=names.holder(offer.member_id),
            receiver=names.holder(offer.to_member_id),
            new_coupon=codes.get(offer.new_coupon_id or 0),
        )
        for offer in offers
    ]
