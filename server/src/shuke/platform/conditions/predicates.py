"""A condition as one function over the values of facts, made once. What is missing makes a comparison false."""

from collections.abc import Callable, Container, Mapping
from datetime import timedelta
from typing import Any

from .model import TODAY, FactKey, Group, Rule, Values

Predicate = Callable[[Values], bool]


def compile_group(group: Group) -> Predicate:
    """The function that says whether a group holds."""
    parts = tuple(compile_group(part) if isinstance(part, Group) else _rule(part) for part in group.parts)
    predicate = _all(parts) if group.is_all else _any(parts)
    if not group.is_negated:
        return predicate
    return lambda facts: not predicate(facts)


def _all(parts: tuple[Predicate, ...]) -> Predicate:
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda facts: first(facts) and second(facts)

    def every(facts: Values) -> bool:
        for part in parts:  # noqa: SIM110 — a loop is twice as fast as all() over a generator
            if not part(facts):
                return False
        return True

    return every


def _any(parts: tuple[Predicate, ...]) -> Predicate:
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda facts: first(facts) or second(facts)

    def some(facts: Values) -> bool:
        for part in parts:  # noqa: SIM110 — a loop is twice as fast as any() over a generator
            if part(facts):
                return True
        return False

    return some


def _rule(rule: Rule) -> Predicate:
    if rule.operator == "null":
        return lambda facts: _is_missing(facts.get(rule.key))
    if rule.operator == "notNull":
        return lambda facts: not _is_missing(facts.get(rule.key))
    if rule.operator in _RELATIVE:
        return _RELATIVE[rule.operator](rule.key, timedelta(days=rule.value))
    table = _SEVERAL if rule.fact.type == "choices" else _ONE
    return table[rule.operator](rule.key, rule.value)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, (tuple, frozenset)) and not value)


def _equal(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: facts.get(key) == wanted


def _unequal(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value != wanted


def _less(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value < wanted


def _at_most(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value <= wanted


def _more(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value > wanted


def _at_least(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value >= wanted


def _between(key: FactKey, wanted: Any) -> Predicate:
    low, high = wanted
    return lambda facts: (value := facts.get(key)) is not None and low <= value <= high


def _outside(key: FactKey, wanted: Any) -> Predicate:
    low, high = wanted
    return lambda facts: (value := facts.get(key)) is not None and not low <= value <= high


def _among(key: FactKey, wanted: Any) -> Predicate:
    known: Container[Any] = frozenset(wanted)
    return lambda facts: facts.get(key) in known


def _not_among(key: FactKey, wanted: Any) -> Predicate:
    known: Container[Any] = frozenset(wanted)
    return lambda facts: (value := facts.get(key)) is not None and value not in known


def _has(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and wanted in value


def _has_not(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and wanted not in value


def _begins(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value.startswith(wanted)


def _ends(key: FactKey, wanted: Any) -> Predicate:
    return lambda facts: (value := facts.get(key)) is not None and value.endswith(wanted)


def _several_have_not(key: FactKey, wanted: Any) -> Predicate:
    def holds(facts: Values) -> bool:
        value = facts.get(key)
        return value is not None and len(value) > 0 and wanted not in value

    return holds


def _have_one_of(key: FactKey, wanted: Any) -> Predicate:
    known = frozenset(wanted)
    return lambda facts: (value := facts.get(key)) is not None and not known.isdisjoint(value)


def _have_none_of(key: FactKey, wanted: Any) -> Predicate:
    known = frozenset(wanted)

    def holds(facts: Values) -> bool:
        value = facts.get(key)
        return value is not None and len(value) > 0 and known.isdisjoint(value)

    return holds


def _in_last(key: FactKey, length: timedelta) -> Predicate:
    def holds(facts: Values) -> bool:
        value, today = facts.get(key), facts.get(TODAY)
        return value is not None and today is not None and today - length < value <= today

    return holds


def _before_last(key: FactKey, length: timedelta) -> Predicate:
    def holds(facts: Values) -> bool:
        value, today = facts.get(key), facts.get(TODAY)
        return value is not None and today is not None and value <= today - length

    return holds


def _in_next(key: FactKey, length: timedelta) -> Predicate:
    def holds(facts: Values) -> bool:
        value, today = facts.get(key), facts.get(TODAY)
        return value is not None and today is not None and today <= value < today + length

    return holds


_Make = Callable[[FactKey, Any], Predicate]

_ONE: Mapping[str, _Make] = {
    "=": _equal,
    "!=": _unequal,
    "<": _less,
    "<=": _at_most,
    ">": _more,
    ">=": _at_least,
    "between": _between,
    "notBetween": _outside,
    "in": _among,
    "notIn": _not_among,
    "contains": _has,
    "doesNotContain": _has_not,
    "beginsWith": _begins,
    "endsWith": _ends,
}
_SEVERAL: Mapping[str, _Make] = {
    "contains": _has,
    "doesNotContain": _several_have_not,
    "in": _have_one_of,
    "notIn": _have_none_of,
}
_RELATIVE: Mapping[str, _Make] = {"inLast": _in_last, "beforeLast": _before_last, "inNext": _in_next}
