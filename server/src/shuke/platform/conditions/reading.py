"""Reads a condition out of JSON, in the shape that editors of rule groups use, and refuses what is not right."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn, get_args

from shuke.platform.i18n import Language, LocalName

from . import complaints as said
from .catalogue import Catalogue
from .complaints import Complaints
from .errors import ConditionInvalid
from .impossible import find_impossible
from .model import TODAY, Argument, Condition, Fact, FactKey, FactType, Group, Rule, Scope, fact_key
from .operators import RELATIVE, WANTS, operators, word
from .predicates import compile_group
from .values import DEEPEST, MOST_RULES, clean_text, read_value, written

# What editors keep beside the meaning.
_EDITORS = {"id", "path"}
_GROUP = {"combinator", "not", "rules"} | _EDITORS
_RULE = {"field", "operator", "value", "arguments", "type", "valueSource"} | _EDITORS
_TYPES = get_args(FactType)


def read(tree: Any, catalogue: Catalogue, *, scope: Scope, pointer: str = "", language: Language = "en") -> Condition:
    """A condition from its JSON. `pointer`: where it stands in the request. Raises ConditionInvalid, which names each
    wrong place, what may stand there, and conditions that can never hold.
    """
    reader = _Reader(catalogue, scope, Complaints(language), pointer)
    root = reader.read(tree)
    find_impossible(root, reader.complaints)
    reader.finish()
    return _made(root)


def read_stored(tree: Any, catalogue: Catalogue, *, scope: Scope) -> Condition:
    """A condition that was read before, and stays what it is though choices have gone from their lists since.

    Raises ConditionInvalid.
    """
    reader = _Reader(catalogue, scope, Complaints("en"), "", knows_choices=False)
    root = reader.read(tree)
    reader.finish()
    return _made(root)


def _made(root: Group) -> Condition:
    return Condition(tree=_group_tree(root), needs=frozenset(_needs(root)), holds=compile_group(root), root=root)


class _Wrong(Exception):
    """Something in a part is wrong, and has been told."""


class _Reader:
    def __init__(
        self, catalogue: Catalogue, scope: Scope, complaints: Complaints, pointer: str, *, knows_choices: bool = True
    ) -> None:
        self.catalogue = catalogue
        self.scope: Scope = scope
        self.complaints = complaints
        self.pointer = pointer
        self.knows_choices = knows_choices
        self.rules = 0

    def read(self, tree: Any) -> Group:
        """The whole. Raises ConditionInvalid."""
        try:
            return self.group(tree, self.pointer, depth=1)
        except _Wrong:
            raise ConditionInvalid(fields=tuple(self.complaints.fields)) from None

    def finish(self) -> None:
        """Raises ConditionInvalid where anything was found wrong."""
        if self.complaints.fields:
            raise ConditionInvalid(fields=tuple(self.complaints.fields))

    def group(self, tree: Any, pointer: str, depth: int) -> Group:
        """A group and everything in it. Raises _Wrong when all of it has been looked at."""
        if depth > DEEPEST:
            self._refuse(pointer, said.DEPTH, most=DEEPEST)
        if not isinstance(tree, Mapping) or not isinstance(tree.get("rules"), list):
            self._refuse(pointer, said.SHAPE)
        self._only(tree, _GROUP, pointer)
        if tree.get("combinator", "and") not in ("and", "or"):
            self._refuse(f"{pointer}/combinator", said.COMBINATOR)
        if not isinstance(tree.get("not", False), bool):
            self._refuse(f"{pointer}/not", said.NOT)
        if not tree["rules"]:
            self._refuse(f"{pointer}/rules", said.EMPTY)
        parts: list[Rule | Group] = []
        for number, part in enumerate(tree["rules"]):
            if self.rules >= MOST_RULES:
                self._refuse(f"{pointer}/rules", said.COUNT, most=MOST_RULES)
            with suppress(_Wrong):
                parts.append(self._part(part, f"{pointer}/rules/{number}", depth))
        if len(parts) < len(tree["rules"]):
            raise _Wrong
        return Group(tree.get("combinator", "and") == "and", tree.get("not", False), tuple(parts), pointer)

    def _part(self, part: Any, pointer: str, depth: int) -> Rule | Group:
        if isinstance(part, Mapping) and "rules" in part:
            return self.group(part, pointer, depth + 1)
        self.rules += 1
        return self._rule(part, pointer)

    def _rule(self, tree: Any, pointer: str) -> Rule:
        if not isinstance(tree, Mapping) or not isinstance(tree.get("field"), str):
            self._refuse(pointer, said.SHAPE)
        self._only(tree, _RULE, pointer)
        if tree.get("valueSource", "value") != "value":
            self._refuse(f"{pointer}/valueSource", said.UNKNOWN_PART, names="valueSource")
        fact = self._fact(tree, pointer)
        key = self._key(fact, tree.get("arguments"), f"{pointer}/arguments")
        allowed, operator = operators(fact), tree.get("operator")
        if operator not in allowed:
            named = self.complaints.listed(f"{one} ({self._say(word(fact, one))})" for one in allowed)
            self._refuse(f"{pointer}/operator", said.OPERATOR, fact=self._say(fact.label), allowed=named)
        told = len(self.complaints.fields)
        value = self._value(fact, operator, tree.get("value"), f"{pointer}/value")
        if len(self.complaints.fields) > told:
            raise _Wrong
        return Rule(key, fact, operator, value, pointer)

    def _fact(self, tree: Mapping[str, Any], pointer: str) -> Fact:
        type_said = tree.get("type")
        fact = self.catalogue.find(tree["field"], type_said if type_said in _TYPES else None)
        if fact is None:
            self._refuse(f"{pointer}/field", said.UNKNOWN_FACT)
        if self.scope not in fact.scopes:
            self._refuse(f"{pointer}/field", said.OUT_OF_SCOPE, fact=self._say(fact.label))
        return fact

    def _key(self, fact: Fact, sent: Any, pointer: str) -> FactKey:
        sent = {} if sent is None else sent
        if not isinstance(sent, Mapping):
            self._refuse(pointer, said.ARGUMENTS)
        others = sorted(str(name)[:40] for name in set(sent) - {argument.name for argument in fact.arguments})
        if others:
            names = self.complaints.listed(others, most=5)
            self._refuse(pointer, said.NO_ARGUMENTS, fact=self._say(fact.label), names=names)
        values = {
            argument.name: self._argument(argument, sent.get(argument.name), f"{pointer}/{argument.name}")
            for argument in fact.arguments
        }
        return fact_key(fact.name, **values)

    def _argument(self, argument: Argument, sent: Any, pointer: str) -> Any:
        name = self._say(argument.label)
        if sent is None:
            if argument.is_required:
                self._refuse(pointer, said.ARGUMENT, name=name)
            return None
        if argument.type == "text":
            if clean_text(sent, pointer, self.complaints) is None:
                raise _Wrong
        elif type(sent) is not int or not argument.low <= sent <= argument.high:
            self._refuse(pointer, said.ARGUMENT_RANGE, name=name, low=argument.low, high=argument.high)
        return sent

    def _value(self, fact: Fact, operator: str, sent: Any, pointer: str) -> Any:
        if WANTS[operator] == "none":
            if sent not in (None, ""):
                self._refuse(pointer, said.NO_VALUE)
            return None
        known = fact if self.knows_choices else replace(fact, choices=None)
        return read_value(known, WANTS[operator], sent, pointer, self.complaints)

    def _only(self, tree: Mapping[str, Any], known: set[str], pointer: str) -> None:
        others = sorted(str(name)[:40] for name in tree if name not in known)
        if others:
            self._refuse(pointer, said.UNKNOWN_PART, names=self.complaints.listed(others, most=5))

    def _say(self, text: LocalName) -> str:
        return text.pick(self.complaints.language)

    def _refuse(self, pointer: str, text: LocalName, **values: object) -> NoReturn:
        self.complaints.add(pointer, text, **values)
        raise _Wrong


def _needs(group: Group) -> set[FactKey]:
    needs: set[FactKey] = set()
    for part in group.parts:
        if isinstance(part, Group):
            needs |= _needs(part)
            continue
        needs.add(part.key)
        if part.operator in RELATIVE:
            needs.add(TODAY)
    return needs


def _group_tree(group: Group) -> dict[str, Any]:
    rules = [_group_tree(part) if isinstance(part, Group) else _rule_tree(part) for part in group.parts]
    return {"combinator": "and" if group.is_all else "or", "not": group.is_negated, "rules": rules}


def _rule_tree(rule: Rule) -> dict[str, Any]:
    tree: dict[str, Any] = {"field": rule.key[0], "operator": rule.operator}
    if WANTS[rule.operator] != "none":
        tree["value"] = written(rule.value)
    if rule.key[1]:
        tree["arguments"] = dict(rule.key[1])
    if rule.fact.says_type:
        tree["type"] = rule.fact.type
    return tree
