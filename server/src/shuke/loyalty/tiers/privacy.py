"""What tiers hold about members: they receive a copy; levels stay without a person."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .tables import member_tier, tier_change

_KEPT = LocalName(
    "等级及其变化（只有会员号）：用于核对权益",
    "Levels and their changes, by member number alone: benefits refer to them",
)


async def forget_reasons(session: Session, member_ids: Sequence[int]) -> int:
    """Take away why somebody gave or ended a level by hand: those are words about a person."""
    driver = await raw(session)
    done: str = await driver.execute(
        """
        update tier_change set explanation = explanation - 'because'
        where member_id = any($1::bigint[]) and explanation ? 'because'
        """,
        list(member_ids),
    )
    return int(done.rsplit(maxsplit=1)[-1])


PERSONAL_DATA = (
    members.PersonalData(
        key="tiers", label=LocalName("等级", "Tiers"), export=members.exporting(member_tier), kept=_KEPT
    ),
    members.PersonalData(
        key="tier_changes",
        label=LocalName("等级变化", "Changes of tier"),
        export=members.exporting(tier_change),
        erase=forget_reasons,
        kept=_KEPT,
    ),
)
