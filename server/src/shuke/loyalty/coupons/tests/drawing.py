"""Coupons and carts for tests of the rules: by hand, and drawn at random from all kinds alike."""

import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shuke.loyalty.coupons.rules import Cart, Group, Held, Item, Promise, Stacking, Terms

ZONE = ZoneInfo("Asia/Shanghai")
# A Sunday, 18:00 in the shop.
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
PRODUCTS, CATEGORIES = ("cup", "pot", "tea", "tray"), ("tea", "ware")


def terms(discount: Mapping[str, Any], **parts: Any) -> Terms:
    """Terms of their JSON."""
    return Terms.model_validate_json(json.dumps({"discount": discount, **parts}))


def held(
    coupon_id: int,
    discount: Mapping[str, Any],
    *,
    template_id: int | None = None,
    days: int | None = None,
    **parts: Any,
) -> Held:
    """A coupon of a member, over after some days."""
    template_id = template_id or coupon_id
    promise = Promise(template_id, 1, f"template-{template_id}", terms(discount, **parts))
    over = AT + timedelta(days=days) if days is not None else None
    return Held(1, coupon_id, f"C{coupon_id}", promise, AT - timedelta(days=1), over)


def item(line_no: int, amount_minor: int, quantity: str = "1", product: str = "tea", **more: Any) -> Item:
    """A line."""
    return Item(line_no, product, more.pop("category", "tea"), None, Decimal(quantity), amount_minor, **more)


def cart(*items: Item, **more: Any) -> Cart:
    """A cart of a till."""
    return Cart(items, more.pop("at", AT), ZONE, "CNY", more.pop("source", "till"), **more)


def stack(most: int = 10, **more: Any) -> Stacking:
    """One group in which everything goes together."""
    return Stacking(groups=(group("general", "stack", most),), **more)


def group(category: str, mode: str = "best_for_customer", most: int = 1) -> Group:
    """A group."""
    return Group.model_validate(
        {"category": category, "name_zh": category, "name_en": category, "mode": mode, "most": most}
    )


def draw_cart(draw: random.Random, most_lines: int = 6) -> Cart:
    """A cart of pieces and of weighed goods, sometimes with postage, sometimes partly paid."""
    items = [_drawn_item(draw, number) for number in range(1, draw.randint(1, most_lines) + 1)]
    if draw.random() < 0.4:
        items.append(item(len(items) + 1, draw.choice((0, 600, 1_000)), product="postage", is_goods=False))
    return cart(*items, taken_minor=draw.choice((0, 0, 0, 137, 5_000)))


def _drawn_item(draw: random.Random, line_no: int) -> Item:
    quantity = draw.choice(("1", "1", "2", "3", "5", "0.5", "2.35"))
    price = draw.choice((1, 7, 99, 100, 333, 1_000, 2_599, 10_000))
    amount = int(Decimal(quantity) * price) + draw.choice((0, 0, 1))
    return item(line_no, amount, quantity, draw.choice(PRODUCTS), category=draw.choice(CATEGORIES))


def draw_held(draw: random.Random, count: int, categories: Sequence[str]) -> list[Held]:
    """Coupons, some of them of one template."""
    found: list[Held] = []
    for coupon_id in range(1, count + 1):
        days = draw.choice((None, 1, 2, 2, 9))
        if found and draw.random() < 0.25:
            like = draw.choice(found)
            over = AT + timedelta(days=days) if days is not None else None
            found.append(Held(1, coupon_id, f"C{coupon_id}", like.promise, like.valid_from, over))
            continue
        parts: dict[str, Any] = {"category": draw.choice(categories), "threshold": _drawn_threshold(draw)}
        if draw.random() < 0.4:
            parts["scope"] = draw.choice(
                [{"categories": ["tea"]}, {"products": ["cup", "pot"]}, {"not_products": ["tea"]}, {"stores": ["far"]}]
            )
        found.append(held(coupon_id, draw_discount(draw), days=days, **parts))
    return found


def _drawn_threshold(draw: random.Random) -> dict[str, Any]:
    if draw.random() < 0.2:
        return {"counts": "pieces", "least": draw.randint(1, 5), "of": draw.choice(("eligible", "order"))}
    return {"least": draw.choice((0, 0, 300, 1_000, 2_500, 6_000)), "of": draw.choice(("eligible", "order"))}


def draw_discount(draw: random.Random) -> dict[str, Any]:
    """A discount of any kind, with parameters that matter on small carts."""
    most = draw.choice((None, None, 50, 400))
    percent = draw.choice((1, 5, 12, 33, 50, 100))
    return draw.choice(
        (
            {"kind": "amount_off", "off_minor": draw.choice((1, 50, 333, 1_000, 9_000))},
            {"kind": "amount_off", "off_minor": 100, "repeats": True, "most_minor": draw.choice((None, 250))},
            {"kind": "percent_off", "percent": percent, "most_minor": most},
            {"kind": "steps", "steps": [{"from_minor": 500, "off_minor": 40}, {"from_minor": 3_000, "off_minor": 500}]},
            {"kind": "fixed_price", "price_minor": draw.choice((1, 99, 500)), "most_pieces": draw.choice((None, 2))},
            {"kind": "gift", "products": ["cup", "tray"], "pieces": draw.randint(1, 3), "price_minor": 1},
            {"kind": "free_shipping", "most_minor": most},
            {"kind": "nth_item", "nth": draw.randint(2, 3), "percent": percent, "most_times": draw.choice((None, 1))},
        )
    )


def draw_stacking(draw: random.Random, categories: Sequence[str]) -> Stacking:
    """Groups in any order and of any mode; some pairs that do not go together, or alone do."""
    modes = ("stack", "stack", "stack", "best_for_customer", "best_for_merchant", "order")
    groups = [group(one, draw.choice(modes), draw.randint(1, 8)) for one in categories]
    draw.shuffle(groups)
    pairs = tuple(
        (one, other) for place, one in enumerate(categories) for other in categories[place + 1 :] if draw.random() < 0.4
    )
    together = draw.random() < 0.7
    return Stacking(
        groups=tuple(groups),
        together=together,
        never=pairs if together else (),
        always=() if together else pairs,
        most=draw.choice((1, 2, 3, 10)),
        base=draw.choice(("before", "after")),
        floor_minor=draw.choice((0, 0, 1, 500)),
    )
