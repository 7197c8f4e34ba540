"""Earning rules: which activity earns what. See README.md."""

from .actions import publish_rule
from .queries import published_versions, rule_names
from .rules import PerAmount, RuleVersion, effective, entitlement, explanation

__all__ = [
    "PerAmount",
    "RuleVersion",
    "effective",
    "entitlement",
    "explanation",
    "publish_rule",
    "published_versions",
    "rule_names",
]
