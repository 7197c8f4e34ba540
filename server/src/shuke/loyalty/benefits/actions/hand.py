"""Granting by hand: to make up for something, or as a favour."""

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import audit, clock, ids
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from ..errors import BenefitPaused, GiftImpossible, NotAGift
from ..queries.benefits import get_benefit
from ..rules.benefit import Grant, end_of
from ..rules.kinds import GiftBenefit
from .granting import grant, still_there

# A gift that has no end of its own is usable for so long when somebody grants it.
_USUAL_DAYS = 30


async def grant_by_hand(
    session: Session, member_id: int, code: str, *, reason: str, valid_days: int | None, actor: Actor
) -> int:
    """Grant a gift apart from its occasions; the entitlement's id.

    Raises BenefitNotFound, NotAGift, BenefitPaused, GiftImpossible and members.MemberNotActive.
    """
    benefit = await get_benefit(session, code)
    if not isinstance(benefit.what, GiftBenefit):
        raise NotAGift(benefit=benefit.name.zh)
    zone = (await organization.get_shop(session)).zone
    today = clock.business_day(clock.now(), zone)
    if not benefit.holds_on(today):
        raise BenefitPaused(benefit=benefit.name.zh)
    if not await still_there(session, [member_id]):
        raise members.MemberNotActive
    what = benefit.what.model_copy(update={"valid_days": valid_days or benefit.what.valid_days or _USUAL_DAYS})
    given = Grant(
        member_id=member_id,
        occasion=f"hand:{ids.new_code('', 10)}",
        expires_at=end_of(what, today, None, zone),
    )
    granted = await grant(session, benefit, what, [given], actor=actor.name, reason=reason)
    if not granted:
        raise GiftImpossible(what=benefit.name.zh)
    (one,) = granted
    audit.describe(object_id=one.entitlement_id, member_id=member_id, details={"benefit": code, "reason": reason})
    return one.entitlement_id
