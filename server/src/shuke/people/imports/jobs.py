"""Background work of imports of members."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from shuke.platform import clock, jobs
from shuke.platform.errors import AppError
from shuke.platform.settings import settings

from .actions import forget_rejects, mark
from .errors import ImportRunning
from .queries import Import, get_import
from .working import check_import, run_import, undo_import

_REJECTS_KEPT = timedelta(days=30)

logger = structlog.get_logger("shuke.member_imports")


async def check(payload: dict[str, Any]) -> None:
    """See what would become of an uploaded file."""
    found = await _find(payload)
    if found.state == "checking":
        await _quietly(found, check_import(jobs.database(), found, Path(found.upload_path or "")))


async def run(payload: dict[str, Any]) -> None:
    """Import an uploaded file; the file goes when it is done."""
    found = await _find(payload)
    if found.state not in {"waiting", "running"}:
        return
    path = Path(found.upload_path or "")
    done = await _quietly(found, run_import(jobs.database(), found, path))
    # A file that the command line was given is its owner's, and stays.
    if done and path.is_relative_to(settings().uploads):
        await asyncio.to_thread(path.unlink, missing_ok=True)
        async with jobs.transaction() as session:
            await mark(session, found.import_id, upload_path=None)


async def undo(payload: dict[str, Any]) -> None:
    """Take an import back."""
    found = await _find(payload)
    if found.state == "undoing":
        await _quietly(found, undo_import(jobs.database(), found))


async def forget_old_rows() -> None:
    """Rows handed back are kept for thirty days: they hold people's data."""
    async with jobs.transaction() as session:
        await forget_rejects(session, clock.wall() - _REJECTS_KEPT)


async def _find(payload: dict[str, Any]) -> Import:
    async with jobs.transaction() as session:
        return await get_import(session, payload["import_id"])


async def _quietly(found: Import, work: Any) -> bool:
    """Whether the work was done; a file that cannot be read has ended it as failed, and its record says why."""
    try:
        await work
    except ImportRunning:
        return False
    except AppError as error:
        logger.warning("member import refused", import_id=found.import_id, code=error.code)
        return False
    return True
