"""Pure earning rules: what happened goes in, what it earns comes out. One file for each kind of effect in `kinds/`."""

from .compiled import Compiled, compile_definition, outward_name
from .deciding import decide, in_force, unmatched
from .definition import Definition
from .kinds import OutwardKind
from .model import Decision, Effect, Grant, RuleVersion
from .reading import compiled, read_definition, written
from .room import ALL, Room, Use, UseKey, use_keys
from .schema import definition_schema, kinds
from .subject import Activity, Item, Subject

__all__ = [
    "ALL",
    "Activity",
    "Compiled",
    "Decision",
    "Definition",
    "Effect",
    "Grant",
    "Item",
    "OutwardKind",
    "Room",
    "RuleVersion",
    "Subject",
    "Use",
    "UseKey",
    "compile_definition",
    "compiled",
    "decide",
    "definition_schema",
    "in_force",
    "kinds",
    "outward_name",
    "read_definition",
    "unmatched",
    "use_keys",
    "written",
]
