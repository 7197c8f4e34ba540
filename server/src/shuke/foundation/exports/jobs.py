"""Background work of exports."""

import asyncio
from pathlib import Path
from typing import Any

from shuke.platform import clock, jobs

from .actions import mark
from .queries import list_outlived
from .working.running import run_export


async def run(payload: dict[str, Any]) -> None:
    """Make the file of an export."""
    await run_export(jobs.database(), payload["export_id"])


async def forget_old_files() -> None:
    """Delete the files whose time is over, and their keys with them: a copy of the file says nothing then."""
    async with jobs.transaction() as session:
        for old in await list_outlived(session, clock.wall()):
            if old.file_path is not None:
                await asyncio.to_thread(Path(old.file_path).unlink, missing_ok=True)
            await mark(session, old.export_id, state="expired", file_path=None, wrapped_key=None, kek_version=None)
