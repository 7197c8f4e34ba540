"""Shapes of the requests and answers of exports."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .queries import Format, State


class ExportIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filters: dict[str, Any] = Field(default={}, max_length=40)
    columns: list[str] | None = Field(default=None, min_length=1, max_length=100)
    format: Format = "csv"
    unmasked: bool = Field(default=False, description="Personal fields in clear; needs members.unmask.")
    reason: str = Field(min_length=2, max_length=200, description="What for; it is kept in the audit trail.")
    list: str = Field(min_length=1, max_length=60)


class ExportFailureOut(BaseModel):
    code: str
    title: str
    detail: str


class ExportOut(BaseModel):
    id: int
    list: str
    label: LocalName
    format: Format
    is_unmasked: bool
    reason: str
    state: State
    asked_by: str | None
    is_mine: bool
    asked_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    rows_done: int
    file_bytes: int | None
    mark: str
    problem: ExportFailureOut | None


class ExportsOut(BaseModel):
    items: list[ExportOut]
    next: str | None


class ExportColumnOut(BaseModel):
    key: str
    label: LocalName
    is_personal: bool


class ExportListOut(BaseModel):
    key: str
    label: LocalName
    columns: list[ExportColumnOut]


class ExportListsOut(BaseModel):
    """The lists that the caller may export. `approval_above`: more rows wait for a second person."""

    items: list[ExportListOut]
    may_unmask: bool
    approval_above: int
