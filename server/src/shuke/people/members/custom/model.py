"""Values of custom fields as they are told apart: those that stand in lists, and those that are sealed. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from shuke.foundation import customization
from shuke.foundation.customization import Field, Value

HIDDEN = "***"


def split(fields: Sequence[Field], values: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """Values apart: (what lists may show, what is sealed with the member's key)."""
    personal = {field.key for field in fields if field.is_personal}
    plain = {key: value for key, value in values.items() if key not in personal}
    return plain, {key: value for key, value in values.items() if key in personal}


def shown(fields: Sequence[Field], plain: Mapping[str, Any], sealed: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a caller sees: fields in use that have a value; of personal ones only that there is something."""
    found = {}
    for field in fields:
        if field.is_personal:
            if sealed and field.key in sealed:
                found[field.key] = HIDDEN
        elif field.key in plain:
            found[field.key] = plain[field.key]
    return found


def read_changes(
    fields: Sequence[Field], present: Mapping[str, Value], sent: Mapping[str, Any], *, is_new: bool
) -> dict[str, Value]:
    """All values after a change; a masked value that comes back unchanged is left as it is. Raises BadValue."""
    personal = {field.key for field in fields if field.is_personal}
    meant = {key: value for key, value in sent.items() if not (key in personal and value == HIDDEN)}
    return customization.read_all(fields, present, meant, is_new=is_new)
