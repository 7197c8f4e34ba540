"""Rules in plain words: what a definition says, and what differs between two."""

from .comparing import Difference, compare
from .context import Words, words_for
from .parts import Part, summary, tell

__all__ = ["Difference", "Part", "Words", "compare", "summary", "tell", "words_for"]
