"""Shapes of the requests and answers of imports of members. Everything personal in them is masked."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .queries import RejectKind, State
from .rules.settings import DateOrder, ImportSettings, MatchKind


class SettingsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: list[str | None] | None = Field(default=None, max_length=500)
    match: list[MatchKind] | None = Field(default=None, min_length=1, max_length=4)
    policy: str | None = Field(default=None, pattern="^(create|update|both)$")
    on_update: str | None = Field(default=None, pattern="^(fill|overwrite)$")
    store_id: int | None = None
    channel: str | None = Field(default=None, min_length=1, max_length=60)
    source: str | None = Field(default=None, min_length=1, max_length=60)
    phone_region: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    date_order: DateOrder | None = None

    def as_change(self) -> dict[str, Any]:
        """The settings that the request names; only a default store can be taken away."""
        named = self.model_dump(exclude_unset=True)
        return {name: value for name, value in named.items() if value is not None or name == "store_id"}


class ReasonOut(BaseModel):
    kind: RejectKind
    code: str
    text: str
    count: int


class SampleOut(BaseModel):
    row: int
    fate: str
    name: str | None
    kind: str
    identity: str


class CountsOut(BaseModel):
    read: int
    new: int
    updated: int
    unchanged: int
    skipped: int
    duplicates: int
    conflicts: int
    rejected: int
    identities_added: int
    seconds: float


class ProgressOut(BaseModel):
    done: int
    total: int | None
    rate_per_second: int
    seconds_left: int | None


class FailureOut(BaseModel):
    code: str
    title: str
    detail: str


class UndoOut(BaseModel):
    removed: int
    restored: int
    partly: int
    kept: int


class ColumnOut(BaseModel):
    """A column of the file: what it is taken for, and some of its values, masked."""

    heading: str
    field: str | None
    samples: list[str]


class LookOut(BaseModel):
    """What a look at the first rows says."""

    columns: list[ColumnOut]
    rows: int
    problems: list[ReasonOut]


class MemberImportOut(BaseModel):
    id: int
    state: State
    file_name: str
    file_bytes: int
    settings: ImportSettings
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    undone_at: datetime | None
    asked_by: str | None
    progress: ProgressOut
    counts: CountsOut | None
    dry_run: CountsOut | None
    samples: list[SampleOut]
    reasons: list[ReasonOut]
    look: LookOut | None
    error: FailureOut | None
    undo: UndoOut | None


class MemberImportsOut(BaseModel):
    items: list[MemberImportOut]
    next: str | None


class FieldOut(BaseModel):
    code: str
    label: LocalName


class FieldsOut(BaseModel):
    """What a column can be. `not_taken` are columns that people have, and that imports leave alone."""

    fields: list[FieldOut]
    not_taken: list[FieldOut]


class KeptOut(BaseModel):
    member_id: int
    kind: str
    outcome: str


class KeptListOut(BaseModel):
    items: list[KeptOut]
    next: str | None
