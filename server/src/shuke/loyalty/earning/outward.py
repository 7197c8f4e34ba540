"""Effects beside value, handed to the modules that carry them out."""

from collections.abc import Sequence

import structlog

from shuke.platform.db import Session
from shuke.platform.module import contributions

from .extensions import EffectHandler, GivenEffect

logger = structlog.get_logger("shuke.earning")


def handlers() -> dict[str, EffectHandler]:
    """Who carries out which kind of effect."""
    return {handler.kind: handler for handler in contributions(EffectHandler)}


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
