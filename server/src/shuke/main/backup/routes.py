"""Backups over HTTP: what there is and how the last drill ended; asking for more. Archives never leave this way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import anyio
from sqlalchemy import text

from shuke.platform import clock, jobs
from shuke.platform.db import Session
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed
from shuke.platform.i18n import Language
from shuke.platform.settings import settings

from . import folder, journal, runs
from .folder import DataBackup, KeysBackup
from .journal import Run
from .permissions import BACKUPS_READ, BACKUPS_RUN
from .schemas import BackupOut, BackupsOut, CheckOut, DrillOut, KeysOut, RunOut, WorkOut

_NEXT = text("select entrypoint, next_run from queue.pgqueuer_schedules where entrypoint in (:nightly, :weekly)")

router = Router(tags=["backups"])


@router.get("/v1/backups", dependencies=[allowed(BACKUPS_READ)])
async def get_backups(session: RequestSession, language: RequestLanguage) -> BackupsOut:
    """The data backups, newest first, and how the last backup and the last drill ended."""
    chosen = settings()
    seen = await anyio.to_thread.run_sync(_look, chosen.backups)
    due = await _next_runs(session)
    now = clock.wall()
    drill = journal.latest(seen.runs, "drill")
    backup = journal.latest(seen.runs, "backup")
    bar = timedelta(hours=chosen.backup_max_age_hours)
    return BackupsOut(
        items=[_backup(found, size, seen.keys.get(found.name), now) for found, size in seen.data],
        is_running=seen.is_running,
        is_late=not seen.data or now - seen.data[0][0].manifest.made_at > bar,
        max_age_hours=chosen.backup_max_age_hours,
        last_backup=None if backup is None else _run(backup, language),
        last_drill=None if drill is None else _drill(drill, language),
        next_backup_at=due.get(runs.NIGHTLY) if chosen.backup_nightly else None,
        next_drill_at=due.get(runs.WEEKLY) if chosen.backup_nightly else None,
    )


@router.post("/v1/backups", status_code=202, dependencies=[allowed(BACKUPS_RUN)])
async def post_backup(session: RequestSession) -> WorkOut:
    """Ask for a backup; the worker makes it. One that waits already is enough."""
    await jobs.enqueue(session, runs.MAKE_BACKUP, {}, dedupe_key=runs.MAKE_BACKUP)
    return WorkOut(work="backup")


@router.post("/v1/backups/drills", status_code=202, dependencies=[allowed(BACKUPS_RUN)])
async def post_drill(session: RequestSession) -> WorkOut:
    """Ask for a drill of the newest backup; the worker holds it. One that waits already is enough."""
    await jobs.enqueue(session, runs.HOLD_DRILL, {}, dedupe_key=runs.HOLD_DRILL)
    return WorkOut(work="drill")


@dataclass(frozen=True)
class _Seen:
    data: list[tuple[DataBackup, int]]
    keys: dict[str, KeysBackup]
    runs: list[Run]
    is_running: bool


def _look(directory: Path) -> _Seen:
    return _Seen(
        data=[(found, found.size) for found in folder.list_data(directory)],
        keys={found.name: found for found in folder.list_keys(directory)},
        runs=journal.list_runs(directory),
        is_running=folder.is_running(directory),
    )


async def _next_runs(session: Session) -> dict[str, datetime]:
    """When the worker does what by the clock; nothing where none has run yet."""
    rows = await session.execute(_NEXT, {"nightly": runs.NIGHTLY, "weekly": runs.WEEKLY})
    return {row.entrypoint: row.next_run for row in rows}


def _backup(found: DataBackup, size: int, keys: KeysBackup | None, now: datetime) -> BackupOut:
    manifest = found.manifest
    return BackupOut(
        name=found.name,
        made_at=manifest.made_at,
        age_seconds=int((now - manifest.made_at).total_seconds()),
        bytes=size,
        rows=sum(manifest.rows.values()),
        members=manifest.rows.get("public.member", 0),
        schema_head=manifest.schema_head,
        program=manifest.program,
        server=manifest.server,
        keys=None if keys is None else KeysOut(made_at=keys.made_at, ends_at=keys.ends_at),
    )


def _run(run: Run, language: Language) -> RunOut:
    return RunOut(
        at=run.at,
        seconds=run.seconds,
        outcome=run.outcome,
        backup=run.backup,
        code=run.code,
        detail=None if run.detail is None else run.detail.pick(language),
    )


def _drill(run: Run, language: Language) -> DrillOut:
    return DrillOut(
        **vars(_run(run, language)),
        restore_seconds=run.restore_seconds,
        checks=[
            CheckOut(
                code=check.code,
                state=check.state,
                label=check.label.pick(language),
                detail=check.detail.pick(language),
            )
            for check in run.checks
        ],
    )
