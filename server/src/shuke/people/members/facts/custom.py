"""Facts of custom fields that are not personal: their values stand in the summary by key."""

import re
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, Numeric, cast

from shuke.foundation import customization
from shuke.foundation.customization import Field
from shuke.platform.conditions import Choice, Fact, FactType, Moment
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..tables import member_summary
from .stored import EVERYWHERE

PREFIX = "member.custom."
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_GROUP = LocalName("自定义字段", "Custom fields")
_TYPES: dict[str, FactType] = {
    "text": "text",
    "url": "text",
    "number": "decimal",
    "money": "money",
    "date": "date",
    "boolean": "boolean",
    "choice": "text",
    "choices": "choices",
}
_CASTS: dict[FactType, Any] = {"decimal": Numeric(), "money": BigInteger(), "date": Date(), "boolean": Boolean()}


async def custom_facts(session: Session) -> list[Fact]:
    """One fact for each field in use that is not personal and has a value to compare."""
    fields = await customization.list_fields(session)
    return [_fact(field) for field in fields if field.kind in _TYPES and not field.is_personal]


def custom_missing(name: str, kind: FactType) -> Fact | None:
    """The fact of a field that a stored rule asks about, whether the field is still in use or not."""
    key = name.removeprefix(PREFIX)
    if key == name or not _KEY.fullmatch(key):
        return None
    return _made(key, kind, LocalName(key, key), None)


def _fact(field: Field) -> Fact:
    choices = tuple(Choice(value=one.code, label=one.name) for one in field.choices if not one.is_archived)
    return _made(field.key, _TYPES[field.kind], field.label, choices or None)


def _made(key: str, kind: FactType, label: LocalName, choices: tuple[Choice, ...] | None) -> Fact:
    def column(_: Moment) -> ColumnElement[Any]:
        value = member_summary.c.custom[key]
        if kind == "choices":
            return value
        return cast(value.astext, _CASTS[kind]) if kind in _CASTS else value.astext

    return Fact(
        name=PREFIX + key,
        type=kind,
        label=label,
        group=_GROUP,
        scopes=EVERYWHERE,
        choices=choices,
        column=column,
        says_type=True,
    )
