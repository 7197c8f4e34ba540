"""Terms as they are stored, made ready to be asked."""

from functools import lru_cache

from shuke.platform.conditions import Condition, declared, read_stored

from .model import Promise
from .terms import Terms


def read_promise(template_id: int, version: int, code: str, stored: str) -> Promise:
    """Published terms of their JSON text, compiled once in a process: the text names them in any database."""
    terms, members = _compiled(stored)
    return Promise(template_id=template_id, version=version, code=code, terms=terms, members=members)


@lru_cache(maxsize=10_000)
def _compiled(stored: str) -> tuple[Terms, Condition | None]:
    terms = Terms.model_validate_json(stored)
    tree = terms.scope.members
    return terms, read_stored(tree, declared(), scope="members") if tree is not None else None
