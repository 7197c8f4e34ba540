"""Shapes of merging over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.errors import AppError
from shuke.platform.i18n import Language, LocalName

from ..rules.values import Member, MemberName
from .model import Merge, MergeField, MergePreview, Policy, Side

Reference = Annotated[str, Field(min_length=1, max_length=300)]
Reason = Annotated[str, Field(min_length=2, max_length=300)]


class PairIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    absorbed: Reference
    survivor: Reference
    choices: dict[Annotated[str, Field(max_length=60)], Side] = Field(
        default={}, max_length=100, description="Whose value stays, by field, where both have one."
    )


class MergeMembersIn(PairIn):
    reason: Reason


class UndoIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


class MergeLineOut(BaseModel):
    label: LocalName
    absorbed: str
    survivor: str
    after: str


class RefusalOut(BaseModel):
    code: str
    detail: str

    @classmethod
    def of(cls, error: AppError, language: Language) -> "RefusalOut":
        """Why a merge would be refused, in words."""
        return cls(code=error.code, detail=error.say(language))


class PreviewOut(BaseModel):
    absorbed: Member
    survivor: Member
    fields: list[MergeField]
    lines: list[MergeLineOut]
    refusals: list[RefusalOut]

    @classmethod
    def of(cls, preview: MergePreview, language: Language) -> "PreviewOut":
        """A preview as it is shown."""
        return cls(
            absorbed=preview.absorbed,
            survivor=preview.survivor,
            fields=list(preview.fields),
            lines=[MergeLineOut(**vars(line)) for line in preview.lines],
            refusals=[RefusalOut.of(error, language) for error in preview.refusals],
        )


class PersonOut(BaseModel):
    actor: str
    name: str | None


class MergeOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    id: int
    absorbed: MemberName
    survivor: MemberName
    merged_at: datetime
    by: PersonOut
    reason: str
    policy: Policy
    undone_at: datetime | None
    undone_by: PersonOut | None
    undone_because: str | None
    can_be_undone: bool

    @classmethod
    def all_of(cls, merges: Sequence[Merge], people: dict[str, str]) -> "list[MergeOut]":
        """Merges with the names of who made and undid them."""
        return [
            cls(
                **{
                    **vars(one),
                    "by": PersonOut(actor=one.by, name=people.get(one.by)),
                    "undone_by": PersonOut(actor=one.undone_by, name=people.get(one.undone_by))
                    if one.undone_by
                    else None,
                }
            )
            for one in merges
        ]


class MergesOut(BaseModel):
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[MergeOut]
    next: str | None
