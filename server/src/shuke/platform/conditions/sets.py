"""A condition as SQL over sets of records: the same answers as the predicate, values bound, never a query per row."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Numeric,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeEngine

from .catalogue import Catalogue
from .errors import FactNotForSets
from .model import Condition, Fact, FactKey, FactType, Group, Moment, Rule

_TYPES: dict[FactType, TypeEngine[Any]] = {
    "text": Text(),
    "number": BigInteger(),
    "decimal": Numeric(),
    "money": BigInteger(),
    "date": Date(),
    "boolean": Boolean(),
    "choices": JSONB(),
}
Column = ColumnElement[Any]
Clause = ColumnElement[bool]


def where(condition: Condition, column: Column, catalogue: Catalogue, moment: Moment) -> Clause:
    """What holds of a column of ids whose record meets the condition. Raises FactNotForSets."""
    facts = {rule.key: rule.fact for rule in rules_of(condition.root)}
    source = Values(catalogue.population, moment)
    for key, fact in sorted(facts.items(), key=lambda item: repr(item[0])):
        source.add(key, fact)
    return column.in_(source.query(catalogue.population).where(_group(condition.root, source.columns, moment.day)))


def where_here(condition: Condition, catalogue: Catalogue, moment: Moment) -> list[Clause]:
    """The same for the rows of the population's own table: clauses that all hold. Raises FactNotForSets.

    What stands in the table's columns is asked of the row itself, where its indexes help; the rest goes by id.
    """
    root = condition.root
    parts: tuple[Rule | Group, ...] = root.parts if root.is_all and not root.is_negated else (root,)
    clauses: list[Clause] = []
    elsewhere = [part for part in parts if not _stands_here(part)]
    for part in parts:
        if part in elsewhere:
            continue
        if isinstance(part, Group):
            columns = {rule.key: _column(rule.fact, moment) for rule in rules_of(part)}
            clauses.append(_group(part, columns, moment.day))
            continue
        clauses.append(_rule(part, _column(part.fact, moment), moment.day))
        near = part.fact.near(moment, part.operator, part.value) if part.fact.near is not None else None
        clauses += [] if near is None else [near]
    if elsewhere:
        rest = replace(condition, root=replace(root, is_all=True, is_negated=False, parts=tuple(elsewhere)))
        clauses.append(where(rest, catalogue.population, catalogue, moment))
    return clauses


def _stands_here(part: Rule | Group) -> bool:
    rules = rules_of(part) if isinstance(part, Group) else [part]
    return all(rule.fact.column is not None for rule in rules)


def _column(fact: Fact, moment: Moment) -> Column:
    if fact.column is None:
        raise FactNotForSets(fact=f"{fact.label.zh} / {fact.label.en}")
    return fact.column(moment)


def rules_of(group: Group) -> list[Rule]:
    """Every rule of a group and the groups in it, in order."""
    return [rule for part in group.parts for rule in (rules_of(part) if isinstance(part, Group) else [part])]


class Values:
    """The facts of a set as columns beside the population's ids."""

    def __init__(self, population: Column, moment: Moment) -> None:
        self._moment = moment
        self._id = population
        self._joined: FromClause = population.table
        self.columns: dict[FactKey, Column] = {}

    def add(self, key: FactKey, fact: Fact) -> None:
        """Have a fact among the columns. Raises FactNotForSets."""
        if fact.column is not None:
            self.columns[key] = fact.column(self._moment)
        elif fact.relation is not None:
            rows = fact.relation(self._moment, dict(key[1]))
            self._joined = self._joined.outerjoin(rows, rows.c.id == self._id)
            value = rows.c.value
            absent = literal(fact.absent, _TYPES[fact.type])
            self.columns[key] = value if fact.absent is None else func.coalesce(value, absent)
        else:
            raise FactNotForSets(fact=f"{fact.label.zh} / {fact.label.en}")

    def query(self, *columns: Column) -> Select[Any]:
        """The rows of the population with these columns."""
        return select(*columns).select_from(self._joined)


def _group(group: Group, columns: Mapping[FactKey, Column], today: date) -> Clause:
    parts = [
        _group(part, columns, today) if isinstance(part, Group) else _rule(part, columns[part.key], today)
        for part in group.parts
    ]
    clause: Clause = and_(*parts) if group.is_all else or_(*parts)
    return not_(clause.self_group()) if group.is_negated else clause.self_group()


def _rule(rule: Rule, here: Column, today: date) -> Clause:
    # Never unknown: what is missing is false, so that turning a group round means the same as in Python.
    known: Clause = here.is_not(None)
    if rule.fact.type == "choices":
        known = known & (here != literal([], JSONB()))
    if rule.operator == "null":
        return not_(known)
    if rule.operator == "notNull":
        return known
    if rule.operator in _RELATIVE:
        return known & _RELATIVE[rule.operator](here, today, timedelta(days=rule.value))
    table = _SEVERAL if rule.fact.type == "choices" else _ONE
    return known & table[rule.operator](here, rule.value, _TYPES[rule.fact.type])


def _list(values: Any, kind: TypeEngine[Any]) -> Column:
    return bindparam(None, list(values), type_=ARRAY(kind))


def _between(here: Column, value: Any, kind: TypeEngine[Any]) -> Clause:
    low, high = value
    return here.between(literal(low, kind), literal(high, kind))


def _position(here: Column, value: Any, kind: TypeEngine[Any]) -> Column:
    return func.strpos(here, literal(value, kind))


def _has(here: Column, value: Any) -> Clause:
    return here.op("@>", is_comparison=True)(literal([value], JSONB()))


def _has_some(here: Column, values: Any) -> Clause:
    return here.op("?|", is_comparison=True)(_list(values, Text()))


_Make = Callable[[Column, Any, TypeEngine[Any]], Clause]

_ONE: Mapping[str, _Make] = {
    "=": lambda here, value, kind: here == literal(value, kind),
    "!=": lambda here, value, kind: here != literal(value, kind),
    "<": lambda here, value, kind: here < literal(value, kind),
    "<=": lambda here, value, kind: here <= literal(value, kind),
    ">": lambda here, value, kind: here > literal(value, kind),
    ">=": lambda here, value, kind: here >= literal(value, kind),
    "between": _between,
    "notBetween": lambda here, value, kind: not_(_between(here, value, kind)),
    "in": lambda here, value, kind: here == _list(value, kind).any_(),
    "notIn": lambda here, value, kind: here != _list(value, kind).all_(),
    "contains": lambda here, value, kind: _position(here, value, kind) > 0,
    "doesNotContain": lambda here, value, kind: _position(here, value, kind) == 0,
    "beginsWith": lambda here, value, kind: func.starts_with(here, literal(value, kind)),
    "endsWith": lambda here, value, kind: func.right(here, len(value)) == literal(value, kind),
}
_SEVERAL: Mapping[str, _Make] = {
    "contains": lambda here, value, _: _has(here, value),
    "doesNotContain": lambda here, value, _: not_(_has(here, value)),
    "in": lambda here, value, _: _has_some(here, value),
    "notIn": lambda here, value, _: not_(_has_some(here, value)),
}
_RELATIVE: Mapping[str, Callable[[Column, date, timedelta], Clause]] = {
    "inLast": lambda here, today, length: here.between(today - length + timedelta(days=1), today),
    "beforeLast": lambda here, today, length: here <= literal(today - length, Date()),
    "inNext": lambda here, today, length: here.between(today, today + length - timedelta(days=1)),
}
