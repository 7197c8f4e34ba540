"""Shapes of duplicates over HTTP. Members are masked as the caller sees them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from shuke.people.members import Member
from shuke.platform.i18n import Language

from .queries import Pair, Search
from .rules.policy import LEAST_SCORE
from .rules.values import Likelihood, State
from .rules.weights import FINDINGS, HIGHEST, Reason


class DuplicateReasonOut(BaseModel):
    """`weight`: tenths of a bit; above nought it speaks for one person, below it against."""

    code: str
    text: str
    weight: int

    @classmethod
    def of(cls, code: str, language: Language) -> "DuplicateReasonOut":
        """A finding in words."""
        finding = FINDINGS[cast(Reason, code)]
        return cls(code=code, text=finding.label.pick(language) if finding.label else code, weight=finding.weight)


class DeciderOut(BaseModel):
    actor: str
    name: str | None


class DuplicateOut(BaseModel):
    id: int
    first: Member
    second: Member
    score: int = Field(description="Tenths of a bit; the likelihood says it in words.")
    likelihood: Likelihood
    reasons: list[DuplicateReasonOut]
    state: State
    found_at: datetime
    decided_at: datetime | None
    decided_by: DeciderOut | None
    decided_because: str | None

    @classmethod
    def of(cls, pair: Pair, people: Mapping[str, str], language: Language) -> "DuplicateOut":
        """A pair as it is shown; what speaks for it most comes first."""
        reasons = [DuplicateReasonOut.of(code, language) for code in pair.reasons]
        by = DeciderOut(actor=pair.decided_by, name=people.get(pair.decided_by)) if pair.decided_by else None
        shown = {"reasons": sorted(reasons, key=lambda reason: -reason.weight), "decided_by": by}
        return cls(**{**vars(pair), **shown})


class DuplicatesWaitingOut(BaseModel):
    certain: int
    probable: int
    possible: int


class DuplicatesOut(BaseModel):
    """`waiting`: how many pairs wait that the caller sees, by likelihood."""

    items: list[DuplicateOut]
    next: str | None
    waiting: DuplicatesWaitingOut


class DismissalIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=2, max_length=300)]


class DuplicateSearchOut(BaseModel):
    """`blocks_skipped`: what more people share than one person can explain; `members_skipped`: their places in it."""

    id: int
    state: Literal["running", "done", "broken"]
    step: Literal["reading", "comparing", "merging", "done"]
    percent: int
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    members: int
    pairs_compared: int
    pairs_merged: int
    blocks_skipped: int
    members_skipped: int

    @classmethod
    def of(cls, search: Search) -> "DuplicateSearchOut":
        """A search as it is shown."""
        values = {**vars(search), "percent": search.percent}
        return cls(**{name: values[name] for name in cls.model_fields})


class LastDuplicateSearchOut(BaseModel):
    search: DuplicateSearchOut | None


class DuplicateSettingsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    merges_automatically: bool
    least_score: int = Field(description=f"From {LEAST_SCORE} to {HIGHEST}, in tenths of a bit.")


class DuplicateSettingsOut(BaseModel):
    merges_automatically: bool
    least_score: int
    lowest: int = LEAST_SCORE
    highest: int = HIGHEST
