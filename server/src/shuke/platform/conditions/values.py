"""Reads the values that facts are compared with: of the fact's type, within bounds, fit to be stored."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from . import complaints as said
from .complaints import Complaints
from .model import Fact
from .operators import Wants

DEEPEST = 8
MOST_RULES = 200
MOST_VALUES = 1_000
LONGEST = 200
MOST_DAYS = 3_660
PLACES = 6
# What every reader of JSON keeps exactly.
_LARGEST = 2**53 - 1


def read_value(fact: Fact, wants: Wants, sent: Any, pointer: str, complaints: Complaints) -> Any:
    """The value of a rule; None, with a complaint, where it is not right."""
    if wants == "days":
        if type(sent) is not int or not 1 <= sent <= MOST_DAYS:
            complaints.add(pointer, said.DAYS, most=MOST_DAYS)
        return sent
    if wants == "one":
        return _one(fact, sent, pointer, complaints)
    if not isinstance(sent, list):
        complaints.add(pointer, said.PAIR if wants == "two" else said.LIST, most=MOST_VALUES)
        return None
    if wants == "two" and len(sent) != 2:
        complaints.add(pointer, said.PAIR)
        return None
    if not 1 <= len(sent) <= MOST_VALUES:
        complaints.add(pointer, said.LIST, most=MOST_VALUES)
        return None
    return tuple(_one(fact, value, f"{pointer}/{number}", complaints) for number, value in enumerate(sent))


def clean_text(sent: Any, pointer: str, complaints: Complaints) -> str | None:
    """A text that can be stored, or None with a complaint."""
    if not isinstance(sent, str) or not 1 <= len(sent) <= LONGEST:
        complaints.add(pointer, said.ONE_TEXT, most=LONGEST)
        return None
    # No text column holds NUL, and halves of a surrogate pair are no characters.
    if "\x00" in sent or any("\ud800" <= character <= "\udfff" for character in sent):
        complaints.add(pointer, said.CLEAN_TEXT)
        return None
    return sent


def written(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    # As text, so that no reader rounds it.
    return str(value) if isinstance(value, Decimal) else value


def _one(fact: Fact, sent: Any, pointer: str, complaints: Complaints) -> Any:
    if fact.choices is not None:
        known = [choice.value for choice in fact.choices]
        if not any(type(sent) is type(value) and sent == value for value in known):
            complaints.add(pointer, said.CHOICE, allowed=complaints.listed(map(str, known)))
        return sent
    if fact.type in ("text", "choices"):
        return clean_text(sent, pointer, complaints)
    if fact.type == "boolean":
        if not isinstance(sent, bool):
            complaints.add(pointer, said.BOOLEAN)
        return sent
    if fact.type == "date":
        return _day(sent, pointer, complaints)
    if fact.type == "decimal":
        return _decimal(sent, pointer, complaints)
    if isinstance(sent, bool) or not isinstance(sent, (int, float)) or sent != sent // 1 or abs(sent) > _LARGEST:
        complaints.add(pointer, said.MONEY if fact.type == "money" else said.INTEGER)
        return None
    return int(sent)


def _day(sent: Any, pointer: str, complaints: Complaints) -> date | None:
    try:
        day = date.fromisoformat(sent) if isinstance(sent, str) and len(sent) == 10 and sent.isascii() else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2999:
        complaints.add(pointer, said.DATE)
        return None
    return day


def _decimal(sent: Any, pointer: str, complaints: Complaints) -> Decimal | None:
    try:
        is_number = isinstance(sent, (int, float, str)) and not isinstance(sent, bool) and len(str(sent)) <= 40
        number = Decimal(str(sent)) if is_number else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > _LARGEST or number != round(number, PLACES):
        complaints.add(pointer, said.DECIMAL, places=PLACES)
        return None
    return number
