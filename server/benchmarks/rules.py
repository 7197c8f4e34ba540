"""Earning rules by themselves: how many orders a second one core decides, without a database.

Three programmes: the two rules that a shop starts with; eight rules of every common kind, with a schedule, a group, a
cap and multipliers; fifty rules, each with an audience or branches, a fifth of them about single lines. Carts of 1 to
20 lines, drawn from all alike. Timed is what checkout asks for each order: which versions are in force, and what they
decide, explanations included; the facts are there already, as checkout brings them.
"""

import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.common import Bench, command_line, percentiles
from shuke.loyalty import earning
from shuke.main.modules import MODULES
from shuke.platform import module
from shuke.platform.conditions import fact_key

ZONE = ZoneInfo("Asia/Shanghai")
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
CATEGORIES = ("tea", "ware", "snacks", "gifts", "books")
STORES = ("xidan", "wangfujing", "sanlitun")
TIERS = ("bronze", "silver", "gold", "diamond")


def condition(*rules: tuple[str, str, Any], combinator: str = "and") -> dict[str, Any]:
    """A condition of some comparisons."""
    return {
        "combinator": combinator,
        "rules": [{"field": field, "operator": operator, "value": value} for field, operator, value in rules],
    }


def per_amount(points: int, currency: str = "points") -> dict[str, Any]:
    """Points for each whole unit of money."""
    return {"kind": "per_amount", "currency": currency, "points": points, "per_minor": 100}


def plain() -> list[dict[str, Any]]:
    """What a shop starts with."""
    return [{"branches": [{"effects": [per_amount(1, currency)]}]} for currency in ("points", "growth")]


def small() -> list[dict[str, Any]]:
    """A few rules of every common kind."""
    tea = {"kind": "bonus", "by": "category", "values": ["tea"], "gives_for": "per_item", "points": 5}
    steps = [{"from_minor": 10_000, "points": 20}, {"from_minor": 50_000, "points": 150}]
    only = {"period": "day", "counts": "times", "limit": 1}
    return [
        *plain(),
        {"branches": [{"effects": [tea]}]},
        {"branches": [{"effects": [{"kind": "steps", "steps": steps}]}], "group": "extra", "priority": 5},
        {"branches": [{"effects": [{"kind": "first_purchase", "points": 50}]}], "group": "extra", "priority": 9},
        {"branches": [{"effects": [{"kind": "tier_multiplier", "factors": {"gold": 1.5, "diamond": 2}}]}]},
        {"branches": [{"effects": [{"kind": "multiplier", "factor": 2}]}], "schedule": {"weekdays": [6, 7]}},
        {
            "branches": [{"effects": [{"kind": "fixed", "points": 10}]}],
            "audience": condition(("member.tier", "in", ["gold", "diamond"]), ("order.amount", ">=", 5_000)),
            "caps": [only],
        },
    ]


def large(count: int) -> list[dict[str, Any]]:
    """Many rules with conditions; every fifth looks at single lines."""
    rules: list[dict[str, Any]] = []
    for number in range(count):
        store, tier, category = (names[number % len(names)] for names in (STORES, TIERS, CATEGORIES))
        enough = condition(("order.amount", ">=", 2_000 + 500 * number), ("time.hour", "between", [8, 20]))
        lines = condition(("line.category", "=", category), ("line.quantity", ">=", 1 + number % 3))
        rule: dict[str, Any] = {
            "audience": condition(
                ("member.tier", "=", tier), ("order.store", "in", [store, STORES[0]]), combinator="or"
            ),
            "branches": [{"when": lines if number % 5 == 0 else enough, "effects": [per_amount(1 + number % 3)]}],
            "priority": number % 7,
        }
        if number % 3 == 0:
            rule["group"] = f"group-{number % 4}"
        if number % 4 == 0:
            rule["branches"].append({"effects": [{"kind": "fixed", "points": 1 + number}]})
        rules.append(rule)
    return rules


def versions(definitions: Sequence[dict[str, Any]]) -> list[earning.RuleVersion]:
    """Published versions of definitions."""
    return [
        earning.RuleVersion(
            rule_version_id=number,
            rule_id=number,
            rule_code=f"rule-{number}",
            version=1,
            effective_from=BEGINNING,
            published_at=BEGINNING,
            rule=earning.compiled(definition),
        )
        for number, definition in enumerate(definitions, 1)
    ]


def orders(rules: Sequence[earning.RuleVersion], count: int, seed: int) -> list[earning.Subject]:
    """Orders with the lines, or the sum, that checkout would bring for these rules."""
    draw = random.Random(seed)
    by_line = any(rule.judges_lines for rule in rules)
    found = []
    for number in range(count):
        items = tuple(item(draw, line) for line in range(1, draw.randint(1, 20) + 1))
        if not by_line:
            items = (earning.Item(0, "", None, None, Decimal(1), sum(one.amount_minor for one in items)),)
        at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)
        facts = {
            fact_key("member.tier"): draw.choice(TIERS),
            fact_key("order.store"): draw.choice(STORES),
            fact_key("order.order_no"): draw.randint(1, 30),
        }
        day: date = at.astimezone(ZONE).date()
        found.append(
            earning.Subject("order_paid", draw.randint(1, 10_000), at, day, ZONE, "CNY", items=items, facts=facts)
        )
    return found


def item(draw: random.Random, line: int) -> earning.Item:
    """One line of a cart."""
    quantity, price = draw.randint(1, 5), draw.randint(100, 9_900)
    return earning.Item(
        line, f"P{draw.randint(1, 500)}", draw.choice(CATEGORIES), None, Decimal(quantity), quantity * price
    )


def measure(definitions: Sequence[dict[str, Any]], count: int, seed: int) -> dict[str, Any]:
    """Decide every order; orders a second of one core's time, and what single orders take."""
    rules = versions(definitions)
    subjects = orders(rules, count, seed)
    room = earning.Room()
    for subject in subjects[: count // 10]:
        earning.decide(earning.in_force(rules, subject.at), subject, room)
    room, grants, taken = earning.Room(), 0, []
    busy = time.process_time()
    for subject in subjects:
        started = time.perf_counter()
        grants += len(earning.decide(earning.in_force(rules, subject.at), subject, room).grants)
        taken.append((time.perf_counter() - started) * 1_000)
    busy = time.process_time() - busy
    return {
        "rules": len(rules),
        "orders": count,
        "orders_per_core_second": round(count / busy),
        "us_each": round(busy / count * 1e6, 1),
        "grants_each": round(grants / count, 2),
        **percentiles(taken),
    }


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--orders", type=int, default=20_000, help="orders for each programme")
    parser.add_argument("--rules", type=int, default=50, help="rules of the large programme")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bench = Bench("rules", options)
    module.install(MODULES)
    programmes = {"plain": plain(), "small": small(), "large": large(options.rules)}
    figures = {name: measure(rules, options.orders, options.seed) for name, rules in programmes.items()}
    summary = {
        f"{name}, {found['rules']} rules": f"{found['orders_per_core_second']} orders/s, {found['us_each']} us each, "
        f"p95 {found['p95_ms']} ms, {found['grants_each']} grants each"
        for name, found in figures.items()
    }
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
