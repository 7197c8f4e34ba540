"""Which coupons a cart uses, and what they take off. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shuke.loyalty import tiers
from shuke.people import members
from shuke.platform import clock, conditions
from shuke.platform.conditions import FactKey
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import budgets
from ..errors import CouponDoesNotApply
from ..promises import find_templates_by_id
from ..reasons import told
from ..rules import Cart, Combination, Held, Unused, Use
from ..rules.combining import combine, combine_chosen
from ..templates.queries import find_stacking
from .finding import Kept, Owner, find_held, find_shown, refusal


@dataclass(frozen=True)
class Plan:
    """The coupons that a cart uses, as they were found, in the order in which they are taken off."""

    uses: tuple[Use, ...] = ()
    kept: Mapping[int, Kept] = field(default_factory=dict)

    @property
    def discount_minor(self) -> int:
        """All that they take off."""
        return sum(use.discount_minor for use in self.uses)

    @property
    def shares(self) -> dict[int, int]:
        """What they take off each line, by line number."""
        shares: dict[int, int] = {}
        for use in self.uses:
            for line_no, share in use.shares.items():
                shares[line_no] = shares.get(line_no, 0) + share
        return shares


NO_COUPONS = Plan()


@dataclass(frozen=True)
class Best:
    """The best combination of what a member holds, why the others are not in it, and the templates' names."""

    plan: Plan
    unused: tuple[Unused, ...] = ()
    names: Mapping[int, LocalName] = field(default_factory=dict)


async def plan(session: Session, cart: Cart, owner: Owner, codes: Sequence[str]) -> Plan:
    """Use exactly these coupons. Raises CouponDoesNotApply, MemberNotActive, and what `refusal` finds."""
    found = await find_shown(session, codes)
    chosen = {kept.held.coupon_id: kept for kept in found.values()}
    for kept in chosen.values():
        problem = refusal(kept, owner, cart.at, cart.zone)
        if problem is not None:
            raise problem
    # What the cart has kept since before its member was frozen stays promised to it.
    if not all(kept.is_with(owner) for kept in chosen.values()) and await _is_inactive(session, owner):
        raise members.MemberNotActive
    helds = [_in_time(kept) for kept in chosen.values()]
    combination = combine_chosen(await informed(session, cart, owner, helds), helds, (await find_stacking(session))[0])
    for unused in combination.unused:
        raise CouponDoesNotApply(coupon=unused.held.code, why=told(unused, cart.money))
    return Plan(combination.uses, chosen)


def _in_time(kept: Kept) -> Held:
    """The coupon; where the cart itself has locked it, its time is not over before the lock's."""
    held = kept.held
    if held.expires_at is None or kept.state != "locked" or kept.locked_until is None:
        return held
    return replace(held, expires_at=max(held.expires_at, kept.locked_until))


async def plan_best(session: Session, cart: Cart, owner: Owner) -> Best:
    """The best legal combination of what the member holds; coupons whose budget is used up are left out."""
    kept = {one.held.coupon_id: one for one in await find_held(session, owner, cart.at)}
    if not kept or await _is_inactive(session, owner):
        return Best(Plan())
    helds = [one.held for one in kept.values()]
    combination = await _best(session, await informed(session, cart, owner, helds), helds)
    return Best(Plan(combination.uses, kept), combination.unused, await _names(session, helds))


async def _is_inactive(session: Session, owner: Owner) -> bool:
    """Whether the owner is frozen, cancelled or erased: they may use nobody's coupons either."""
    return bool(await members.inactive_among(session, owner.member_ids[:1]))


async def named(session: Session, chosen: Plan) -> Best:
    """Coupons that were chosen, with the names of their templates."""
    return Best(chosen, (), await _names(session, [use.held for use in chosen.uses]))


async def _names(session: Session, helds: Sequence[Held]) -> dict[int, LocalName]:
    if not helds:
        return {}
    templates = await find_templates_by_id(session, {held.promise.template_id for held in helds})
    return {template_id: template.name for template_id, template in templates.items()}


async def _best(session: Session, cart: Cart, helds: Sequence[Held]) -> Combination:
    """The best combination that budgets allow as they are now: a coupon too dear for its budget does not take part."""
    stacking, _ = await find_stacking(session)
    template_ids = {held.promise.template_id for held in helds}
    left = await budgets.look(session, template_ids, clock.business_day(cart.at, cart.zone))
    spent: list[Unused] = []
    while True:
        combination = combine(cart, helds, stacking)
        over = next((use for use in combination.uses if _is_over(use, combination.uses, left)), None)
        if over is None:
            return replace(combination, unused=(*combination.unused, *spent))
        helds = [held for held in helds if held.coupon_id != over.held.coupon_id]
        spent.append(Unused(over.held, "budget"))


def _is_over(use: Use, uses: Sequence[Use], left: Mapping[int, budgets.Left]) -> bool:
    room = left.get(use.held.promise.template_id)
    if room is None:
        return False
    same = [one for one in uses if one.held.promise.template_id == use.held.promise.template_id]
    if room.count is not None and len(same) > room.count:
        return True
    return room.discount_minor is not None and sum(one.discount_minor for one in same) > room.discount_minor


async def informed(session: Session, cart: Cart, owner: Owner, helds: Sequence[Held]) -> Cart:
    """The cart with what the coupons' scopes ask about its member."""
    if not owner.member_ids:
        return cart
    member_id = owner.member_ids[0]
    if any(held.promise.terms.scope.tiers for held in helds):
        cart = replace(cart, tier=await _tier(session, member_id))
    needs: set[FactKey] = set()
    for held in helds:
        needs |= held.promise.members.needs if held.promise.members else frozenset()
    if needs:
        moment = conditions.Moment(cart.at, cart.zone)
        facts: Mapping[FactKey, Any] = (await conditions.load(session, needs, [member_id], moment))[member_id]
        cart = replace(cart, facts=facts)
    return cart


async def _tier(session: Session, member_id: int) -> str | None:
    scheme = await tiers.find_scheme(session)
    standing = await tiers.find_standing(session, scheme.scheme_id, member_id) if scheme else None
    return scheme.levels[standing.rank - 1].code if scheme and standing and standing.rank else None
