"""Pure earning rules: what happened goes in, what it earns comes out. One file for each kind in `kinds/`."""

from .deciding import decide, in_force, unmatched
from .model import Activity, Decision, Effect, Grant, Item, RuleVersion, Subject
from .room import Room

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
    "unmatched",
]
