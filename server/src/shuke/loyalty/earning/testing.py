"""Builders of earning rules for tests."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform.conditions import TIME_FACTS, Catalogue, Condition, Fact, Scope, read
from shuke.platform.i18n import LocalName

from .rules import Item, RuleVersion, Subject, compile_definition, read_definition
from .rules.subject import Activity

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
_SCOPES: frozenset[Scope] = frozenset(("earning", "lines"))
_GROUP = LocalName("测试", "Test")


def _fact(name: str, kind: Any, scopes: frozenset[Scope] = _SCOPES) -> Fact:
    return Fact(name=name, type=kind, label=LocalName(name, name), group=_GROUP, scopes=scopes)


FACTS = Catalogue(
    {
        fact.name: fact
        for fact in (
            *TIME_FACTS,
            _fact("member.tier", "text"),
            _fact("order.amount", "money"),
            _fact("order.number_of_items", "decimal"),
            _fact("order.store", "text"),
            _fact("line.product", "text", frozenset(("lines",))),
            _fact("line.category", "text", frozenset(("lines",))),
            _fact("line.unit_price", "money", frozenset(("lines",))),
        )
    }
)


def read_test_facts(tree: Mapping[str, Any], scope: Scope) -> Condition:
    """A condition over a few facts, without a database."""
    return read(tree, FACTS, scope=scope)


def when(field: str, value: Any, operator: str = "=") -> dict[str, Any]:
    """A condition of one comparison."""
    return {"combinator": "and", "rules": [{"field": field, "operator": operator, "value": value}]}


def a_version(
    *effects: dict[str, Any],
    rule_id: int = 1,
    version: int = 1,
    read: Callable[[Mapping[str, Any], Scope], Condition] = read_test_facts,
    **definition: Any,
) -> RuleVersion:
    """A published version with one branch of these effects, unless the definition has branches of its own."""
    said = {"branches": [{"effects": list(effects)}], **definition}
    return RuleVersion(
        rule_version_id=rule_id * 100 + version,
        rule_id=rule_id,
        rule_code=f"rule-{rule_id}",
        version=version,
        effective_from=LONG_AGO,
        published_at=LONG_AGO,
        rule=compile_definition(read_definition(said), read),
    )


def an_item(amount_minor: int, line_no: int = 1, quantity: int | str = 1, **changes: Any) -> Item:
    """A line of goods."""
    goods = {"product": f"P{line_no}", "category": None, "brand": None, **changes}
    return Item(line_no=line_no, quantity=Decimal(quantity), amount_minor=amount_minor, **goods)


def a_subject(*items: Item, activity: Activity = "order_paid", **changes: Any) -> Subject:
    """Something that happened on Monday 2 March 2026, at 20:00 in the shop."""
    usual: dict[str, Any] = {
        "member_id": 7,
        "at": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "day": date(2026, 3, 2),
        "zone": SHANGHAI,
        "money": "CNY",
    }
    return Subject(activity=activity, items=items, **{**usual, **changes})


def per_amount(points: int = 1, per_minor: int = 100, **changes: Any) -> dict[str, Any]:
    """Points for each whole amount."""
    return {"kind": "per_amount", "points": points, "per_minor": per_minor, **changes}


def fixed(points: int, currency: str = "points") -> dict[str, Any]:
    """The same points each time."""
    return {"kind": "fixed", "points": points, "currency": currency}


def amounts(grants: Sequence[Any]) -> dict[tuple[str, str], int]:
    """What was granted by rule and currency."""
    return {(grant.version.rule_code, grant.currency): grant.amount for grant in grants}
