"""Which values fit a field, and the one form in which each is kept. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from shuke.platform.errors import FieldError

from ..errors import BadValue
from . import patterns
from .fields import LONGEST, Field, Value

_LARGEST = 10**15
_DIGITS = 12


class ValueWrong(ValueError):
    """A value that does not fit; the message says what would."""


def read(field: Field, sent: Any) -> Value | None:
    """A value in the form in which it is kept; None for nothing. Raises ValueWrong."""
    if sent is None or sent in ("", []):
        return None
    if field.kind in ("text", "long_text", "url"):
        return _text(field, sent)
    if field.kind in ("number", "money", "date"):
        return _ordered(field, sent)
    if field.kind == "boolean":
        if not isinstance(sent, bool):
            raise ValueWrong("true | false")
        return sent
    return _chosen(field, sent)


def read_all(
    fields: Sequence[Field], present: Mapping[str, Value], sent: Mapping[str, Any], *, is_new: bool
) -> dict[str, Value]:
    """All values of a record after a change. Fields left out stay; null or an empty text empties one.

    A new record takes defaults for what is left out. Required fields must have a value on a new record, and may not be
    emptied later. Raises BadValue with a pointer to each field that is wrong.
    """
    known = {field.key: field for field in fields if not field.is_archived}
    after = dict(present)
    if is_new:
        after |= {field.key: field.default for field in known.values() if field.default is not None}
    wrong = [FieldError(f"/custom/{_escaped(key)}", "?") for key in sent if key not in known]
    for key, field in known.items():
        if key in sent:
            try:
                value = read(field, sent[key])
            except ValueWrong as error:
                wrong.append(FieldError(f"/custom/{key}", str(error)))
                continue
            if value is None:
                after.pop(key, None)
            else:
                after[key] = value
        if field.is_required and key not in after and (is_new or key in sent):
            wrong.append(FieldError(f"/custom/{key}", "!"))
    if wrong:
        raise BadValue(fields=tuple(wrong))
    return after


def _text(field: Field, sent: Any) -> str | None:
    longest = min(field.limits.longest or LONGEST[field.kind], LONGEST[field.kind])
    shortest = field.limits.shortest or 0
    text = sent.strip() if isinstance(sent, str) else None
    if text == "":
        return None
    is_plain = text is not None and (text.isprintable() or field.kind == "long_text")
    if text is None or not is_plain or not shortest <= len(text) <= longest:
        raise ValueWrong(f"{max(shortest, 1)}–{longest}")
    if field.limits.pattern is not None and not patterns.matches(field.limits.pattern, text):
        raise ValueWrong(field.limits.pattern)
    if field.kind == "url" and not _is_url(text):
        raise ValueWrong("https://…")
    return text


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        return False


def _ordered(field: Field, sent: Any) -> Value:
    if field.kind == "date":
        day = as_day(sent)
        if day is None:
            raise ValueWrong("YYYY-MM-DD")
        _require_range(field, day, day)
        return day
    number = as_number(sent)
    if number is None or (field.kind == "money" and number != number.to_integral_value()):
        raise ValueWrong("0" if field.kind == "money" else "0.0")
    low, high = field.limits.low, field.limits.high
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        raise ValueWrong(_range(low, high))
    return int(number) if field.kind == "money" else plain_number(number)


def _require_range(field: Field, value: str, shown: str) -> None:
    low, high = field.limits.low, field.limits.high
    if (low is not None and value < low) or (high is not None and shown > high):
        raise ValueWrong(_range(low, high))


def _range(low: str | None, high: str | None) -> str:
    return f"{low or ''}–{high or ''}"


def as_day(sent: Any) -> str | None:
    """A day as YYYY-MM-DD, or None where it is none."""
    if not isinstance(sent, str) or len(sent) != 10:
        return None
    try:
        return sent if date.fromisoformat(sent).isoformat() == sent else None
    except ValueError:
        return None


def as_number(sent: Any) -> Decimal | None:
    """A number that can be kept, or None."""
    if isinstance(sent, bool) or not isinstance(sent, int | float | str):
        return None
    try:
        number = Decimal(str(sent).strip())
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    is_kept = number.is_finite() and isinstance(exponent, int) and exponent >= -_DIGITS and abs(number) <= _LARGEST
    return number if is_kept else None


def plain_number(number: Decimal) -> str:
    """A number in its one spelling: no exponent, no zeros at the end."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _chosen(field: Field, sent: Any) -> Value:
    offered = [choice.code for choice in field.choices if not choice.is_archived]
    expected = ", ".join(offered[:10])
    if field.kind == "choice":
        if sent not in offered:
            raise ValueWrong(expected)
        return str(sent)
    if not isinstance(sent, list) or not all(isinstance(one, str) and one in offered for one in sent):
        raise ValueWrong(expected)
    return [code for code in offered if code in sent]


def _escaped(key: str) -> str:
    """A key of a request in a pointer; it may be anything."""
    return key[:60].replace("~", "~0").replace("/", "~1")
