"""Shapes of the backups' answers."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from .journal import CheckState, Outcome


class KeysOut(BaseModel):
    made_at: datetime
    ends_at: datetime


class BackupOut(BaseModel):
    name: str
    made_at: datetime
    age_seconds: int
    bytes: int
    rows: int
    members: int
    schema_head: str
    program: str
    server: str
    keys: KeysOut | None


class CheckOut(BaseModel):
    code: str
    state: CheckState
    label: str
    detail: str


class RunOut(BaseModel):
    at: datetime
    seconds: float
    outcome: Outcome
    backup: str | None
    code: str | None
    detail: str | None


class DrillOut(RunOut):
    restore_seconds: float | None
    checks: list[CheckOut]


class BackupsOut(BaseModel):
    items: list[BackupOut]
    is_running: bool
    is_late: bool
    max_age_hours: int
    last_backup: RunOut | None
    last_drill: DrillOut | None
    next_backup_at: datetime | None
    next_drill_at: datetime | None


class WorkOut(BaseModel):
    work: Literal["backup", "drill"]
    state: Literal["waiting"] = "waiting"
