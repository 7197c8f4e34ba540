"""Earning rules: which activity earns what. See README.md."""

from .actions import publish_rule
from .queries import published_versions, rule_names
from .rules import (
    Activity,
    Decision,
    Effect,
    Grant,
    Item,
    Room,
    RuleVersion,
    Subject,
    decide,
    in_force,
    unmatched,
)

__all__ = [
    "Activity",
    "Decision",
    "Effect",
    "Grant",
    "Item",
    "Room",
    "RuleVersion",
    "Subject",
    "decide",
    "in_force",
    "publish_rule",
    "published_versions",
    "rule_names",
    "unmatched",
]
