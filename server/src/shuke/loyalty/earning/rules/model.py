"""The plain values of earning: versions of rules, and what is decided by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from shuke.platform.conditions import FactKey

from .compiled import Compiled


@dataclass(frozen=True)
class RuleVersion:
    """One published version of a rule: never changed, named by every award."""

    rule_version_id: int
    rule_id: int
    rule_code: str
    version: int
    effective_from: datetime
    published_at: datetime
    rule: Compiled
    # Where the rule was retired: since when it no longer holds, and when that was decided.
    effective_until: datetime | None = None
    retired_at: datetime | None = None

    @property
    def needs(self) -> frozenset[FactKey]:
        """The facts of members, orders and history that the version asks about."""
        return self.rule.needs

    @property
    def judges_lines(self) -> bool:
        """Whether it looks at single lines; else an order's items may come as one sum."""
        return self.rule.judges_lines

    @cached_property
    def place(self) -> tuple[int, int, int]:
        """When it is asked among others: the highest priority first, then the oldest rule."""
        return -self.rule.priority, self.rule_id, self.version


@dataclass(slots=True)
class Grant:
    """What one version gives in one currency. `entitled`: before caps and budgets; `amount`: what they left of it."""

    version: RuleVersion
    currency: str
    entitled: int
    amount: int
    explanation: dict[str, Any]


@dataclass(frozen=True)
class Effect:
    """What one version gives beside value: a coupon, a tag."""

    version: RuleVersion
    kind: str
    parameters: Mapping[str, Any]


@dataclass(slots=True)
class Decision:
    """What an activity earns, in the order in which the rules were asked; and of rules that gave nothing, why."""

    grants: list[Grant] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    passed_over: list[dict[str, Any]] = field(default_factory=list)
