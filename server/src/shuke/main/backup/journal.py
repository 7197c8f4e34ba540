"""What ran and how it ended, one line each, beside the backups: it outlives the database."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from shuke.platform.i18n import LocalName

_FILE = "journal.jsonl"
# Enough for the lines of many months; what lies before them is never read again.
_READ_BYTES = 1 << 20

Kind = Literal["backup", "base", "drill"]
# A drill that could not look at everything is incomplete, which is no pass.
Outcome = Literal["passed", "incomplete", "failed"]
CheckState = Literal["ok", "failed", "not_checked"]


class Check(BaseModel):
    """One thing that a drill looked at."""

    model_config = ConfigDict(frozen=True)

    code: str
    state: CheckState
    label: LocalName
    detail: LocalName


class Run(BaseModel):
    """One backup, base backup or drill."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    at: datetime
    seconds: float
    outcome: Outcome
    # The backup that was made or tried, where there was one.
    backup: str | None = None
    # Why it failed: a refusal's code, and its sentence.
    code: str | None = None
    detail: LocalName | None = None
    restore_seconds: float | None = None
    checks: tuple[Check, ...] = ()


def record(directory: Path, run: Run) -> None:
    """Add a line. One write to a file opened for appending, so that two programs do not mix theirs."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(directory / _FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, run.model_dump_json().encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def list_runs(directory: Path) -> list[Run]:
    """The latest runs, newest first. A line that was cut off is left out."""
    try:
        with (directory / _FILE).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _READ_BYTES))
            lines = file.read().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in reversed(lines):
        try:
            found.append(Run.model_validate_json(line))
        except ValidationError:
            continue
    return found


def latest(runs: Sequence[Run], kind: Kind) -> Run | None:
    """The newest run of a kind."""
    return next((run for run in runs if run.kind == kind), None)
