"""Which passwords will do, by the policy that the shop has chosen."""

import string
from datetime import datetime, timedelta
from typing import Literal

from .common import COMMON
from .sessions import plain_username

Policy = Literal["asvs", "dengbao"]
Weakness = Literal["short", "simple", "common"]

LONGEST_PASSWORD = 128
_SHORTEST: dict[Policy, int] = {"asvs": 12, "dengbao": 8}
# Under the policy of classified protection: how long a password holds, and how many former ones are barred.
PASSWORD_HOLDS_FOR = timedelta(days=90)
BARRED = 5
_LEET = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "l", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t"})
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)


def weakness_of(new: str, *, username: str, policy: Policy) -> Weakness | None:
    """What is wrong with a new password; None when it will do."""
    if not _SHORTEST[policy] <= len(new) <= LONGEST_PASSWORD or plain_username(username) in new.casefold():
        return "short"
    if len(set(new)) < 4:
        return "short"
    if policy == "dengbao" and _classes(new) < 3:
        return "simple"
    return "common" if is_common(new) else None


def is_common(password: str) -> bool:
    """Whether a password is among the first to be tried: a known word, with digits around it, or keys in a row."""
    plain = password.casefold()
    stems = {plain, plain.translate(_LEET), plain.rstrip(string.digits + string.punctuation)}
    stems |= {stem.lstrip(string.digits + string.punctuation) for stem in list(stems)}
    stems |= {stem.translate(_LEET) for stem in list(stems)}
    return bool(stems & COMMON) or _is_row_of_keys(plain) or _is_repeated(plain)


def has_expired(changed_at: datetime, at: datetime, policy: Policy) -> bool:
    """Whether a password is too old to go on with."""
    return policy == "dengbao" and at - changed_at >= PASSWORD_HOLDS_FOR


def _classes(password: str) -> int:
    kinds = (str.islower, str.isupper, str.isdigit, lambda mark: not mark.isalnum())
    return sum(any(kind(mark) for mark in password) for kind in kinds)


def _is_row_of_keys(plain: str) -> bool:
    """Whether nothing but runs of four and more neighbouring keys stands there."""
    place = 0
    while place < len(plain):
        length = max(_run_at(plain[place:], row) for run in _RUNS for row in (run, run[::-1]))
        if length < 4:
            return False
        place += length
    return True


def _run_at(text: str, row: str) -> int:
    start = row.find(text[:1])
    length = 0
    while start >= 0 and length < len(text) and row[start + length : start + length + 1] == text[length]:
        length += 1
    return length


def _is_repeated(plain: str) -> bool:
    """Whether a piece of up to four characters is all there is, again and again."""
    return any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, 5))
