"""What modules above add to the ledger: the names of the rules that entries point to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName


@dataclass(frozen=True, kw_only=True)
class RuleName:
    """One version of a rule as people read it."""

    code: str
    version: int
    name: LocalName


@dataclass(frozen=True, kw_only=True)
class RuleNames:
    """Gives the names of rules by the id of their version, which entries carry."""

    load: Callable[[Session], Awaitable[Mapping[int, RuleName]]]
