"""Filters and sorts by custom fields: only those whose index is ready, on the expression that the index holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Numeric, Text, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import JSONB

from shuke.foundation import customization
from shuke.foundation.customization import BadCustomFilter, Field, NotFilterable
from shuke.platform.db import Session
from shuke.platform.pages import BadCursor

PREFIX = "custom."
_TYPES: dict[str, Any] = {"text": Text(), "number": Numeric(), "money": BigInteger(), "choices": JSONB()}
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class CustomOrder:
    """How a list is sorted by a field. `read` turns a cursor's value into one to compare with. Raises BadCursor."""

    expression: ColumnElement[Any]
    kind: Any
    read: Callable[[Any], ColumnElement[Any]]


async def custom_conditions(session: Session, asked: Sequence[tuple[str, str]] | None) -> list[ColumnElement[bool]]:
    """What holds of a row of the summary that passes; `asked`: (key, or key_min, key_max; the text of the query).

    Raises NotFilterable or BadCustomFilter.
    """
    if not asked:
        return []
    fields = {field.key: field for field in await customization.list_fields(session)}
    return [_condition(fields, name, text) for name, text in asked]


async def custom_order(session: Session, name: str) -> CustomOrder:
    """How `custom.<key>` sorts. Raises NotFilterable."""
    key = name.removeprefix(PREFIX)
    field = (await customization.find_fields(session, [key])).get(key)
    if field is None or not field.may_be_filtered or field.kind not in customization.SORTABLE:
        raise NotFilterable(key=key[:40])
    return CustomOrder(_expression(field), _TYPES[customization.compared_as(field.kind)], lambda v: _place(field, v))


def _condition(fields: dict[str, Field], name: str, text: str) -> ColumnElement[bool]:
    field, side = fields.get(name), ""
    if field is None:
        stem, _, side = name.rpartition("_")
        field = fields.get(stem) if side in ("min", "max") else None
    if field is None or not field.may_be_filtered:
        raise NotFilterable(key=name[:40])
    if side and field.kind in ("boolean", "choice", "choices"):
        raise NotFilterable(key=name[:40])
    here = _expression(field)
    if field.kind in ("choice", "choices"):
        return _chosen(field, here, text)
    there = _asked(field, text)
    if side == "min":
        return here >= there
    if side == "max":
        # What is empty sorts below everything, and is nothing that was asked for.
        return (here <= there) & (here > literal_column(_lowest(field)))
    return here == there


def _chosen(field: Field, here: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    known = {choice.code for choice in field.choices}
    codes = [code for code in text.split(",") if code]
    if not codes or not known.issuperset(codes):
        raise BadCustomFilter(key=field.key, expected=customization.expected(field))
    if field.kind == "choice":
        return here.in_([literal(code, Text()) for code in codes])
    return or_(*(here.op("@>")(literal([code], JSONB())) for code in codes))


def _asked(field: Field, text: str) -> ColumnElement[Any]:
    value = customization.read_asked(field, text.strip())
    if value is None:
        raise BadCustomFilter(key=field.key, expected=customization.expected(field))
    return literal(value, _TYPES[customization.compared_as(field.kind)])


def _expression(field: Field) -> ColumnElement[Any]:
    return literal_column(customization.expression(field), _TYPES[customization.compared_as(field.kind)])


def _lowest(field: Field) -> str:
    return customization.LOWEST[customization.compared_as(field.kind)]


def _place(field: Field, value: Any) -> ColumnElement[Any]:
    """A value of a cursor, which comes from outside, to compare with."""
    form = customization.compared_as(field.kind)
    if value is None:
        return literal_column(_lowest(field))
    if form == "money":
        if type(value) is not int or not -_LARGEST <= value <= _LARGEST:
            raise BadCursor
        return literal(value, BigInteger())
    if field.kind == "boolean" and isinstance(value, bool):
        return literal("true" if value else "false", Text())
    if type(value) is not str or len(value) > 1_000 or "\x00" in value:
        raise BadCursor
    if form == "number":
        number = customization.read_asked(field, value)
        if not isinstance(number, Decimal):
            raise BadCursor
        return literal(number, Numeric())
    return literal(value, Text())
