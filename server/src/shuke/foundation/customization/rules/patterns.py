"""Patterns that an operator may ask values to match, matched in time that grows with the text alone.

Python's own expressions can be made to run for ever by a text that somebody sends. These have no repetition of groups
and no choice between repeated parts, so there is nothing to go back over: each place repeats one set of characters,
and the places that are possible are carried along together.
"""

import string
from dataclasses import dataclass

LONGEST = 100
_MOST_TIMES = 200
_SETS = {
    "d": frozenset(string.digits),
    "w": frozenset(string.ascii_letters + string.digits + "_"),
    "s": frozenset(" "),
}
_SPECIAL = set("()|^$*+?{}[].\\")


class PatternWrong(ValueError):
    """A pattern that these rules cannot read."""


@dataclass(frozen=True)
class _Place:
    """A set of characters (None: any) or all others, so many times; `most` None: without end."""

    characters: frozenset[str] | None
    is_negated: bool
    least: int
    most: int | None

    def takes(self, character: str) -> bool:
        return self.characters is None or (character in self.characters) != self.is_negated


def check(pattern: str) -> None:
    """Raises PatternWrong for what cannot be read: groups, alternatives, anchors, or too long."""
    _read(pattern)


def matches(pattern: str, value: str) -> bool:
    """Whether a whole text is what a pattern says."""
    places = _read(pattern)
    # (place, times taken there); a state after the last place is the end.
    states = _open(places, {(0, 0)})
    for character in value:
        taken = set()
        for place, times in states:
            if place < len(places) and places[place].takes(character):
                most = places[place].most
                if most is None:
                    taken.add((place, min(times + 1, max(places[place].least, 1))))
                elif times < most:
                    taken.add((place, times + 1))
        states = _open(places, taken)
        if not states:
            return False
    return any(place == len(places) for place, _ in states)


def _open(places: list[_Place], states: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """These states, and those that are reached from them without a character."""
    found = set(states)
    waiting = list(states)
    while waiting:
        place, times = waiting.pop()
        if place < len(places) and times >= places[place].least and (place + 1, 0) not in found:
            found.add((place + 1, 0))
            waiting.append((place + 1, 0))
    return found


def _read(pattern: str) -> list[_Place]:
    if not 0 < len(pattern) <= LONGEST:
        raise PatternWrong
    places = []
    at = 0
    while at < len(pattern):
        characters, is_negated, at = _read_set(pattern, at)
        least, most, at = _read_times(pattern, at)
        places.append(_Place(characters, is_negated, least, most))
    return places


def _read_set(pattern: str, at: int) -> tuple[frozenset[str] | None, bool, int]:
    here = pattern[at]
    if here == ".":
        return None, False, at + 1
    if here == "\\":
        return _escaped(pattern, at)[0], False, at + 2
    if here == "[":
        return _read_class(pattern, at + 1)
    if here in _SPECIAL:
        raise PatternWrong
    return frozenset(here), False, at + 1


def _escaped(pattern: str, at: int) -> tuple[frozenset[str], bool]:
    """The characters of an escape, and whether it stands for a set of them."""
    if at + 1 >= len(pattern):
        raise PatternWrong
    name = pattern[at + 1]
    if name in _SETS:
        return _SETS[name], True
    if name.isalnum():
        raise PatternWrong
    return frozenset(name), False


def _read_class(pattern: str, at: int) -> tuple[frozenset[str], bool, int]:
    is_negated = pattern[at : at + 1] == "^"
    at += is_negated
    found: set[str] = set()
    while at < len(pattern) and pattern[at] != "]":
        if pattern[at] == "\\":
            found |= _escaped(pattern, at)[0]
            at += 2
        elif pattern[at + 1 : at + 2] == "-" and pattern[at + 2 : at + 3] not in ("", "]"):
            first, last = ord(pattern[at]), ord(pattern[at + 2])
            if first > last or last - first > 30_000 or pattern[at + 2] == "\\":
                raise PatternWrong
            found |= {chr(code) for code in range(first, last + 1)}
            at += 3
        else:
            found.add(pattern[at])
            at += 1
    if at >= len(pattern) or not found:
        raise PatternWrong
    return frozenset(found), is_negated, at + 1


def _read_times(pattern: str, at: int) -> tuple[int, int | None, int]:
    here = pattern[at : at + 1]
    if here in {"*", "+", "?"} and here:
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[here]
        return least, most, at + 1
    if here != "{":
        return 1, 1, at
    end = pattern.find("}", at)
    low, comma, high = pattern[at + 1 : end].partition(",")
    if end < 0 or not _is_count(low) or (high and not _is_count(high)):
        raise PatternWrong
    least = int(low)
    most = least if not comma else int(high) if high else None
    if least > _MOST_TIMES or (most is not None and (most > _MOST_TIMES or most < max(least, 1))):
        raise PatternWrong
    return least, most, end + 1


def _is_count(text: str) -> bool:
    return 0 < len(text) <= 3 and text.isascii() and text.isdigit()
