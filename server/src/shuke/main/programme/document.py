"""The document: plain YAML with the parts that modules contribute, read without any of YAML's surprises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from shuke.platform import audit
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.module import contributions
from shuke.platform.programme import ProgrammeChange, ProgrammePart

from .errors import ProgrammeTooLarge, ProgrammeUnknown, ProgrammeUnreadable

FORMAT = 1
MOST_KB = 2_048

Document = Mapping[str, Any]


@dataclass(frozen=True)
class PartChanges:
    """What taking over a document would do to one part."""

    key: str
    name: LocalName
    changes: tuple[ProgrammeChange, ...]


class _Plain(yaml.SafeLoader):
    """Texts, numbers, lists and mappings: no anchors, which can grow without end, and no days read by themselves."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the library carries no types here
        if getattr(event, "anchor", None):
            raise yaml.YAMLError("anchors are not taken")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str) -> Document:
    """A document of its text. Raises ProgrammeTooLarge, ProgrammeUnreadable, ProgrammeUnknown."""
    if len(text.encode()) > MOST_KB * 1024:
        raise ProgrammeTooLarge(limit=MOST_KB)
    try:
        found = yaml.load(text, Loader=_Plain)  # noqa: S506 — a safe loader, made stricter
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ProgrammeUnreadable(reason=_reason(error)) from None
    return known(found)


def known(found: Any) -> Document:
    """The document itself, if it is one that this program knows. Raises ProgrammeUnknown."""
    keys = [part.key for part in parts()]
    is_known = isinstance(found, Mapping) and found.get("format") == FORMAT
    if not is_known or not set(found) - {"format"} <= set(keys):
        raise ProgrammeUnknown(format=FORMAT, parts=", ".join(keys))
    return dict(found)


def write(document: Document) -> str:
    """The text of a document; the same for the same content."""
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=120)


def parts() -> tuple[ProgrammePart, ...]:
    """What a programme is made of, lowest layer first."""
    return contributions(ProgrammePart)


async def export(session: Session) -> Document:
    """The programme of this installation."""
    return {"format": FORMAT, **{part.key: await part.export(session) for part in parts()}}


async def preview(
    session: Session, document: Document, language: Language, effective_from: datetime | None = None
) -> list[PartChanges]:
    """What taking a document over would change here. Raises what parts refuse.

    It is taken over and undone: what one part brings, such as a currency, the next may need.
    """
    attempt = await session.begin_nested()
    try:
        return await take_over(session, document, language, effective_from, SYSTEM)
    finally:
        await attempt.rollback()


async def take_over(
    session: Session, document: Document, language: Language, effective_from: datetime | None, actor: Actor
) -> list[PartChanges]:
    """Take a document over, all of it or, where a part refuses, nothing. What it does not speak of stays.

    Answers what changed. Raises what parts refuse.
    """
    changed = []
    for part in parts():
        if document.get(part.key) is None:
            continue
        changes = tuple(await part.diff(session, document[part.key], language))
        if changes:
            await part.apply(session, document[part.key], effective_from, actor)
            details: dict[str, list[str]] = {}
            for change in changes:
                details.setdefault(change.kind, []).append(change.code)
            await audit.record(session, actor, "programme.imported", "programme", part.key, details)
        changed.append(PartChanges(part.key, part.name, changes))
    return changed


def _reason(error: BaseException) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}" if mark else ""
    return " ".join(filter(None, [str(getattr(error, "problem", None) or "not readable"), place]))
