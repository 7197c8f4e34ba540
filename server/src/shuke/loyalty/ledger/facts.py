"""What conditions can ask of balances: as the members' summary shows them."""

from shuke.people import members
from shuke.platform.conditions import FactSource
from shuke.platform.i18n import LocalName

_GROUP = LocalName("积分", "Points")

POINTS = members.summary_fact(
    "points_available",
    name="member.points",
    type="number",
    label=LocalName("可用积分", "Points available"),
    group=_GROUP,
    low=0,
    is_optional=False,
)
DEBT = members.summary_fact(
    "points_debt",
    name="member.points_debt",
    type="number",
    label=LocalName("欠分", "Points owed"),
    group=_GROUP,
    low=0,
    is_optional=False,
)
EXPIRING_ON = members.summary_fact(
    "points_expiring_on",
    name="member.points_expiring_on",
    type="date",
    label=LocalName("最近积分到期日", "Next points expire on"),
    group=_GROUP,
)
GROWTH = members.summary_fact(
    "growth",
    name="member.growth",
    type="number",
    label=LocalName("成长值", "Growth"),
    group=_GROUP,
    is_optional=False,
)

FACTS = FactSource(facts=(POINTS, DEBT, EXPIRING_ON, GROWTH))
