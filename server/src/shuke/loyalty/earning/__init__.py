"""Earning rules: which activity earns what. See README.md."""

from .actions import publish_rule
from .queries import published_versions, rule_names
from .rules import (
    Activity,
    Compiled,
    Decision,
    Definition,
    Effect,
    Grant,
    Item,
    Room,
    RuleVersion,
    Subject,
    compiled,
    decide,
    definition_schema,
    in_force,
    kinds,
    read_definition,
    unmatched,
    written,
)

__all__ = [
    "Activity",
    "Compiled",
    "Decision",
    "Definition",
    "Effect",
    "Grant",
    "Item",
    "Room",
    "RuleVersion",
    "Subject",
    "compiled",
    "decide",
    "definition_schema",
    "in_force",
    "kinds",
    "publish_rule",
    "published_versions",
    "read_definition",
    "rule_names",
    "unmatched",
    "written",
]
