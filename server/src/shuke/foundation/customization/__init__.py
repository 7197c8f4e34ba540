"""Custom fields: what a shop wants to know of its members beyond the built-in fields."""

from .errors import BadCustomFilter, BadValue, NotFilterable
from .extensions import CustomRecords
from .queries import find_fields, list_fields
from .rules.definitions import SORTABLE
from .rules.fields import Field, Value
from .rules.indexes import LOWEST, compared_as, expected, expression, read_asked
from .rules.values import read_all

__all__ = [
    "LOWEST",
    "SORTABLE",
    "BadCustomFilter",
    "BadValue",
    "CustomRecords",
    "Field",
    "NotFilterable",
    "Value",
    "compared_as",
    "expected",
    "expression",
    "find_fields",
    "list_fields",
    "read_all",
    "read_asked",
]
