"""The plain values of conditions: facts and what may be asked of them, and conditions that have been read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery

from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

# What a condition asks about: the fact's name, and its arguments by name in alphabetical order, such as
# ("history.product_orders", (("days", 90), ("product", "A1"))).
FactKey = tuple[str, tuple[tuple[str, Any], ...]]

# number: an integer; money: integer minor units; date: a local day; choices: several texts at once.
FactType = Literal["text", "number", "decimal", "money", "date", "boolean", "choices"]
# Where a condition stands: a set of records, one activity that may earn something, one line of an order.
Scope = Literal["members", "earning", "lines"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def fact_key(name: str, **arguments: Any) -> FactKey:
    """The key under which a fact's value is found. An argument that is None is left out."""
    return name, tuple(sorted((name, value) for name, value in arguments.items() if value is not None))


# What relative days count from.
TODAY = fact_key("time.day")


@dataclass(frozen=True)
class Moment:
    """An instant, and the zone that decides which day it is."""

    at: datetime
    zone: ZoneInfo

    @property
    def day(self) -> date:
        """The local day."""
        return clock.business_day(self.at, self.zone)

    @property
    def local(self) -> datetime:
        """The instant as clocks on the wall show it."""
        return self.at.astimezone(self.zone)


Arguments = Mapping[str, Any]
Values = Mapping[FactKey, Any]
Loader = Callable[[Session, Moment, Sequence[FactKey], Sequence[int]], Awaitable[Mapping[int, Values]]]
LoaderOfMoments = Callable[
    [Session, Mapping["Moment", Sequence[int]], Sequence[FactKey]], Awaitable[Mapping["Moment", Mapping[int, Values]]]
]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the values that a fact can have."""

    value: Any
    label: LocalName


@dataclass(frozen=True, kw_only=True)
class Argument:
    """What a fact has to be told: which product, how many days."""

    name: str
    type: Literal["text", "number"]
    label: LocalName
    # How a sentence says it: its place is {value}.
    phrase: LocalName
    is_required: bool = True
    # Of a number.
    low: int = 1
    high: int = 3_660


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that can be asked about. A value that is missing is None.

    Sets ask by `column(moment)`, an expression over the population's own table, or by `relation(moment, arguments)`,
    a subquery with the columns `id` and `value`, one row for each id at most; `absent` stands for those without a row.
    `load` answers for a few records what has no such expression, `load_each` the same for several moments at once; `at`
    is what a moment says by itself.
    `near(moment, operator, value)` says of a rule over `column` something that holds wherever the rule does and that an
    index answers; None: nothing is known.
    """

    name: str
    type: FactType
    label: LocalName
    group: LocalName
    scopes: frozenset[Scope]
    arguments: tuple[Argument, ...] = ()
    # None: any value of the type.
    choices: tuple[Choice, ...] | None = None
    low: int | Decimal | None = None
    high: int | Decimal | None = None
    unit: LocalName | None = None
    is_optional: bool = True
    column: Callable[[Moment], ColumnElement[Any]] | None = None
    near: Callable[[Moment, str, Any], ColumnElement[bool] | None] | None = None
    relation: Callable[[Moment, Arguments], Subquery] | None = None
    absent: Any = None
    load: Loader | None = None
    load_each: LoaderOfMoments | None = None
    at: Callable[[Moment], Any] | None = None
    # Whether rules that were read say the type beside the name, because the fact may be gone when they are read again.
    says_type: bool = False


@dataclass(frozen=True)
class Rule:
    """One comparison. The value is read: days are dates, decimals are decimals, lists are tuples."""

    key: FactKey
    fact: Fact
    operator: str
    value: Any
    pointer: str


@dataclass(frozen=True)
class Group:
    """Rules and groups of which all hold, or any; `is_negated`: which is then turned round."""

    is_all: bool
    is_negated: bool
    parts: tuple["Rule | Group", ...]
    pointer: str


@dataclass(frozen=True)
class Condition:
    """A condition that has been read and checked. `needs`: the facts that it asks about.

    `tree` is its JSON as it should be stored: what an editor added is left out.
    """

    tree: Mapping[str, Any]
    needs: frozenset[FactKey]
    holds: Callable[[Values], bool]
    root: Group
