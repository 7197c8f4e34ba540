"""What a moment says by itself."""

from shuke.platform.i18n import LocalName

from .model import Choice, Fact, Scope

_GROUP = LocalName("时间", "Time")
_SCOPES: frozenset[Scope] = frozenset(("earning", "lines"))
_DAYS = (
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
)

WEEKDAY = Fact(
    name="time.weekday",
    type="number",
    label=LocalName("星期", "Day of the week"),
    group=_GROUP,
    scopes=_SCOPES,
    choices=tuple(Choice(value=number, label=LocalName(zh, en)) for number, (zh, en) in enumerate(_DAYS, 1)),
    low=1,
    high=7,
    is_optional=False,
    at=lambda moment: moment.local.isoweekday(),
)
HOUR = Fact(
    name="time.hour",
    type="number",
    label=LocalName("小时", "Hour"),
    group=_GROUP,
    scopes=_SCOPES,
    low=0,
    high=23,
    is_optional=False,
    at=lambda moment: moment.local.hour,
)
DAY = Fact(
    name="time.day",
    type="date",
    label=LocalName("日期", "Day"),
    group=_GROUP,
    scopes=_SCOPES,
    is_optional=False,
    at=lambda moment: moment.day,
)
MONTH = Fact(
    name="time.month",
    type="number",
    label=LocalName("月份", "Month"),
    group=_GROUP,
    scopes=_SCOPES,
    low=1,
    high=12,
    is_optional=False,
    at=lambda moment: moment.local.month,
)
DAY_OF_MONTH = Fact(
    name="time.day_of_month",
    type="number",
    label=LocalName("每月几号", "Day of the month"),
    group=_GROUP,
    scopes=_SCOPES,
    low=1,
    high=31,
    is_optional=False,
    at=lambda moment: moment.local.day,
)

TIME_FACTS = (WEEKDAY, HOUR, DAY, MONTH, DAY_OF_MONTH)
