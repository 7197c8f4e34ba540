"""Quotations: what a cart costs, what may pay it and what it would earn. The same fold as for orders, on a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shuke.loyalty import benefits, coupons, earning, ledger
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .. import answering, arriving, books
from ..programme import load_programme
from ..rules import Document, Outcome, Programme, apply, bring_forward
from ..schemas import TierOut
from . import carts
from .schemas import (
    CartBenefitOut,
    CartCouponOut,
    CartIn,
    CartLineOut,
    CartPointsOut,
    EarnedOut,
    PassedOverOut,
    QuoteOut,
    RuleRefOut,
    UnusedCouponOut,
)


async def quote(session: Session, cart_in: CartIn) -> QuoteOut:
    """Quote a cart as if it were paid now. Raises what `carts.read` raises, and NotEnough points."""
    programme = await load_programme(session)
    cart = await carts.read(session, programme, cart_in)
    if not cart.member_id:
        return _answer(programme, cart, cart.document, available=0)
    book = await books.look(session, programme, cart.member_id, cart.document, cart.products)
    now = clock.now()
    bring_forward(book, programme, min(cart.document.placed_at, now), now)
    available = book.accounts["points"].available
    document = cart.document
    if cart_in.points == "most":
        document = _with_most(programme, cart, min(cart.most, available))
    before = answering.tier_of(programme, book.standing.rank)
    outcome = apply(book, programme, document, now)
    names = await earning.rule_names(session)
    earned, passed_over = told(outcome, names)
    return _answer(
        programme,
        cart,
        document,
        available=available,
        member_id=cart.member_id,
        earned=earned,
        passed_over=passed_over,
        tier_now=before,
        tier_after=answering.tier_of(programme, book.standing.rank),
        discounts=await _discounts(session, cart, before),
    )


async def _discounts(session: Session, cart: carts.Cart, tier: TierOut | None) -> list[CartBenefitOut]:
    found = await benefits.discounts_for(session, cart.member_id, tier.rank if tier else 0, cart.document.placed_at)
    return [CartBenefitOut.model_validate(vars(one)) for one in found]


def _with_most(programme: Programme, cart: carts.Cart, points: int) -> Document:
    """The cart paid with as many points as may be."""
    policy = programme.policies.points_payment
    points -= points % policy.step
    if points < max(policy.least, 1):
        return cart.document
    paid = cart.document.payments
    lines, payments = arriving.pay(programme, cart.document.lines, paid.coupons, paid.other_coupons_minor, points)
    return replace(cart.document, lines=lines, payments=replace(payments, money=paid.money))


def told(outcome: Outcome, names: dict[int, ledger.RuleName]) -> tuple[list[EarnedOut], list[PassedOverOut]]:
    """What each rule gave, and which gave nothing."""
    decision = outcome.decision
    if decision is None:
        return [], []
    earned = [
        EarnedOut(
            rule=_rule(names[grant.version.rule_version_id]),
            currency=grant.currency,
            entitled=grant.entitled,
            amount=grant.amount,
            facts=grant.explanation,
        )
        for grant in decision.grants
    ]
    by_code = {(known.code, known.version): known for known in names.values()}
    passed_over = [
        PassedOverOut(rule=_rule(by_code[one["rule"], one["version"]]), why=one["why"], facts=one)
        for one in decision.passed_over
    ]
    return earned, passed_over


def _rule(known: ledger.RuleName) -> RuleRefOut:
    return RuleRefOut(code=known.code, version=known.version, name=known.name)


def _answer(
    programme: Programme,
    cart: carts.Cart,
    document: Document,
    *,
    available: int,
    member_id: int | None = None,
    earned: Sequence[EarnedOut] = (),
    passed_over: Sequence[PassedOverOut] = (),
    tier_now: TierOut | None = None,
    tier_after: TierOut | None = None,
    discounts: Sequence[CartBenefitOut] = (),
) -> QuoteOut:
    policy = programme.policies.points_payment
    paid = document.payments
    return QuoteOut(
        member_id=member_id,
        currency=programme.money,
        gross_minor=cart.gross_minor,
        goods_minor=cart.goods_minor,
        coupon_minor=paid.coupon_minor,
        payable_minor=cart.gross_minor - paid.coupon_minor - paid.points_minor,
        points=CartPointsOut(
            is_on=policy.is_on,
            available=available,
            most=min(cart.most, available - available % policy.step),
            step=policy.step,
            least=policy.least,
            used=paid.points,
            worth_minor=paid.points_minor,
        ),
        earned=list(earned),
        passed_over=list(passed_over),
        tier_now=tier_now,
        tier_after=tier_after,
        discounts=list(discounts),
        coupons=[_used(use, cart.coupons.names) for use in cart.coupons.plan.uses],
        unused_coupons=[_unused(one, cart.coupons.names, programme.money) for one in cart.coupons.unused],
        lines=[
            CartLineOut(
                line_no=line.line_no,
                amount_minor=line.amount_minor,
                coupon_minor=line.coupon_minor,
                points_minor=line.points_minor,
            )
            for line in document.lines
        ],
    )


def _used(use: coupons.Use, names: Mapping[int, LocalName]) -> CartCouponOut:
    promise = use.held.promise
    return CartCouponOut(
        code=use.held.code,
        template=promise.code,
        name=names[promise.template_id],
        discount_minor=use.discount_minor,
        lines=dict(use.shares),
    )


def _unused(unused: coupons.Unused, names: Mapping[int, LocalName], money: str) -> UnusedCouponOut:
    promise = unused.held.promise
    return UnusedCouponOut(
        code=unused.held.code,
        template=promise.code,
        name=names[promise.template_id],
        why=unused.why,
        sentence=coupons.told(unused, money),
    )
