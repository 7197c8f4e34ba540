"""Whether two members may be made one without anybody looking. Pure."""

from dataclasses import dataclass
from datetime import datetime

from .weights import HIGHEST, least_of

LEAST_SCORE = least_of("certain")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the shop wants. Off unless somebody switches it on."""

    merges_automatically: bool = False
    least_score: int = 300

    @property
    def is_sensible(self) -> bool:
        """Whether the score is one that a policy may use."""
        return LEAST_SCORE <= self.least_score <= HIGHEST


@dataclass(frozen=True, kw_only=True)
class Case:
    """A pair that waits. `pairs`: in how many waiting pairs the two stand together, this one included."""

    score: int
    has_common_proof: bool
    has_other_phones: bool
    pairs: int


def may_merge(case: Case, settings: Settings) -> bool:
    """Only far above the line, only with something proved in common, never against proved phones.

    Who resembles several people shares something with them: a household's number, a till's. Those are for people.
    """
    return (
        settings.merges_automatically
        and case.score >= max(settings.least_score, LEAST_SCORE)
        and case.has_common_proof
        and not case.has_other_phones
        and case.pairs == 1
    )


def survivor_of(one: tuple[int, datetime], other: tuple[int, datetime]) -> tuple[int, int]:
    """(absorbed, survivor): who joined first stays."""
    (first, _), (second, _) = sorted((one, other), key=lambda member: (member[1], member[0]))
    return second, first
