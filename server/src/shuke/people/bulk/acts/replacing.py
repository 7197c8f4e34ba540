"""What acts have in common that put one thing in the place of another: what they remember, and when it is put back."""

from collections.abc import Mapping, Sequence
from typing import Any

from shuke.platform.i18n import LocalName

from ..extensions import Outcome

ALREADY = "already"
_CHANGE = "change"


def outcomes(
    member_ids: Sequence[int], before: Mapping[int, Mapping[str, Any]], made: Mapping[int, int]
) -> list[Outcome]:
    """What became of each. `before`: what was there; `made`: by which change of theirs it was replaced."""
    return [
        Outcome(member_id=one, before={**before[one], _CHANGE: made[one]})
        if one in made
        else Outcome(member_id=one, why=ALREADY)
        for one in member_ids
    ]


def untouched(before: Mapping[int, Mapping[str, Any]], last: Mapping[int, int]) -> list[int]:
    """Those whose last change is still the act's own, in order.

    Whose was changed there and back looks as the act left it, and yet somebody has decided since.
    """
    return [one for one in sorted(before) if last.get(one) == before[one].get(_CHANGE)]


def already(zh: str, en: str) -> Mapping[str, LocalName]:
    """Why a member is skipped for whom there is nothing to replace."""
    return {ALREADY: LocalName(zh, en)}
