"""Which definitions of fields fit together. Pure."""

from dataclasses import replace

from shuke.platform.errors import FieldError

from ..errors import BadDefinition
from . import patterns
from .fields import LONGEST, MOST_CHOICES, Field, Limits
from .values import ValueWrong, as_day, as_number, read

# Kinds that a list can be filtered by.
FILTERABLE = ("text", "number", "money", "date", "boolean", "choice", "choices", "url")
# Those among them that have an order.
SORTABLE = ("text", "number", "money", "date", "boolean", "choice", "url")
_TEXTS = ("text", "long_text", "url")
_ORDERED = ("number", "money", "date")


def checked(field: Field, *, is_filterable: bool) -> Field:
    """The field with limits that mean nothing for its kind left out. Raises BadDefinition with pointers."""
    limits = _fitting(field)
    wrong = [*_wrong_limits(field, limits), *_wrong_choices(field)]
    if is_filterable and (field.is_personal or field.kind not in FILTERABLE):
        wrong.append(FieldError("/is_filterable", "false"))
    fitting = replace(field, limits=limits, choices=field.choices if field.kind in ("choice", "choices") else ())
    if not wrong and fitting.default is not None:
        try:
            fitting = replace(fitting, default=read(fitting, fitting.default))
        except ValueWrong as error:
            wrong.append(FieldError("/default", str(error)))
    if wrong:
        raise BadDefinition(fields=tuple(wrong))
    return fitting


def _fitting(field: Field) -> Limits:
    limits = field.limits
    if field.kind in _TEXTS:
        return replace(limits, low=None, high=None)
    if field.kind in _ORDERED:
        return Limits(low=limits.low, high=limits.high)
    return Limits()


def _wrong_limits(field: Field, limits: Limits) -> list[FieldError]:
    wrong = []
    longest = LONGEST.get(field.kind, 0)
    if limits.longest is not None and not 1 <= limits.longest <= longest:
        wrong.append(FieldError("/limits/longest", f"1–{longest}"))
    if limits.shortest is not None and not 0 <= limits.shortest <= (limits.longest or longest):
        wrong.append(FieldError("/limits/shortest", f"0–{limits.longest or longest}"))
    if limits.pattern is not None:
        try:
            patterns.check(limits.pattern)
        except patterns.PatternWrong:
            wrong.append(FieldError("/limits/pattern", "[A-Z]{2}\\d{4,8}"))
    wrong += [
        FieldError(f"/limits/{name}", "YYYY-MM-DD" if field.kind == "date" else "0")
        for name, value in (("low", limits.low), ("high", limits.high))
        if value is not None and not _is_bound(field, value)
    ]
    if not wrong and limits.low is not None and limits.high is not None and _is_above(field, limits.low, limits.high):
        wrong.append(FieldError("/limits/high", f"≥ {limits.low}"))
    return wrong


def _is_bound(field: Field, value: str) -> bool:
    if field.kind == "date":
        return as_day(value) is not None
    number = as_number(value)
    return number is not None and (field.kind != "money" or number == number.to_integral_value())


def _is_above(field: Field, low: str, high: str) -> bool:
    if field.kind == "date":
        return low > high
    first, last = as_number(low), as_number(high)
    return first is not None and last is not None and first > last


def _wrong_choices(field: Field) -> list[FieldError]:
    if field.kind not in ("choice", "choices"):
        return []
    codes = [choice.code for choice in field.choices]
    if not 1 <= len(codes) <= MOST_CHOICES:
        return [FieldError("/choices", f"1–{MOST_CHOICES}")]
    if len(set(codes)) != len(codes):
        return [FieldError("/choices", "≠")]
    return []
