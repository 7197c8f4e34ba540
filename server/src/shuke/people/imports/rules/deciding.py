"""What becomes of a row: somebody new, somebody known, several people at once, or nothing by the policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shuke.platform.keys import Blind

from .settings import ImportSettings, MatchKind

Key = tuple[str, str, Blind]
Fate = Literal["new", "known", "conflict", "skipped"]


@dataclass(frozen=True)
class Decision:
    """What becomes of a row, and who it is when somebody is known by it."""

    fate: Fate
    member_id: int | None = None


def decide(keys: Sequence[Key], owners: Mapping[Key, int], settings: ImportSettings) -> Decision:
    """The fate of a row with these identities, of which some have owners.

    All identities must agree on one member: who shares numbers with two members is for people to decide. A member who
    is known only by a kind that is no match key cannot be matched, and cannot come a second time either: a conflict.
    """
    known = {owners[key] for key in keys if key in owners}
    if len(known) > 1:
        return Decision("conflict")
    if not known:
        return Decision("skipped" if settings.policy == "update" else "new")
    match: Sequence[MatchKind] = settings.match
    if not any(key[0] in match for key in keys if key in owners):
        return Decision("conflict")
    (member_id,) = known
    return Decision("skipped" if settings.policy == "create" else "known", member_id)
