"""Which values a fact can have so that a rule holds: spans of a line, or names within or without a list. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .model import Fact, Rule

# A place between values: just before the value (0) or just after it (1).
_Cut = tuple[Any, int]
_FIRST: _Cut = (float("-inf"), 0)
_LAST: _Cut = (float("inf"), 0)


@dataclass(frozen=True)
class Spans:
    """Parts of a line, in order and apart."""

    spans: tuple[tuple[_Cut, _Cut], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no value."""
        return not self.spans

    def intersection(self, other: "Spans") -> "Spans":
        """What is in both."""
        both = ((max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans)
        return Spans(tuple(span for span in both if span[0] < span[1]))

    def complement(self) -> "Spans":
        """Everything else."""
        edges = [_FIRST, *(cut for span in self.spans for cut in span), _LAST]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return Spans(tuple(gap for gap in gaps if gap[0] < gap[1]))

    def union(self, other: "Spans") -> "Spans":
        """What is in either."""
        return self.complement().intersection(other.complement()).complement()


@dataclass(frozen=True)
class Names:
    """These values, or all but these."""

    names: frozenset[Any]
    is_without: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no value."""
        return not self.names and not self.is_without

    def intersection(self, other: "Names") -> "Names":
        """What is in both."""
        if self.is_without and other.is_without:
            return Names(self.names | other.names, is_without=True)
        if self.is_without:
            return Names(other.names - self.names)
        return Names(self.names - other.names if other.is_without else self.names & other.names)

    def complement(self) -> "Names":
        """Everything else."""
        return Names(self.names, is_without=not self.is_without)

    def union(self, other: "Names") -> "Names":
        """What is in either."""
        return self.complement().intersection(other.complement()).complement()


@dataclass(frozen=True)
class Domain:
    """What a fact may be: some of its values, and perhaps missing."""

    known: Any
    may_be_missing: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self.may_be_missing and bool(self.known.is_empty)

    def intersection(self, other: "Domain") -> "Domain":
        """What both allow."""
        return Domain(self.known.intersection(other.known), self.may_be_missing and other.may_be_missing)

    def union(self, other: "Domain") -> "Domain":
        """What either allows."""
        return Domain(self.known.union(other.known), self.may_be_missing or other.may_be_missing)


def domain_of(rule: Rule, *, is_negated: bool = False) -> Domain:
    """What a rule's fact must be for the rule to hold; `is_negated`: for it not to hold."""
    every = _every(rule.fact)
    if rule.operator in ("null", "notNull"):
        is_missing = (rule.operator == "null") != is_negated
        return Domain(every.intersection(every.complement()) if is_missing else every, is_missing)
    wanted = _wanted(rule)
    if wanted is None:
        return Domain(every, is_negated and rule.fact.is_optional)
    known = every.intersection(wanted.complement() if is_negated else wanted)
    return Domain(known, is_negated and rule.fact.is_optional)


def _every(fact: Fact) -> Any:
    if _is_ordered(fact):
        low = _FIRST if fact.low is None else (fact.low, 0)
        high = _LAST if fact.high is None else _after(fact, fact.high)
        return Spans(((low, high),))
    if fact.type == "boolean":
        return Names(frozenset((True, False)))
    if fact.choices is not None and fact.type == "text":
        return Names(frozenset(choice.value for choice in fact.choices))
    return Names(frozenset(), is_without=True)


def _wanted(rule: Rule) -> Any:
    """The values that a rule asks for; None where only the value itself can tell."""
    fact, operator, value = rule.fact, rule.operator, rule.value
    if not _is_ordered(fact):
        if fact.type == "choices" or operator not in ("=", "!=", "in", "notIn"):
            return None
        names = Names(frozenset(value if isinstance(value, tuple) else (value,)))
        return names.complement() if operator in ("!=", "notIn") else names
    if operator in ("=", "!=", "in", "notIn"):
        points = Spans(())
        for one in value if isinstance(value, tuple) else (value,):
            points = points.union(_span(fact, one, one))
        return points.complement() if operator in ("!=", "notIn") else points
    if operator in ("between", "notBetween"):
        span = _span(fact, *value)
        return span.complement() if operator == "notBetween" else span
    if operator not in ("<", "<=", ">", ">="):
        return None
    cut = _after(fact, value) if operator in ("<=", ">") else (_place(value), 0)
    return Spans(((_FIRST, cut),) if operator in ("<", "<=") else ((cut, _LAST),))


def _is_ordered(fact: Fact) -> bool:
    return fact.type in ("number", "decimal", "money", "date")


def _span(fact: Fact, low: Any, high: Any) -> Spans:
    ends = ((_place(low), 0), _after(fact, high))
    return Spans((ends,) if ends[0] < ends[1] else ())


def _after(fact: Fact, value: Any) -> _Cut:
    # Whole numbers and days have a next one; between two decimals there is always another.
    return (_place(value), 1) if fact.type == "decimal" else (_place(value) + 1, 0)


def _place(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value
