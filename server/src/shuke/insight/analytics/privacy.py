"""What analytics holds about members: sums of their purchases, by which figures are counted."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import analytics_member, analytics_purchase_day

_KEPT = LocalName(
    "购买合计（只有会员号）：经营统计", "Sums of purchases, by member number alone: the shop's statistics"
)

PERSONAL_DATA = (
    members.PersonalData(
        key="purchase_sums",
        label=LocalName("购买合计", "Sums of purchases"),
        export=members.exporting(analytics_member),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="purchase_days",
        label=LocalName("购买日", "Days of purchase"),
        export=members.exporting(analytics_purchase_day),
        kept=_KEPT,
    ),
)
