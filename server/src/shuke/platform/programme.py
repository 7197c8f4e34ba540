"""A programme as one document: what it is made of is contributed by the modules that own the parts.

A part is plain data under its own key. Parts come lowest layer first, so that what a part refers to is there before it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName


@dataclass(frozen=True, kw_only=True)
class ProgrammeLine:
    """One thing that would be otherwise, in words of the reader's language. None: it is not there before, or after."""

    title: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class ProgrammeChange:
    """What taking over a document would do to one named thing of a part."""

    kind: Literal["added", "changed", "retired"]
    code: str
    name: LocalName
    lines: tuple[ProgrammeLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgrammePart:
    """A part of the programme. Contributed by the module that owns it; contributes at most one change per thing.

    `export`: the part as plain data (texts, numbers, lists, mappings), the same for the same content.
    `diff`: what taking over such data would change here; nothing where it equals what `export` gives. Raises AppErrors
    where the data cannot be taken over. `apply`: do so; what changes holds from the instant on (None: from now on).
    """

    key: str
    name: LocalName
    export: Callable[[Session], Awaitable[Any]]
    diff: Callable[[Session, Any, Language], Awaitable[list[ProgrammeChange]]]
    apply: Callable[[Session, Any, datetime | None, Actor], Awaitable[None]]
