"""Earning rules: which activity earns what. See README.md."""

from .actions import publish_definition, publish_rule
from .check import check_definition
from .extensions import EffectHandler, GivenEffect, StillEarned
from .limits import lock_room, lock_room_of, look_at_room, save_room
from .outward import apply_effects, given_effects, withdraw_effects
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
    outward_name,
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
    "EffectHandler",
    "GivenEffect",
    "Grant",
    "Item",
    "Room",
    "RuleVersion",
    "StillEarned",
    "Subject",
    "apply_effects",
    "check_definition",
    "compiled",
    "decide",
    "definition_schema",
    "given_effects",
    "in_force",
    "kinds",
    "lock_room",
    "lock_room_of",
    "look_at_room",
    "outward_name",
    "publish_definition",
    "publish_rule",
    "published_versions",
    "read_definition",
    "rule_names",
    "save_room",
    "unmatched",
    "withdraw_effects",
    "written",
]
