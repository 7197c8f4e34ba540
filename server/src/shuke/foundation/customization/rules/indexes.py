"""How each kind of field is compared: one expression, which its index, filters and sorts share. Pure."""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

from .fields import Field, Kind
from .values import as_day

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

# What is empty sorts below everything, and no filter finds it.
_TEXT = """(coalesce(custom ->> '<key>', '') collate "C")"""
_NUMBER = "(coalesce((custom ->> '<key>')::numeric, '-Infinity'::numeric))"
_MONEY = "(coalesce((custom ->> '<key>')::bigint, '-9223372036854775808'::bigint))"
_CHOICES = "(custom -> '<key>')"

LOWEST = {"text": "''", "number": "'-Infinity'::numeric", "money": "'-9223372036854775808'::bigint"}
Compared = Literal["text", "number", "money", "choices"]


def compared_as(kind: Kind) -> Compared:
    """In which form values of a kind are compared; days and yes-or-no as text."""
    if kind in ("number", "money", "choices"):
        return kind
    return "text"


def expression(field: Field) -> str:
    """The SQL expression of a field's value. A key has letters, digits and underscores alone."""
    if not _KEY.fullmatch(field.key):
        raise ValueError(field.key)
    forms = {"text": _TEXT, "number": _NUMBER, "money": _MONEY, "choices": _CHOICES}
    return forms[compared_as(field.kind)].replace("<key>", field.key)


def index_name(table: str, field: Field) -> str:
    """What the index of a field is called: by its number, so that no name is ever too long."""
    return f"{table}_custom_{field.id}_idx"


def read_asked(field: Field, text: str) -> str | int | Decimal | None:
    """What a filter compares with, from the text of a query; None where it is not of the field's kind."""
    if field.kind == "date":
        return as_day(text)
    if field.kind == "boolean":
        return text if text in ("true", "false") else None
    if field.kind == "money":
        is_whole = re.fullmatch(r"-?[0-9]{1,18}", text) is not None
        return int(text) if is_whole else None
    if field.kind == "number":
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number) < 10**30 else None
    return text if 0 < len(text) <= 500 else None


def expected(field: Field) -> str:
    """What a filter of this field may be."""
    if field.kind in ("choice", "choices"):
        return ", ".join(choice.code for choice in field.choices[:20])
    examples = {"date": "YYYY-MM-DD", "boolean": "true | false", "money": "0", "number": "0.0"}
    return examples.get(field.kind, "1–500")
