"""Coupons for those who promise them and stand above them: earning rules and benefits."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from shuke.loyalty import benefits, coupons, earning
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.module import Module

logger = structlog.get_logger("shuke.coupons")


async def _check(session: Session, parameters: Mapping[str, Any]) -> Sequence[FieldError]:
    """A rule gives coupons that there are."""
    if await coupons.is_given_out(session, parameters["coupon"]):
        return ()
    detail = (
        f"没有已发布的优惠券“{parameters['coupon']}”，请先发布它。 "
        f"No coupon {parameters['coupon']} is published; publish it first."
    )
    return (FieldError("/coupon", detail),)


async def _apply(session: Session, effects: Sequence[earning.GivenEffect]) -> None:
    """What rules gave for orders and activities: once for each, whoever tells of it again."""
    wanted = [
        coupons.Wanted(
            member_id=effect.member_id,
            template=effect.parameters["coupon"],
            key=key,
            how="rule",
            actor=SYSTEM.name,
            at=effect.at,
            reason=effect.rule_code,
        )
        for effect in effects
        for key in _keys(effect)
    ]
    _tell(await coupons.give(session, wanted), "rule")


def _origin(kind: str, number: int) -> str:
    return f"rule:{kind}:{number}:"


def _keys(effect: earning.GivenEffect) -> list[str]:
    """What names each coupon of an effect for ever."""
    begins = _origin(effect.origin_kind, effect.origin_id)
    named = f"{begins}{effect.rule_version_id}:{effect.place}:{effect.parameters['coupon']}"
    return [f"{named}:{number}" for number in range(effect.parameters["count"])]


async def _withdraw(session: Session, still_earned: Sequence[earning.StillEarned]) -> None:
    """Take back the coupons of orders and activities that no longer earn them."""
    withdrawals = [
        coupons.Withdrawal(
            member_id=one.member_id,
            begins=_origin(one.origin_kind, one.origin_id),
            kept=frozenset(key for effect in one.effects if effect.kind == "coupon" for key in _keys(effect)),
            at=one.at,
            actor=one.actor,
        )
        for one in still_earned
    ]
    await coupons.withdraw(session, withdrawals)


async def _give(session: Session, wanted: Sequence[benefits.CouponWanted]) -> None:
    """What benefits promise, in the transaction of the grant."""
    now = clock.now()
    wishes = [
        coupons.Wanted(
            member_id=one.member_id,
            template=one.template,
            key=one.key,
            how="benefit",
            actor=SYSTEM.name,
            at=now,
        )
        for one in wanted
    ]
    _tell(await coupons.give(session, wishes), "benefit")


def _tell(given: Sequence[coupons.Given], how: str) -> None:
    """Nobody waits for an answer here: what was not given stands in the log."""
    for why in sorted({one.why for one in given if one.why is not None}):
        count = sum(1 for one in given if one.why == why)
        logger.warning("coupons not given", how=how, why=why, count=count)


MODULE = Module(
    name="coupon_wiring",
    contributions=(
        earning.EffectHandler(kind="coupon", check=_check, apply=_apply, withdraw=_withdraw),
        benefits.CouponGifts(has=coupons.is_given_out, give=_give),
    ),
)
