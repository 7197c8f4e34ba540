"""Facts of members that stand in columns."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Subquery,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.foundation import organization
from shuke.platform.conditions import Choice, Fact, Moment, Scope
from shuke.platform.i18n import LocalName

from ..tables import member, member_summary
from .near import JOINED_AT, LAST_ORDER_AT, days_ago_meant, days_meant, near

GROUP = LocalName("会员", "Member")
EVERYWHERE: frozenset[Scope] = frozenset(("members", "earning", "lines"))
POPULATION = member_summary.c.member_id
_SPENDING = LocalName("消费", "Spending")
_DAYS = LocalName("天", "days")

_summary = member_summary.c


def summary_fact(column: str, **said: Any) -> Fact:
    """A fact that stands in a column of the summary, written there by the module that declares it."""
    return Fact(column=lambda _: _summary[column], scopes=EVERYWHERE, **said)


def persons() -> Subquery:
    """Every member and who they are by now: `member_id` and `person_id`, which differ after a merge."""
    person = func.coalesce(member.c.merged_into, member.c.member_id)
    return select(member.c.member_id, person.label("person_id")).subquery()


def local_day(instant: ColumnElement[Any], moment: Moment) -> ColumnElement[Any]:
    """The local day of a stored instant."""
    return cast(func.timezone(moment.zone.key, instant), Date)


def _day_of(column: str) -> Callable[[Moment], ColumnElement[Any]]:
    return lambda moment: local_day(_summary[column], moment)


def _days_of_membership(moment: Moment) -> ColumnElement[Any]:
    return cast(literal(moment.day, Date()) - local_day(_summary.joined_at, moment), Integer)


def _days_since_last_order(moment: Moment) -> ColumnElement[Any]:
    # Whole spans of 24 hours, as when an order arrives.
    passed = func.extract("epoch", literal(moment.at, DateTime(timezone=True)) - _summary.last_order_at)
    days = cast(func.floor(passed / literal_column("86400")), BigInteger)
    return case((_summary.last_order_at.is_(None), None), else_=func.greatest(literal_column("0"), days))


def _own(column: str) -> Callable[[Moment, Any], Subquery]:
    rows = select(member.c.member_id.label("id"), member.c[column].label("value"))
    return lambda moment, arguments: rows.subquery()


def _store(_moment: Moment) -> ColumnElement[Any]:
    stores = organization.store_codes()
    code = select(stores.c.code).where(stores.c.store_id == _summary.store_id)
    return code.correlate(member_summary).scalar_subquery()


def _near_store(_moment: Moment, operator: str, value: Any) -> ColumnElement[bool] | None:
    if operator not in ("=", "in"):
        return None
    stores = organization.store_codes()
    codes = bindparam(None, [value] if operator == "=" else list(value), type_=ARRAY(Text))
    meant = select(stores.c.store_id).where(stores.c.code == codes.any_()).scalar_subquery()
    # An array, so that the stores are looked up once and the members then by the index.
    return _summary.store_id == func.array(meant, type_=ARRAY(BigInteger)).any_()


STATUS = summary_fact(
    "status",
    name="member.status",
    type="text",
    label=LocalName("会员状态", "Status"),
    group=GROUP,
    choices=(
        Choice(value="active", label=LocalName("正常", "Active")),
        Choice(value="frozen", label=LocalName("冻结", "Frozen")),
        Choice(value="cancelled", label=LocalName("注销", "Cancelled")),
    ),
    is_optional=False,
)
STORE = Fact(
    name="member.store",
    type="text",
    label=LocalName("归属门店", "Home store"),
    group=GROUP,
    scopes=EVERYWHERE,
    column=_store,
    near=_near_store,
)
CHANNEL = Fact(
    name="member.channel",
    type="text",
    label=LocalName("来源渠道", "Channel of origin"),
    group=GROUP,
    scopes=EVERYWHERE,
    relation=_own("source_channel"),
)
CAMPAIGN = Fact(
    name="member.campaign",
    type="text",
    label=LocalName("来源活动", "Campaign of origin"),
    group=GROUP,
    scopes=EVERYWHERE,
    relation=_own("campaign"),
)
JOINED_ON = Fact(
    name="member.joined_on",
    type="date",
    label=LocalName("入会日期", "Joined on"),
    group=GROUP,
    scopes=EVERYWHERE,
    is_optional=False,
    column=_day_of("joined_at"),
    near=near(JOINED_AT, days_meant),
)
JOINED_DAYS = Fact(
    name="member.joined_days",
    type="number",
    label=LocalName("入会天数", "Days since joining"),
    group=GROUP,
    scopes=EVERYWHERE,
    unit=_DAYS,
    is_optional=False,
    column=_days_of_membership,
    near=near(JOINED_AT, days_ago_meant),
)
ORDER_COUNT = summary_fact(
    "order_count",
    name="member.order_count",
    type="number",
    label=LocalName("累计订单数", "Orders so far"),
    group=_SPENDING,
    low=0,
    is_optional=False,
)
REFUND_COUNT = summary_fact(
    "refund_count",
    name="member.refund_count",
    type="number",
    label=LocalName("累计退单数", "Refunds so far"),
    group=_SPENDING,
    low=0,
    is_optional=False,
)
NET_SPEND = summary_fact(
    "net_spend_minor",
    name="member.net_spend",
    type="money",
    label=LocalName("累计净消费", "Net spend so far"),
    group=_SPENDING,
    is_optional=False,
)
FIRST_ORDER_ON = Fact(
    name="member.first_order_on",
    type="date",
    label=LocalName("首次下单日期", "First order on"),
    group=_SPENDING,
    scopes=EVERYWHERE,
    column=_day_of("first_order_at"),
)
LAST_ORDER_ON = Fact(
    name="member.last_order_on",
    type="date",
    label=LocalName("最近下单日期", "Last order on"),
    group=_SPENDING,
    scopes=EVERYWHERE,
    column=_day_of("last_order_at"),
    near=near(LAST_ORDER_AT, days_meant),
)
DAYS_SINCE_LAST_ORDER = Fact(
    name="member.days_since_last_order",
    type="number",
    label=LocalName("距上次下单天数", "Days since the last order"),
    group=_SPENDING,
    scopes=EVERYWHERE,
    low=0,
    unit=_DAYS,
    column=_days_since_last_order,
    # Spans of 24 hours begin within a day.
    near=near(LAST_ORDER_AT, days_ago_meant, slack=1),
)

STORED = (
    STATUS,
    STORE,
    CHANNEL,
    CAMPAIGN,
    JOINED_ON,
    JOINED_DAYS,
    ORDER_COUNT,
    REFUND_COUNT,
    NET_SPEND,
    FIRST_ORDER_ON,
    LAST_ORDER_ON,
    DAYS_SINCE_LAST_ORDER,
)
