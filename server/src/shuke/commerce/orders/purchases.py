"""What one person bought, order by order: the history that rules ask about. Pure; goods that went back do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shuke.platform.conditions import FactKey

PREFIX = "history."
# What is counted together: everything, one product, one category.
_Kept = tuple[str, str]
_EVERYTHING: _Kept = ("", "")


@dataclass(slots=True)
class _Part:
    """Of one order: what the person still has of the goods that are counted together."""

    day: date
    quantity: Decimal
    amount_minor: int


class Purchases:
    """The orders of one person as far as the given facts ask about them; without facts: all of them.

    What is added for an order a second time is added to it: a refund is added with its order's number and values below
    zero. A value counts an order from its day on, and only while some of its goods are left.
    """

    def __init__(self, needs: Iterable[FactKey] | None = None) -> None:
        self._kept: dict[_Kept, dict[int, _Part]] = {}
        self._keeps_all = needs is None
        for key in needs or ():
            if key[0].startswith(PREFIX):
                self._kept[_kept(key)] = {}

    def add(
        self, day: date, order_id: int, product: str, category: str | None, quantity: Decimal, amount_minor: int
    ) -> None:
        """Goods of an order; below zero: goods of it that went back."""
        kept = [_EVERYTHING, ("product", product)]
        if category is not None:
            kept.append(("category", category))
        for one in kept:
            parts = self._kept.setdefault(one, {}) if self._keeps_all else self._kept.get(one)
            if parts is None:
                continue
            part = parts.get(order_id)
            if part is None:
                parts[order_id] = _Part(day, quantity, amount_minor)
            else:
                part.quantity += quantity
                part.amount_minor += amount_minor

    def value(self, key: FactKey, on_day: date) -> Any:
        """The value of a fact of history on a day, with the orders of that day that were added so far."""
        days = dict(key[1]).get("days")
        since = date.min if days is None else on_day - timedelta(days=days - 1)
        parts = [
            part
            for part in self._kept.get(_kept(key), {}).values()
            if since <= part.day <= on_day and part.quantity > 0
        ]
        if key[0].endswith("quantity"):
            return sum((part.quantity for part in parts), Decimal(0))
        return sum(part.amount_minor for part in parts) if key[0].endswith("spend") else len(parts)


def _kept(key: FactKey) -> _Kept:
    arguments = dict(key[1])
    if "product" in arguments:
        return "product", arguments["product"]
    return ("category", arguments["category"]) if "category" in arguments else _EVERYTHING
