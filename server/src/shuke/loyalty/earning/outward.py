"""Effects beside value, handed to the modules that carry them out."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import structlog

from shuke.platform.db import Session
from shuke.platform.module import contributions

from .extensions import EffectHandler, GivenEffect, StillEarned
from .rules import Effect

logger = structlog.get_logger("shuke.earning")


def handlers() -> dict[str, EffectHandler]:
    """Who carries out which kind of effect."""
    return {handler.kind: handler for handler in contributions(EffectHandler)}


def given_effects(
    effects: Sequence[Effect], *, member_id: int, origin_kind: str, origin_id: int, at: datetime
) -> list[GivenEffect]:
    """What an order or activity of a member earned beside value, for the modules that carry it out."""
    places: Counter[int] = Counter()
    given = []
    for effect in effects:
        version_id = effect.version.rule_version_id
        one = GivenEffect(
            kind=effect.kind,
            parameters=effect.parameters,
            member_id=member_id,
            rule_version_id=version_id,
            rule_code=effect.version.rule_code,
            origin_kind=origin_kind,
            origin_id=origin_id,
            place=places[version_id],
            at=at,
        )
        places[version_id] += 1
        given.append(one)
    return given


async def apply_effects(session: Session, effects: Sequence[GivenEffect]) -> None:
    """Have effects carried out, kind by kind in the order of their names, so that locks are taken alike by all.

    No rule is published with a kind that nobody carries out; where a module was taken away since, nothing is done.
    """
    if not effects:
        return
    known = handlers()
    for kind in sorted({effect.kind for effect in effects}):
        handler = known.get(kind)
        if handler is None:
            logger.warning("nobody carries out this kind of effect", kind=kind)
            continue
        await handler.apply(session, [effect for effect in effects if effect.kind == kind])


async def withdraw_effects(session: Session, still_earned: Sequence[StillEarned]) -> None:
    """Have taken back what orders and activities gave beside value and no longer earn."""
    if not still_earned:
        return
    for _, handler in sorted(handlers().items()):
        if handler.withdraw is not None:
            await handler.withdraw(session, still_earned)
