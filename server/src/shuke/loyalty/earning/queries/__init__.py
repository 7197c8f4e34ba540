"""Questions about earning rules."""

from .published import published_versions, rule_names
from .records import MOST_RULES, Draft, RuleRecord, State, VersionRecord, find_rule, get_rule, list_rules

__all__ = [
    "MOST_RULES",
    "Draft",
    "RuleRecord",
    "State",
    "VersionRecord",
    "find_rule",
    "get_rule",
    "list_rules",
    "published_versions",
    "rule_names",
]
