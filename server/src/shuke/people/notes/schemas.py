"""Shapes of the requests and answers about notes and follow-ups."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from .queries import FollowUpView, NoteView
from .rules import State

NoteText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
FollowUpText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="The version that was seen.")]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


def _bounded(at: datetime) -> datetime:
    if not 2000 <= at.year <= 2999:
        raise ValueError("between the years 2000 and 2999")
    return at.astimezone(UTC)


DueAt = Annotated[AwareDatetime, AfterValidator(_bounded)]


class MemberNoteIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: NoteText = Field(description="Kept sealed under the member's key.")
    is_pinned: bool = False


class MemberNoteChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: NoteText
    version: Version


class NotePinIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_pinned: bool


@dataclass(frozen=True, kw_only=True)
class MemberNoteOut(NoteView):
    """A note, and whether the caller may change it."""

    may_change: bool


class MemberNotesOut(BaseModel):
    items: list[MemberNoteOut]
    next: str | None


class FollowUpIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: FollowUpText = Field(description="Kept sealed under the member's key.")
    due_at: DueAt
    assignee_id: Id | None = Field(default=None, description="A staff user; whoever asks, when left out.")


class FollowUpChangeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: FollowUpText
    due_at: DueAt
    assignee_id: Id
    version: Version


class FollowUpStateIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: State


@dataclass(frozen=True, kw_only=True)
class FollowUpOut(FollowUpView):
    """Something that is to be done for a member, and whether the caller may change it."""

    may_change: bool


class FollowUpCountsOut(BaseModel):
    overdue: int
    today: int
    later: int


class FollowUpsOut(BaseModel):
    items: list[FollowUpOut]
    next: str | None
    counts: FollowUpCountsOut


class FollowUpAssigneeOut(BaseModel):
    id: int
    name: str


class FollowUpAssigneesOut(BaseModel):
    items: list[FollowUpAssigneeOut]


class NotesSectionOut(BaseModel):
    notes: int
    open_follow_ups: int
    next_due_at: datetime | None
