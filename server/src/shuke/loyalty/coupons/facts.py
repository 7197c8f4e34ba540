"""What conditions can ask of coupons."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Subquery,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from shuke.people import members
from shuke.platform.conditions import Argument, Fact, FactSource, Moment, Scope
from shuke.platform.conditions.model import Arguments
from shuke.platform.i18n import LocalName

from .tables import coupon, coupon_template

_GROUP = LocalName("优惠券", "Coupons")
_EVERYWHERE: frozenset[Scope] = frozenset(("members", "earning", "lines"))
_coupon = coupon.c

TEMPLATE = Argument(
    name="template",
    type="text",
    label=LocalName("券模板代码（可不填）", "Template code (optional)"),
    phrase=LocalName("券模板 {value}", "template {value}"),
    is_required=False,
)


def _usable(moment: Moment) -> ColumnElement[bool]:
    """What may be used now, as far as its state and its days go."""
    at = literal(moment.at, DateTime(timezone=True))
    is_free = or_(_coupon.state == "issued", and_(_coupon.state == "locked", _coupon.locked_until <= at))
    return and_(is_free, _coupon.valid_from <= at, or_(_coupon.expires_at.is_(None), _coupon.expires_at > at))


def _redeemed(moment: Moment) -> ColumnElement[bool]:
    del moment
    return _coupon.state == "redeemed"


def _by_person(arguments: Arguments, value: ColumnElement[Any], *which: ColumnElement[bool]) -> Subquery:
    """A value of each person's coupons, whoever they were merged from."""
    person = members.persons()
    rows = (
        select(person.c.person_id.label("id"), value.label("value"))
        .select_from(coupon)
        .join(person, person.c.member_id == _coupon.member_id)
        .where(*which)
        .group_by(person.c.person_id)
    )
    if (code := arguments.get("template")) is not None:
        rows = rows.where(
            _coupon.template_id.in_(select(coupon_template.c.template_id).where(coupon_template.c.code == code))
        )
    return rows.subquery()


def _count_of(which: Callable[[Moment], ColumnElement[bool]]) -> Callable[[Moment, Arguments], Subquery]:
    return lambda moment, arguments: _by_person(arguments, cast(func.count(), BigInteger), which(moment))


def _days_since(moment: Moment, arguments: Arguments) -> Subquery:
    # Whole spans of 24 hours, as since the last order.
    passed = func.extract("epoch", literal(moment.at, DateTime(timezone=True)) - func.max(_coupon.issued_at))
    days = cast(func.greatest(func.floor(passed / literal_column("86400")), literal_column("0")), Integer)
    return _by_person(arguments, days)


USABLE = Fact(
    name="member.coupons_usable",
    type="number",
    label=LocalName("可用优惠券张数", "Usable coupons"),
    group=_GROUP,
    scopes=_EVERYWHERE,
    arguments=(TEMPLATE,),
    low=0,
    is_optional=False,
    relation=_count_of(_usable),
    absent=0,
)
REDEEMED = Fact(
    name="member.coupons_redeemed",
    type="number",
    label=LocalName("已使用优惠券张数", "Coupons used"),
    group=_GROUP,
    scopes=_EVERYWHERE,
    arguments=(TEMPLATE,),
    low=0,
    is_optional=False,
    relation=_count_of(_redeemed),
    absent=0,
)
DAYS_SINCE = Fact(
    name="member.days_since_coupon",
    type="number",
    label=LocalName("距上次得到优惠券天数", "Days since the last coupon was given"),
    group=_GROUP,
    scopes=_EVERYWHERE,
    arguments=(TEMPLATE,),
    low=0,
    unit=LocalName("天", "days"),
    relation=_days_since,
)

FACTS = FactSource(facts=(USABLE, REDEEMED, DAYS_SINCE))
