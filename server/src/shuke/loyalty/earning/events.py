"""What earning rules announce."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class EarningRulePublished(Event):
    """A rule got a new version; it holds from `effective_from` on."""

    name: ClassVar[str] = "earning_rule.published"
    rule: str
    version: int
    effective_from: str


@dataclass(frozen=True, kw_only=True)
class EarningRuleRetired(Event):
    """A rule ends; nothing is earned by it from `effective_until` on."""

    name: ClassVar[str] = "earning_rule.retired"
    rule: str
    effective_until: str
