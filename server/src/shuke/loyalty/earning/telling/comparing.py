"""What differs between two definitions, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from .parts import Part


@dataclass(frozen=True)
class Difference:
    """One thing that is said otherwise. None: it was not there before, or is not there after."""

    key: str
    title: str
    before: str | None
    after: str | None


def compare(before: Sequence[Part], after: Sequence[Part]) -> list[Difference]:
    """What differs, in the order of the later definition; what is gone comes last."""
    known = {part.key: part for part in before}
    changed = [
        Difference(part.key, part.title, old.text if (old := known.get(part.key)) else None, part.text)
        for part in after
        if part.key not in known or known[part.key].text != part.text
    ]
    kept = {part.key for part in after}
    return [*changed, *(Difference(part.key, part.title, part.text, None) for part in before if part.key not in kept)]
