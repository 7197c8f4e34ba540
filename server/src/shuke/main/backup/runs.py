"""Backups and drills as background work: asked for in the console, or come due by the clock."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog

from shuke.platform import clock, jobs
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.settings import Settings, settings

from . import copying, journal, physical
from .journal import Kind, Run

MAKE_BACKUP = "backup.make"
HOLD_DRILL = "backup.drill"
NIGHTLY = "backup.nightly"
WEEKLY = "backup.weekly_drill"

logger = structlog.get_logger("shuke.backup")


class DrillBrokeOff(Exception):
    """The drill's process ended without a result."""


async def make_backup(_: dict[str, Any]) -> None:
    """Make a backup now. What stops it is journalled and logged; asking again is up to who asked."""
    await _make(settings())


async def hold_drill(_: dict[str, Any]) -> None:
    """Hold a drill now."""
    await _drill(settings())


async def make_nightly_backup() -> None:
    """The backup of the night, and a base backup where the embedded server keeps its log."""
    if not settings().backup_nightly:
        return
    await _make(settings())
    if settings().backup_wal and settings().database_url is None:
        await journalled(settings().backups, "base", lambda: _make_base(settings()))


async def hold_weekly_drill() -> None:
    """The drill of the week."""
    if settings().backup_nightly:
        await _drill(settings())


async def journalled(directory: Path, kind: Kind, work: Callable[[], Awaitable[str]]) -> Run:
    """Do what makes a backup and returns its name; write down how it ended. Raises only what nobody expects."""
    at, started = clock.wall(), time.monotonic()

    def ended(name: str | None, error: Exception | None) -> Run:
        said = LocalName(error.say("zh"), error.say("en")) if isinstance(error, AppError) else None
        return Run(
            kind=kind,
            at=at,
            seconds=round(time.monotonic() - started, 1),
            outcome="passed" if error is None else "failed",
            backup=name,
            code=error.code if isinstance(error, AppError) else type(error).__name__ if error else None,
            detail=said,
        )

    try:
        run = ended(await work(), None)
    except AppError as error:
        run = ended(None, error)
        logger.error("backup failed", kind=kind, code=error.code)
    except Exception as error:
        journal.record(directory, ended(None, error))
        raise
    journal.record(directory, run)
    return run


async def _make(chosen: Settings) -> None:
    async def work() -> str:
        return (await copying.make_backup(jobs.database().url, chosen, chosen.backups)).data.name

    await journalled(chosen.backups, "backup", work)


async def _make_base(chosen: Settings) -> str:
    return (await physical.make_base(physical.embedded_server(chosen), chosen.backups)).name


async def _drill(chosen: Settings) -> None:
    """In a process of its own: it verifies a whole ledger, opens other keys, and may not slow a till down."""
    before = journal.latest(journal.list_runs(chosen.backups), "drill")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shuke.main.backup", "drill"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
    held = journal.latest(journal.list_runs(chosen.backups), "drill")
    if held is None or held == before:
        raise DrillBrokeOff(f"it ended with {code}")
    if held.outcome != "passed":
        wrong = [check.code for check in held.checks if check.state != "ok"]
        logger.error("drill not passed", outcome=held.outcome, checks=wrong)
