"""What caps hold about members: how much of each rule they have had in a period."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import earning_cap_use

PERSONAL_DATA = members.PersonalData(
    key="earning_caps",
    label=LocalName("积分规则上限的使用", "Use of the caps of earning rules"),
    export=members.exporting(earning_cap_use),
    kept=LocalName(
        "每条规则已发放的数量（只有会员号）：用于核对上限",
        "How much each rule has given, by member number alone: caps are checked by it",
    ),
)
WORKED_OUT = members.WorkedOut(table=earning_cap_use)
