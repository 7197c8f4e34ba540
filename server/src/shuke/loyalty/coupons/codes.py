"""Codes of coupons: 16 characters, the last of them a check character; read aloud, typed and scanned.

Codes of a batch may have a prefix in front. Codes of other systems are kept as `normal` writes them.
"""

from shuke.platform import ids

_RANDOM = 15
LONGEST_PREFIX = 8
# Characters that nobody misreads; the same as of the codes themselves.
PREFIX = r"^[2-9A-HJKMNP-TV-Z]{0,8}$"


def new_code() -> str:
    """A code that nobody can guess: 73 random bits and a check character."""
    return ids.new_code("", _RANDOM)


def new_codes(count: int, prefix: str = "") -> list[str]:
    """Many such codes in bulk, all different."""
    found = dict.fromkeys(ids.new_codes(prefix, _RANDOM, count))
    while len(found) < count:
        found |= dict.fromkeys(ids.new_codes(prefix, _RANDOM, count - len(found)))
    return list(found)


def normal(text: str) -> str:
    """A code as it is stored, from what was typed or scanned: no spaces and dashes, capital letters."""
    return "".join(text.split()).replace("-", "").upper()


def is_mistyped(code: str) -> bool:
    """Whether a code has the look of ours, but its check character says that it is not one.

    Ask only when nothing has this code: codes of other systems may look like ours.
    """
    has_look = _RANDOM < len(code) <= LONGEST_PREFIX + _RANDOM + 1 and all(
        character in ids.ALPHABET for character in code
    )
    return has_look and not ids.is_code(code[-_RANDOM - 1 :], "", _RANDOM)
