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
            key=f"rule:{effect.rule_version_id}:{effect.origin_kind}:{effect.origin_id}:{effect.place}:{number}",
            how="rule",
            actor=SYSTEM.name,
            at=effect.at,
            reason=effect.rule_code,
        )
        for effect in effects
        for number in range(effect.parameters["count"])
    ]
    _tell(await coupons.give(session, wanted), "rule")


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
        earning.EffectHandler(kind="coupon", check=_check, apply=_apply),
        benefits.CouponGifts(has=coupons.is_given_out, give=_give),
    ),
)
