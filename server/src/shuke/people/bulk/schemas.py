"""Shapes of acts on many members."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shuke.people.members import MemberListFilters

from .actions import Wish
from .queries import State

Reference = Annotated[str, Field(max_length=300)]


class BulkWishIn(BaseModel):
    """What to do, and to whom: the members named, or all that the list with these filters shows."""

    model_config = ConfigDict(extra="forbid")

    action: Annotated[str, Field(max_length=60)]
    parameters: dict[str, Any] = Field(max_length=20, description="See `GET /v1/bulk-actions`.")
    members: list[Reference] | None = Field(default=None, min_length=1, max_length=1_000)
    filters: MemberListFilters | None = Field(
        default=None, description="Instead of `members`: the filters of `GET /v1/members`."
    )
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]

    @model_validator(mode="after")
    def _says_whom(self) -> "BulkWishIn":
        if (self.members is None) == (self.filters is None):
            raise ValueError("members | filters")
        return self

    def wish(self) -> Wish:
        """What is wished for."""
        kept = None if self.filters is None else self.filters.model_dump(mode="json", exclude_unset=True)
        if kept is not None and "q" in kept:
            # It may be the name or the number of somebody, who may be erased one day.
            kept["q"] = None
        return Wish(
            action=self.action,
            parameters=self.parameters,
            references=self.members,
            filters=None if self.filters is None else self.filters.asked(),
            kept_filters=kept,
            reason=self.reason,
        )


class BulkActIn(BulkWishIn):
    """A wish that was previewed. `members_seen`: to how many the preview said that it would be done."""

    members_seen: Annotated[int, Field(ge=1, le=2**31 - 1)]
    confirm: Annotated[str, Field(max_length=20)] | None = None


class BulkSkipOut(BaseModel):
    why: str
    label: str
    members: int


class BulkTotalOut(BaseModel):
    label: str
    value: int


class BulkPreviewOut(BaseModel):
    """What a wish comes to. `type_this`: what `confirm` has to hold; null: nothing has to be typed."""

    action: str
    members: int
    doing: int
    skips: list[BulkSkipOut]
    totals: list[BulkTotalOut]
    needs_approval: bool
    may_undo: bool
    type_this: str | None


class BulkProblemOut(BaseModel):
    code: str
    title: str
    detail: str


class BulkActOut(BaseModel):
    """An act, and how far it is. `undo_until`: until when it can be undone; null: it cannot be."""

    id: int
    action: str
    label: str
    parameters: dict[str, Any]
    filters: dict[str, Any] | None
    reason: str
    state: State
    asked_by: str | None
    is_mine: bool
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    members: int
    done: int
    skipped: int
    skips: list[BulkSkipOut]
    undone: int
    undo_until: datetime | None
    problem: BulkProblemOut | None


class BulkActsOut(BaseModel):
    items: list[BulkActOut]
    next: str | None


class BulkActionOut(BaseModel):
    """Something that can be done to many; `allowed`: whether the caller may."""

    key: str
    label: str
    permission: str
    allowed: bool
    may_undo: bool
    parameters: dict[str, Any] = Field(description="The JSON Schema of its parameters.")


class BulkActionsOut(BaseModel):
    items: list[BulkActionOut]
    most: int = Field(description="How many members one act takes at most.")
