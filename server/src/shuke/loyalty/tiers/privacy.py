"""What tiers hold about members: they receive a copy; levels stay without a person."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import member_tier, tier_change

_KEPT = LocalName(
    "等级及其变化（只有会员号）：用于核对权益",
    "Levels and their changes, by member number alone: benefits refer to them",
)

PERSONAL_DATA = (
    members.PersonalData(
        key="tiers", label=LocalName("等级", "Tiers"), export=members.exporting(member_tier), kept=_KEPT
    ),
    members.PersonalData(
        key="tier_changes",
        label=LocalName("等级变化", "Changes of tier"),
        export=members.exporting(tier_change),
        kept=_KEPT,
    ),
)
