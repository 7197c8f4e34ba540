"""The plain values of conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# What a condition asks about: the fact's name, and its arguments by name in alphabetical order, such as
# ("history.product_orders", (("days", 90), ("product", "A1"))).
FactKey = tuple[str, tuple[tuple[str, Any], ...]]


def fact_key(name: str, **arguments: Any) -> FactKey:
    """The key under which a fact's value is found."""
    return name, tuple(sorted(arguments.items()))


@dataclass(frozen=True)
class Condition:
    """A condition that has been read and checked. `needs`: the facts that it asks about."""

    tree: Mapping[str, Any]
    needs: frozenset[FactKey]
    holds: Callable[[Mapping[FactKey, Any]], bool]
