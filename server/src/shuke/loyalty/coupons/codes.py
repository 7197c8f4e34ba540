"""Codes of coupons: 16 characters, the last of them a check character; read aloud, typed and scanned."""

from shuke.platform import ids

_RANDOM = 15


def new_code() -> str:
    """A code that nobody can guess: 73 random bits and a check character."""
    return ids.new_code("", _RANDOM)


def normal(text: str) -> str:
    """A code as it is stored, from what was typed or scanned: no spaces and dashes, capital letters."""
    return "".join(text.split()).replace("-", "").upper()


def is_mistyped(code: str) -> bool:
    """Whether a code has the look of ours, but its check character says that it is not one."""
    has_look = len(code) == _RANDOM + 1 and all(character in ids.ALPHABET for character in code)
    return has_look and not ids.is_code(code, "", _RANDOM)
