"""What a custom field is."""

from dataclasses import dataclass, field
from typing import Literal

from shuke.platform.i18n import LocalName

Kind = Literal["text", "long_text", "number", "money", "date", "boolean", "choice", "choices", "url"]
IndexState = Literal["none", "building", "ready", "failed", "dropping"]
# A value as JSON holds it: numbers as text, money in minor units, days as YYYY-MM-DD, choices by code.
Value = str | int | bool | list[str]

MOST_FIELDS = 100
MOST_FILTERABLE = 15
MOST_CHOICES = 200
NO_WORDS = LocalName("", "")
# Filterable texts stay far below what an index entry can hold.
LONGEST = {"text": 200, "long_text": 5_000, "url": 500}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What values may be. Lengths in characters; `low` and `high` are numbers, minor units or days, as text."""

    shortest: int | None = None
    longest: int | None = None
    low: str | None = None
    high: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the answers to choose from. An archived one stays readable and is offered to nobody."""

    code: str
    name: LocalName
    is_archived: bool = False


@dataclass(frozen=True, kw_only=True)
class Field:
    """A custom field. `is_personal`: sealed with the person's own key, and never filtered or sorted by."""

    id: int
    key: str
    kind: Kind
    label: LocalName
    help: LocalName = NO_WORDS
    group: LocalName = NO_WORDS
    position: int = 0
    is_required: bool = False
    is_personal: bool = False
    is_archived: bool = False
    limits: Limits = field(default_factory=Limits)
    choices: tuple[Choice, ...] = ()
    default: Value | None = None
    index_state: IndexState = "none"
    index_progress: int = 0
    index_problem: str | None = None
    version: int = 1

    @property
    def may_be_filtered(self) -> bool:
        """Whether lists may be filtered, and where it has an order sorted, by it now."""
        return self.index_state == "ready" and not self.is_archived
