"""Definitions as they are stored, made ready to be asked."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog

from shuke.platform.conditions import Condition, ConditionInvalid, Scope, declared, read
from shuke.platform.conditions.model import Group

from .compiled import Compiled, compile_definition
from .definition import Definition

logger = structlog.get_logger("shuke.earning")

_MOST_KEPT = 10_000
# By content, so that no two databases and no two versions are ever taken for one another.
_kept: dict[bytes, Compiled] = {}


def read_definition(stored: Mapping[str, Any]) -> Definition:
    """A definition of its JSON. Raises pydantic's ValidationError."""
    return Definition.model_validate_json(orjson.dumps(stored))


def written(definition: Definition) -> dict[str, Any]:
    """The JSON of a definition as it should be stored: what is as usual is left out."""
    return definition.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {
        "activity": definition.activity,
        "branches": [_branch(branch.model_dump(mode="json")) for branch in definition.branches],
    }


def _branch(branch: dict[str, Any]) -> dict[str, Any]:
    return branch if branch["when"] is not None else {"effects": branch["effects"]}


def compiled(stored: Mapping[str, Any]) -> Compiled:
    """A published definition, compiled once in a process.

    It was checked when it was published. Where a condition asks for what is there no more, it holds for nobody: one
    rule that gives nothing is better than a till that can sell nothing.
    """
    content = orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)
    known = _kept.get(content)
    if known is not None:
        return known
    lost: list[str] = []

    def reader(tree: Mapping[str, Any], scope: Scope) -> Condition:
        try:
            return read(tree, declared(), scope=scope)
        except ConditionInvalid as error:
            lost.extend(field.pointer for field in error.fields)
            return Condition(tree=tree, needs=frozenset(), holds=_never, root=Group(True, False, (), ""))

    made = compile_definition(read_definition(stored), reader)
    if lost:
        logger.warning("a condition of a published rule cannot be read and holds for nobody", places=lost)
        return made
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[content] = made
    return made


def _never(_: Mapping[Any, Any]) -> bool:
    return False
