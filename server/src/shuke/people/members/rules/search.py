"""What a member can be found by, and what a search box text asks for: words in domains, before they are keyed.

Domains: `h` pair of neighbouring characters, `s` first character (the surname), `l` beginning of a Latin or pinyin
word, `4` last four digits of a phone, `i` a whole identity or member number.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from ..errors import BadEmail, BadPhone
from .identities import normalise_email, normalise_phone
from .pinyin import readings
from .values import IdentityKind

Word = tuple[str, str]

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_RUN = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_PHONE_LIKE = re.compile(r"\+?[\d\s()-]{5,}")
_LONGEST_PREFIX = 24
# The field of which a word of a domain tells a part.
_FIELD_OF: Mapping[str, str] = {"h": "name", "s": "name", "l": "name", "4": "phone"}


def words_of_member(number: str, name: str | None, identities: Iterable[tuple[IdentityKind, str]]) -> set[Word]:
    """Every word a member is found by."""
    words = {("i", number.lower())}
    if name:
        words |= words_of_name(name)
    for kind, value in identities:
        words.add(("i", value.lower()))
        if kind == "phone":
            words.add(("4", value[-4:]))
    return words


def words_of_name(name: str) -> set[Word]:
    """The words of a name: pairs, surname, pinyin, initials, and the beginnings of Latin words."""
    words: set[Word] = set()
    runs = _RUN.findall(_fold(name))
    for run in runs:
        if run.isascii():
            words |= _beginnings(run)
        else:
            words |= {("h", run[place : place + 2]) for place in range(len(run) - 1)}
            words |= _pinyin_words(run)
    if runs and not runs[0].isascii():
        words.add(("s", runs[0][0]))
    return words


def questions(text: str, hidden: Collection[str] = ()) -> list[set[Word]]:
    """What a search text may mean: a member matches when all words of any one meaning are theirs. Empty: nothing.

    `hidden`: fields that the one who asks may not see at all. What asks for a part of one is no meaning: part by part
    they would find out the whole. Whoever knows a whole number or address is still answered.
    """
    return [one for one in _meanings(text) if not any(_FIELD_OF.get(domain) in hidden for domain, _ in one)]


def _meanings(text: str) -> list[set[Word]]:
    folded = _fold(text.strip())
    if not folded:
        return []
    meanings = [{("i", folded)}]
    compact = re.sub(r"[\s-]+", "", folded)
    if compact != folded:
        meanings.append({("i", compact)})
    if compact.isdigit() and len(compact) == 4:
        meanings.append({("4", compact)})
    meanings += _contact_meanings(folded)
    meanings += _name_meanings(folded)
    return meanings


def _contact_meanings(folded: str) -> list[set[Word]]:
    found: list[set[Word]] = []
    if "@" in folded:
        try:
            found.append({("i", normalise_email(folded))})
        except BadEmail:
            return []
    elif _PHONE_LIKE.fullmatch(folded):
        try:
            found.append({("i", normalise_phone(folded))})
        except BadPhone:
            return []
    return found


def _name_meanings(folded: str) -> list[set[Word]]:
    runs = _RUN.findall(folded)
    if not runs or any(character.isdigit() or character == "@" for character in folded):
        return []
    separate: set[Word] = set()
    for place, run in enumerate(runs):
        if run.isascii():
            separate.add(("l", run[:_LONGEST_PREFIX]))
        elif len(run) == 1:
            separate.add(("s", run) if place == 0 else ("h", run))
        else:
            separate |= {("h", run[at : at + 2]) for at in range(len(run) - 1)}
    meanings = [separate]
    if len(runs) > 1 and all(run.isascii() for run in runs):
        meanings.append({("l", "".join(runs)[:_LONGEST_PREFIX])})
    return meanings


def _pinyin_words(run: str) -> set[Word]:
    if not _HAN.match(run):
        return set()
    words: set[Word] = set()
    for surname, given in readings(run):
        for spelling in _spellings("".join(surname + given)) | _spellings("".join(given)):
            words |= _beginnings(spelling)
        words |= _beginnings("".join(part[0] for part in surname + given if part))
    return words


def _spellings(pinyin: str) -> set[str]:
    """People type ü as v, and often as u."""
    return {pinyin, pinyin.replace("v", "u")} if pinyin.isascii() and pinyin.isalpha() else set()


def _beginnings(word: str) -> set[Word]:
    return {("l", word[:length]) for length in range(2, min(len(word), _LONGEST_PREFIX) + 1)}


def _fold(text: str) -> str:
    """One spelling for search: full-width to half-width, lower case, Latin letters without accents."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain.isascii():
        return plain
    split = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", "".join(mark for mark in split if not unicodedata.combining(mark)))
