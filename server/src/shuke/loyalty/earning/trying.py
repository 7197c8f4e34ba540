"""Rules tried on a member and a cart, without writing anything: the same decision as at a till."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.platform import clock, conditions
from shuke.platform.conditions import Moment, fact_key
from shuke.platform.db import Session

from .limits import look_at_room
from .queries import find_rule, published_versions
from .rules import Activity, Decision, Item, Room, RuleVersion, Subject, compiled, decide, in_force

# No rule has this number: the one that is tried is asked after all of the same priority that hold already.
_TRIED = 2**62


@dataclass(frozen=True, kw_only=True)
class CartLine:
    """What is bought. The catalogue says category and brand where they are left out."""

    product: str
    quantity: Decimal
    amount_minor: int
    category: str | None = None
    brand: str | None = None
    points_minor: int = 0
    coupon_minor: int = 0


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is tried: an activity of a member (0: nobody's), and a rule that is not published, if any.

    `only`: ask that rule alone, and not beside the others in force.
    """

    activity: Activity = "order_paid"
    event: str | None = None
    member_id: int = 0
    at: datetime
    lines: Sequence[CartLine] = ()
    store: str | None = None
    source: str | None = None
    payment_methods: frozenset[str] = frozenset()
    rule: str | None = None
    definition: Mapping[str, Any] | None = None
    only: bool = False


@dataclass(frozen=True)
class Tried:
    """What would be given, and by which rules."""

    decision: Decision
    subject: Subject


async def try_rules(session: Session, trial: Trial) -> Tried:
    """Decide as a till would just now. Without a member, caps and budgets count as if nothing had been given yet."""
    shop = await organization.get_shop(session)
    versions = await _versions(session, trial)
    subject = Subject(
        activity=trial.activity,
        member_id=trial.member_id,
        at=trial.at,
        day=clock.business_day(trial.at, shop.zone),
        zone=shop.zone,
        money=shop.currency,
        items=await _items(session, trial.lines),
        facts=await _facts(session, trial, versions, Moment(trial.at, shop.zone)),
        event=trial.event,
    )
    room = await look_at_room(session, versions, [trial.member_id], [subject.day]) if trial.member_id else Room()
    return Tried(decide(versions, subject, room), subject)


async def _versions(session: Session, trial: Trial) -> list[RuleVersion]:
    published = [] if trial.only else in_force(await published_versions(session), trial.at)
    if trial.definition is None:
        return published
    rule = await find_rule(session, trial.rule) if trial.rule else None
    tried = RuleVersion(
        rule_version_id=0,
        rule_id=rule.rule_id if rule else _TRIED,
        rule_code=trial.rule or "",
        version=0,
        effective_from=trial.at,
        published_at=trial.at,
        rule=compiled(trial.definition),
    )
    return [*(version for version in published if version.rule_code != trial.rule), tried]


async def _items(session: Session, lines: Sequence[CartLine]) -> tuple[Item, ...]:
    known = await catalog.get_by_code(session, sorted({line.product for line in lines}))
    return tuple(
        Item(
            line_no=number,
            product=line.product,
            category=line.category or (product.category if product else None),
            brand=line.brand or (product.brand if product else None),
            quantity=line.quantity,
            amount_minor=line.amount_minor,
            points_minor=line.points_minor,
            coupon_minor=line.coupon_minor,
        )
        for number, line in enumerate(lines, 1)
        for product in [known.get(line.product)]
    )


async def _facts(
    session: Session, trial: Trial, versions: Sequence[RuleVersion], moment: Moment
) -> dict[conditions.FactKey, Any]:
    needs = frozenset[conditions.FactKey]().union(*(version.needs for version in versions))
    facts: dict[conditions.FactKey, Any] = {}
    orders = 0
    if trial.member_id:
        counted = fact_key("member.order_count")
        loaded = await conditions.load(session, needs | {counted}, [trial.member_id], moment)
        facts |= loaded[trial.member_id]
        orders = facts.get(counted) or 0
    facts |= {
        fact_key("order.store"): trial.store,
        fact_key("order.source"): trial.source,
        fact_key("order.payment_methods"): trial.payment_methods,
        fact_key("order.order_no"): orders + 1,
        fact_key("order.is_first"): orders == 0,
    }
    return facts
