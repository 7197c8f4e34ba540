"""Profiles: what may be in them, and how they are written down before they are sealed."""

import json
from dataclasses import replace
from datetime import date

from shuke.platform.errors import FieldError

from ..errors import BadProfile
from .values import Profile

_LEAP_YEAR = "2000"


def checked(profile: Profile) -> Profile:
    """The profile with blanks trimmed and empty texts left out. Raises BadProfile with a pointer to the field."""
    trimmed = replace(
        profile,
        name=_trim(profile.name),
        birthday=_trim(profile.birthday),
        language=_trim(profile.language),
        address=_trim(profile.address),
    )
    wrong = []
    if trimmed.name is not None and (len(trimmed.name) > 100 or not trimmed.name.isprintable()):
        wrong.append(FieldError("/name", "1–100"))
    if trimmed.birthday is not None and not is_birthday(trimmed.birthday):
        wrong.append(FieldError("/birthday", "YYYY-MM-DD | --MM-DD"))
    if trimmed.gender not in (None, "female", "male"):
        wrong.append(FieldError("/gender", "female | male"))
    if trimmed.language is not None and len(trimmed.language) > 35:
        wrong.append(FieldError("/language", "zh-CN | en"))
    if trimmed.address is not None and len(trimmed.address) > 300:
        wrong.append(FieldError("/address", "1–300"))
    if wrong:
        raise BadProfile(fields=tuple(wrong))
    return trimmed


def is_birthday(text: str) -> bool:
    """Whether a text is `YYYY-MM-DD` from 1900 on, or `--MM-DD`."""
    year, day = (_LEAP_YEAR, text[2:]) if text.startswith("--") else (text[:4], text[5:])
    if len(text) != (7 if text.startswith("--") else 10) or not text.isascii():
        return False
    try:
        return date.fromisoformat(f"{year}-{day}").year >= 1900 and text.endswith(f"-{day}")
    except ValueError:
        return False


def write(profile: Profile) -> bytes:
    """A profile as JSON, empty fields left out."""
    filled = {name: value for name, value in vars(profile).items() if value is not None}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> Profile:
    """A profile from its JSON."""
    return Profile(**json.loads(content))


def changed_fields(before: Profile, after: Profile) -> tuple[str, ...]:
    """The names of the fields that differ."""
    new = vars(after)
    return tuple(name for name, value in vars(before).items() if value != new[name])


def _trim(text: str | None) -> str | None:
    return (text.strip() or None) if text is not None else None
