"""What keeps a definition from being published, said without refusing it: for forms that are still being filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import Language

from .check import check_definition
from .rules import Definition, read_definition


@dataclass(frozen=True)
class Problem:
    """Why a definition cannot be published. `pointer`: the place in it, empty for the whole."""

    code: str
    pointer: str
    detail: str


@dataclass(frozen=True)
class Proved:
    """A definition as it may be published, or what is wrong with it."""

    definition: Definition | None
    problems: tuple[Problem, ...]


async def prove(session: Session, stored: Mapping[str, Any], language: Language) -> Proved:
    """Everything that keeps a definition from being published."""
    try:
        return Proved(await check_definition(session, stored, language=language), ())
    except AppError as error:
        wrong = [Problem(error.code, field.pointer, field.detail) for field in error.fields]
        return Proved(None, tuple(wrong or [Problem(error.code, "", error.say(language))]))


def find_definition(stored: Mapping[str, Any]) -> Definition | None:
    """A definition of its JSON; None where it is none."""
    try:
        return read_definition(stored)
    except ValidationError:
        return None
