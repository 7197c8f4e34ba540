"""The values of merging, and what becomes of two profiles. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from shuke.platform.errors import AppError

from ..extensions import MergeLine
from ..rules.values import Member, MemberName, Profile

Side = Literal["absorbed", "survivor"]
Policy = Literal["hand", "policy", "import"]


@dataclass(frozen=True, kw_only=True)
class MergeWanted:
    """Two members to be made one. `choices`: whose value stays where both have one; the survivor's unless said."""

    absorbed_id: int
    survivor_id: int
    reason: str
    policy: Policy = "hand"
    choices: Mapping[str, Side] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MergeField:
    """A profile field of both, and after the merge. `is_open`: both have a value, and they differ."""

    field: str
    absorbed: str | None
    survivor: str | None
    after: str | None
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """What a merge would do, and why it would be refused. Nothing has been written."""

    absorbed: Member
    survivor: Member
    fields: tuple[MergeField, ...]
    lines: tuple[MergeLine, ...]
    refusals: tuple[AppError, ...]


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A merge of the past. `can_be_undone`: not yet undone, and the survivor has not been merged away since."""

    id: int
    absorbed: MemberName
    survivor: MemberName
    merged_at: datetime
    by: str
    reason: str
    policy: Policy
    undone_at: datetime | None
    undone_by: str | None
    undone_because: str | None
    can_be_undone: bool


def combined(absorbed: Profile, survivor: Profile, choices: Mapping[str, Side]) -> Profile:
    """The profile of the one person: what one of them lacks comes from the other, the rest as chosen."""
    values: dict[str, Any] = {}
    for one in fields(Profile):
        theirs, own = getattr(absorbed, one.name), getattr(survivor, one.name)
        is_chosen = theirs is not None and choices.get(one.name) == "absorbed"
        values[one.name] = theirs if own is None or is_chosen else own
    return Profile(**values)


def restored(present: Profile, before: Profile, after: Profile) -> Profile:
    """The survivor's profile without what the merge changed; what was changed since, stays."""
    values: dict[str, Any] = {}
    for one in fields(Profile):
        now = getattr(present, one.name)
        values[one.name] = getattr(before, one.name) if now == getattr(after, one.name) else now
    return Profile(**values)


def open_fields(absorbed: Profile, survivor: Profile) -> tuple[str, ...]:
    """The fields that somebody has to choose."""
    return tuple(
        one.name
        for one in fields(Profile)
        if None not in (getattr(absorbed, one.name), getattr(survivor, one.name))
        and getattr(absorbed, one.name) != getattr(survivor, one.name)
    )
