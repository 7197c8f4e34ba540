"""Coupons by themselves: what the search for the best combination takes, without a database.

Times are those of one core. Carts of 20 lines, and 30 coupons of all kinds that may all be used by themselves, each of
a template of its own unless it is said. Four ways of combining: one coupon of each of five groups; everything stacks,
on the original prices, and on what earlier coupons left; and the coupons of six templates, which stack. `exact` is the
share of searches that looked at everything; the others ended after their allowance of steps, with the best that they
had found. `short`: how much less than the best of sixteen times as many steps that is, of all discounts.
"""

import argparse
import random
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from benchmarks.common import Bench, command_line, percentiles
from shuke.loyalty.coupons import rules
from shuke.loyalty.coupons.rules.searching import MOST_STEPS

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
PRODUCTS, CATEGORIES = tuple(f"P{number}" for number in range(60)), ("tea", "ware", "snacks", "gifts", "books")
WARM_UP, LONGER = 3, 16
GROUPS = ("general", "brand", "category", "member", "postage")


def cart(draw: random.Random, lines: int) -> rules.Cart:
    """Goods, and postage on one of the lines."""
    items = []
    for line_no in range(1, lines):
        quantity = Decimal(draw.choice(("1", "1", "2", "3", "1.25")))
        amount = int(quantity * draw.randint(500, 19_900))
        items.append(rules.Item(line_no, draw.choice(PRODUCTS), draw.choice(CATEGORIES), None, quantity, amount))
    postage = rules.Item(lines, "postage", None, None, Decimal(1), 1_200, is_goods=False)
    return rules.Cart((*items, postage), AT, ZONE, "CNY", "till")


def discount(draw: random.Random, bought: rules.Cart) -> dict[str, Any]:
    """A discount of any kind, as shops give them: a tenth or two of what they ask for."""
    off = draw.choice((500, 1_000, 2_000, 3_000, 5_000))
    steps = [{"from_minor": 10_000 * step, "off_minor": 900 * step} for step in (1, 2, 3)]
    product = draw.choice(bought.items[:-1]).product
    return draw.choice(
        (
            {"kind": "amount_off", "off_minor": off},
            {"kind": "amount_off", "off_minor": 800, "repeats": True, "most_minor": 5 * off},
            {"kind": "percent_off", "percent": draw.randint(3, 15)},
            {"kind": "percent_off", "percent": draw.randint(10, 30), "most_minor": 3 * off},
            {"kind": "steps", "steps": steps},
            {"kind": "nth_item", "nth": 2, "percent": draw.choice((30, 50)), "most_times": 1},
            {"kind": "fixed_price", "price_minor": 4_990, "most_pieces": 1},
            {"kind": "gift", "products": [product]},
            {"kind": "free_shipping", "most_minor": draw.choice((600, 800, 1_200))},
        )
    )


def coupons(draw: random.Random, bought: rules.Cart, count: int, templates: int) -> list[rules.Held]:
    """Coupons that may all be used on the cart by themselves."""
    promises: list[rules.Promise] = []
    while len(promises) < templates:
        number = len(promises) + 1
        promise = rules.Promise(number, 1, f"template-{number}", terms(draw, bought, GROUPS[number % len(GROUPS)]))
        if rules.why_unusable(coupon(0, promise, 1), bought) is None:
            promises.append(promise)
    return [coupon(number, promises[number % templates], draw.randint(1, 30)) for number in range(1, count + 1)]


def terms(draw: random.Random, bought: rules.Cart, category: str) -> rules.Terms:
    """Terms with a threshold, and often with a scope."""
    content = {
        "discount": discount(draw, bought),
        "threshold": {
            "least": draw.choice((0, 5_000, 10_000, 20_000, 40_000)),
            "of": draw.choice(("eligible", "order")),
        },
        "scope": {"categories": draw.sample(CATEGORIES, 2)} if draw.random() < 0.4 else {},
        "category": category,
    }
    return rules.Terms.model_validate_json(orjson.dumps(content))


def coupon(number: int, promise: rules.Promise, days: int) -> rules.Held:
    """A coupon that is over after some days."""
    return rules.Held(1, number, f"C{number}", promise, AT, AT + timedelta(days=days))


def stacking(mode: str, base: str, most: int) -> rules.Stacking:
    """All groups of one mode, which go together."""
    groups = [{"category": one, "name_zh": one, "name_en": one, "mode": mode, "most": most} for one in GROUPS]
    return rules.Stacking.model_validate_json(orjson.dumps({"groups": groups, "base": base, "most": most}))


def measure(how: rules.Stacking, options: argparse.Namespace, templates: int) -> dict[str, Any]:
    """Combine for every cart; what single searches take, and how good those are that were ended."""
    draw = random.Random(options.seed)
    taken, exact, used, found_minor, best_minor = [], 0, 0, 0, 0
    for number in range(options.quotes + WARM_UP):
        bought = cart(draw, options.lines)
        held = coupons(draw, bought, options.coupons, templates)
        started = time.process_time()
        found = rules.combine(bought, held, how)
        spent = (time.process_time() - started) * 1_000
        if number < WARM_UP:
            continue
        taken.append(spent)
        exact += found.is_exact
        used += len(found.uses)
        longer = found if found.is_exact else rules.combine(bought, held, how, LONGER * MOST_STEPS)
        found_minor += found.discount_minor
        best_minor += longer.discount_minor
    return {
        "quotes": options.quotes,
        "exact": round(exact / options.quotes, 3),
        "short": round(1 - found_minor / best_minor, 5),
        "used_each": round(used / options.quotes, 1),
        **percentiles(taken),
    }


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--quotes", type=int, default=60, help="carts for each way of combining")
    parser.add_argument("--coupons", type=int, default=30)
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bench = Bench("coupon_quotes", options)
    ways = {
        "one of each of five groups": (stacking("best_for_customer", "after", 10), options.coupons),
        "all stack, original prices": (stacking("stack", "before", 10), options.coupons),
        "all stack, what is left": (stacking("stack", "after", 10), options.coupons),
        "six templates, what is left": (stacking("stack", "after", 10), 6),
    }
    figures = {name: measure(how, options, templates) for name, (how, templates) in ways.items()}
    summary = {
        name: f"p50 {found['p50_ms']} ms, p95 {found['p95_ms']} ms, exact {found['exact']:.1%}, "
        f"{found['short']:.2%} short, {found['used_each']} coupons used"
        for name, found in figures.items()
    }
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
