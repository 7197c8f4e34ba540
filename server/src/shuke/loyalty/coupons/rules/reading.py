"""Terms as they are stored, made ready to be asked."""

from collections.abc import Mapping
from typing import Any

import structlog

from shuke.platform.conditions import Condition, ConditionInvalid, declared, read_stored
from shuke.platform.conditions.model import Group

from .model import Promise
from .terms import Terms

logger = structlog.get_logger("shuke.coupons")

_MOST_KEPT = 10_000
# By content, so that no two databases and no two versions are ever taken for one another.
_kept: dict[str, tuple[Terms, Condition | None]] = {}


def read_promise(template_id: int, version: int, code: str, stored: str) -> Promise:
    """Published terms of their JSON text, compiled once in a process.

    Their condition was checked when they were published. Where it asks for what is there no more, it holds for nobody:
    a coupon that cannot be used is better than a till that can sell nothing. Custom fields tell their type in the
    condition itself, so no database is asked.
    """
    terms, members = _kept.get(stored) or _compiled(stored)
    return Promise(template_id=template_id, version=version, code=code, terms=terms, members=members)


def _compiled(stored: str) -> tuple[Terms, Condition | None]:
    terms = Terms.model_validate_json(stored)
    tree = terms.scope.members
    try:
        members = read_stored(tree, declared(), scope="members") if tree is not None else None
    except ConditionInvalid as error:
        places = [field.pointer for field in error.fields]
        logger.warning("a condition of published terms cannot be read and holds for nobody", places=places)
        return terms, Condition(tree=tree or {}, needs=frozenset(), holds=_never, root=Group(True, False, (), ""))
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[stored] = terms, members
    return terms, members


def _never(_: Mapping[Any, Any]) -> bool:
    return False
