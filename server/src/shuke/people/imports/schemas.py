"""Shapes of the requests and answers of imports of members. Everything personal in them is masked."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .queries import RejectKind, State
from .rules.settings import DateOrder, ImportSettings, MatchKind


class MemberImportSettingsIn(BaseModel):
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
    is_sign_up: bool | None = Field(
        default=None, description="Whether new members are rewarded as those who sign up; usually not."
    )

    def as_change(self) -> dict[str, Any]:
        """The settings that the request names; only a default store can be taken away."""
        named = self.model_dump(exclude_unset=True)
        return {name: value for name, value in named.items() if value is not None or name == "store_id"}


class MemberImportReasonOut(BaseModel):
    kind: RejectKind
    code: str
    text: str
    count: int


class MemberImportSampleOut(BaseModel):
    row: int
    fate: str
    name: str | None
    kind: str
    identity: str


class MemberImportCountsOut(BaseModel):
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


class MemberImportProgressOut(BaseModel):
    done: int
    total: int | None
    rate_per_second: int
    seconds_left: int | None


class MemberImportFailureOut(BaseModel):
    code: str
    title: str
    detail: str


class MemberImportUndoOut(BaseModel):
    removed: int
    restored: int
    partly: int
    kept: int


class MemberImportColumnOut(BaseModel):
    """A column of the file: what it is taken for, and some of its values, masked."""

    heading: str
    field: str | None
    samples: list[str]


class MemberImportLookOut(BaseModel):
    """What a look at the first rows says."""

    columns: list[MemberImportColumnOut]
    rows: int
    problems: list[MemberImportReasonOut]


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
    progress: MemberImportProgressOut
    counts: MemberImportCountsOut | None
    dry_run: MemberImportCountsOut | None
    samples: list[MemberImportSampleOut]
    reasons: list[MemberImportReasonOut]
    look: MemberImportLookOut | None
    error: MemberImportFailureOut | None
    undo: MemberImportUndoOut | None


class MemberImportsOut(BaseModel):
    items: list[MemberImportOut]
    next: str | None


class MemberImportFieldOut(BaseModel):
    code: str
    label: LocalName


class MemberImportFieldsOut(BaseModel):
    """What a column can be. `not_taken` are columns that people have, and that imports leave alone."""

    fields: list[MemberImportFieldOut]
    not_taken: list[MemberImportFieldOut]


class MemberImportKeptOut(BaseModel):
    member_id: int
    kind: str
    outcome: str


class MemberImportKeptListOut(BaseModel):
    items: list[MemberImportKeptOut]
    next: str | None
