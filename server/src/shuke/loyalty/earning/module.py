"""What earning plugs into the house."""

from shuke.loyalty.ledger import RuleNames
from shuke.platform.module import Module

from .queries import rule_names

MODULE = Module(name="earning", contributions=(RuleNames(load=rule_names),))
