"""A coupon redeemed by its code alone, in one guarded step; and taken back on the same day."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuke.commerce import catalog, orders
from shuke.foundation import organization
from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from .. import budgets
from ..changing import Step, change
from ..errors import CouponChanged, CouponOfSomebodyElse
from ..holding.queries import CouponView, Move, get_coupon, last_uses
from ..promises import find_promises, find_templates_by_id
from ..rules import Cart, Held
from ..using.finding import Owner
from ..using.planning import informed
from .errors import GoodsNotKnown, NotRedeemed, RedeemedWithOrder, StoreNotKnown, TooLateToUndo
from .refusing import is_missing, refuse_state, refuse_terms
from .rules import Goods, Missing, judge


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be redeemed, where and by whom.

    `store`: a code; None, for a look only: wherever. `member_ids`: everybody who is the member that stands at the till;
    none: nobody said. `source` and `number` name the redemption: the same again has no second effect.
    `goods`: product, quantity, amount.
    """

    code: str
    store: str | None
    source: str = "counter"
    number: str | None = None
    member_ids: tuple[int, ...] = ()
    amount_minor: int | None = None
    goods: tuple[tuple[str, Decimal, int], ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A coupon as it was found, and whether it goes. `missing`: what has to be said first."""

    coupon: CouponView
    held: Held
    shop: organization.Shop
    discount_minor: int = 0
    problem: AppError | None = None
    missing: Missing | None = None


@dataclass(frozen=True, kw_only=True)
class Redeemed:
    """A redemption. `is_new`: it was not done before."""

    coupon: CouponView
    use: Move
    is_new: bool


async def check(session: Session, wanted: Wanted) -> Checked:
    """Whether a coupon goes just now. Nothing is written.

    Raises CouponUnknown, CodeMistyped and GoodsNotKnown.
    """
    coupon = await get_coupon(session, wanted.code)
    shop = await organization.get_shop(session)
    held = await _held(session, coupon)
    problem = await _refuse_coupon(session, coupon, wanted, shop)
    if problem is not None:
        return Checked(coupon=coupon, held=held, shop=shop, problem=problem)
    goods = await _goods(session, wanted.goods)
    owner = Owner(wanted.member_ids or await _everybody(session, coupon.member_id))
    cart = Cart(
        items=(),
        at=clock.now(),
        zone=shop.zone,
        money=shop.currency,
        source=wanted.source,
        # Nobody has said where: then only the redemption itself is refused for its store.
        store=wanted.store or next(iter(held.promise.terms.scope.stores), None),
    )
    cart = await informed(session, cart, owner, [held])
    verdict = judge(held, cart, goods, wanted.amount_minor, knows_member=bool(owner.member_ids))
    if verdict.unused is not None:
        problem = await refuse_terms(session, coupon, verdict.unused, shop.currency, shop.zone)
    elif verdict.missing is not None:
        problem = is_missing(coupon, verdict.missing)
    return Checked(
        coupon=coupon,
        held=held,
        shop=shop,
        discount_minor=verdict.discount_minor,
        problem=problem,
        missing=verdict.missing,
    )


async def redeem(session: Session, wanted: Wanted, actor: Actor) -> Redeemed:
    """Redeem a coupon by itself. The same source and number again gives the same answer.

    Raises what `check` finds, CouponChanged, BudgetUsedUp and StoreNotKnown: then nothing is written.
    """
    assert wanted.store is not None
    stores = await organization.find_store_ids(session, [wanted.store])
    if wanted.store not in stores:
        raise StoreNotKnown(store=wanted.store)
    checked = await check(session, wanted)
    if checked.problem is not None:
        return await _redeemed_before(session, checked.coupon, wanted, checked.problem)
    coupon, now = checked.coupon, clock.now()
    step = Step(
        member_id=coupon.member_id,
        coupon_id=coupon.coupon_id,
        template_id=coupon.template_id,
        version=coupon.version,
        at=now,
        actor=actor.name,
        cart_source_id=await orders.ensure_source(session, wanted.source) if wanted.number else None,
        cart_number=wanted.number,
        store_id=stores[wanted.store],
        channel=wanted.source,
        discount_minor=checked.discount_minor,
        reason=wanted.note,
    )
    zone = checked.shop.zone
    if not await change(session, "redeemed", [step], zone):
        return await _came_second(session, wanted)
    template = (await find_templates_by_id(session, [coupon.template_id]))[coupon.template_id]
    day = clock.business_day(now, zone)
    spend = budgets.Spend(coupon.template_id, template.issuing.budgets, day, checked.discount_minor)
    await budgets.take(session, [spend])
    _describe(coupon, {"template": coupon.template, "store": wanted.store})
    return await _as_it_stands(session, wanted.code, is_new=True)


async def undo(session: Session, code: str, reason: str, actor: Actor) -> CouponView:
    """Take a redemption back on the day that it was made; its budget has its room again.

    Raises CouponUnknown, CodeMistyped, NotRedeemed, RedeemedWithOrder, TooLateToUndo, OutOfSight and CouponChanged.
    """
    coupon = await get_coupon(session, code)
    use = (await last_uses(session, [coupon.coupon_id])).get(coupon.coupon_id)
    if coupon.state != "redeemed" or use is None:
        raise NotRedeemed(coupon=coupon.code)
    stores = await organization.get_stores(session, [use.store_id] if use.store_id else [])
    await organization.require_own_stores(session, actor.sight, [stores[use.store_id].code if use.store_id else None])
    if use.order_id is not None:
        raise RedeemedWithOrder(coupon=coupon.code)
    shop, now = await organization.get_shop(session), clock.now()
    day = clock.business_day(use.at, shop.zone)
    if clock.business_day(now, shop.zone) != day:
        raise TooLateToUndo(coupon=coupon.code, day=day.isoformat())
    step = Step(
        member_id=coupon.member_id,
        coupon_id=coupon.coupon_id,
        template_id=coupon.template_id,
        version=coupon.version,
        at=now,
        actor=actor.name,
        store_id=use.store_id,
        channel=use.channel,
        discount_minor=use.discount_minor,
        reason=reason,
    )
    if not await change(session, "returned", [step], shop.zone):
        raise CouponChanged(coupon=coupon.code)
    template = (await find_templates_by_id(session, [coupon.template_id]))[coupon.template_id]
    spend = budgets.Spend(coupon.template_id, template.issuing.budgets, day, use.discount_minor)
    await budgets.give_back(session, [spend])
    _describe(coupon, {"template": coupon.template, "reason": reason})
    return await get_coupon(session, code)


async def _held(session: Session, coupon: CouponView) -> Held:
    key = (coupon.template_id, coupon.terms_version)
    return Held(
        member_id=coupon.member_id,
        coupon_id=coupon.coupon_id,
        code=coupon.code,
        promise=(await find_promises(session, [key]))[key],
        valid_from=coupon.valid_from,
        expires_at=coupon.expires_at,
    )


async def _refuse_coupon(
    session: Session, coupon: CouponView, wanted: Wanted, shop: organization.Shop
) -> AppError | None:
    if coupon.member_id and wanted.member_ids and coupon.member_id not in wanted.member_ids:
        return CouponOfSomebodyElse(coupon=coupon.code)
    problem = await refuse_state(session, coupon, shop.zone)
    if problem is not None:
        return problem
    concerned = [*wanted.member_ids[:1], *(await _everybody(session, coupon.member_id))[:1]]
    return members.MemberNotActive() if await members.inactive_among(session, concerned) else None


async def _everybody(session: Session, member_id: int) -> tuple[int, ...]:
    """Everybody who is the holder by now, the one who is left first; nobody holds what whoever has its code may use."""
    return tuple(await members.everybody(session, member_id)) if member_id else ()


async def _goods(session: Session, wanted: Sequence[tuple[str, Decimal, int]]) -> list[Goods]:
    if not wanted:
        return []
    found = await catalog.get_by_code(session, sorted({code for code, _, _ in wanted}))
    for code, _, _ in wanted:
        if code not in found:
            raise GoodsNotKnown(product=code)
    return [
        Goods(code, found[code].category, found[code].brand, quantity, amount_minor)
        for code, quantity, amount_minor in wanted
    ]


async def _came_second(session: Session, wanted: Wanted) -> Redeemed:
    """Somebody else was quicker: as the coupon stands now, it is used, or they asked for the same."""
    checked = await check(session, wanted)
    problem = checked.problem or CouponChanged(coupon=checked.coupon.code)
    return await _redeemed_before(session, checked.coupon, wanted, problem)


async def _redeemed_before(session: Session, coupon: CouponView, wanted: Wanted, problem: AppError) -> Redeemed:
    """The same answer where this very redemption was done before. Raises the problem otherwise."""
    if wanted.number is None or coupon.state != "redeemed" or coupon.cart_number != wanted.number:
        raise problem
    before = await _as_it_stands(session, wanted.code, is_new=False)
    if before.use.channel != wanted.source or before.use.order_id is not None:
        raise problem
    return before


async def _as_it_stands(session: Session, code: str, *, is_new: bool) -> Redeemed:
    coupon = await get_coupon(session, code)
    return Redeemed(coupon=coupon, use=(await last_uses(session, [coupon.coupon_id]))[coupon.coupon_id], is_new=is_new)


def _describe(coupon: CouponView, details: dict[str, str]) -> None:
    audit.describe(object_id=coupon.coupon_id, member_id=coupon.member_id or None, details=details)
