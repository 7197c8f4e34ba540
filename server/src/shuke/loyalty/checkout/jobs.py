"""Scheduled and background work of checkout: what comes due, and imports asked for in the console."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from shuke.loyalty import ledger, tiers
from shuke.platform import clock, jobs
from shuke.platform.db import Database
from shuke.platform.errors import AppError
from shuke.platform.settings import settings

from . import importing, waiting
from .actions import bring_members_forward
from .errors import ProgrammeMissing
from .live import redo
from .programme import load_programme

IMPORT_ORDERS = "checkout.import_orders"
# Small enough that one transaction stays well under half a second.
_MEMBERS_AT_A_TIME = 500
_REFUNDS_AT_A_TIME = 50
_REJECTS_KEPT = timedelta(days=30)
_UPLOADS_KEPT = timedelta(days=2)

logger = structlog.get_logger("shuke.checkout")


async def judge_due_levels() -> None:
    """Judge the levels whose time is over. Pages of members commit one by one; it can stop anywhere."""
    await _judge_due(jobs.database())


async def bring_forward(database: Database) -> int:
    """Do everything that has come due, in the ledger and among the levels; how many members had something due."""
    return await ledger.do_due(database) + await _judge_due(database)


async def _judge_due(database: Database) -> int:
    until = clock.now()
    async with database.transaction() as session:
        scheme = await tiers.find_scheme(session)
    if scheme is None:
        return 0
    if not tiers.needs_accounts(scheme):
        return await tiers.judge_all_due(database, until)
    return await _judge_with_accounts(database, until)


async def _judge_with_accounts(database: Database, until: datetime) -> int:
    """What is due under a scheme whose judgements cost something: the books of the members are brought forward."""
    behind = done = 0
    while True:
        async with database.transaction() as session:
            try:
                programme = await load_programme(session)
            except ProgrammeMissing:
                return done
            page = list(await tiers.members_due(session, until, behind, _MEMBERS_AT_A_TIME))
            if not page:
                return done
            await bring_members_forward(session, programme, page, until)
        behind = page[-1]
        done += len(page)


async def settle_waiting_refunds() -> None:
    """Do refunds that waited for orders which are here by now; each page commits by itself."""
    while True:
        async with jobs.transaction() as session:
            try:
                programme = await load_programme(session)
            except ProgrammeMissing:
                return
            if await waiting.settle_all(session, programme, _REFUNDS_AT_A_TIME, redo) < _REFUNDS_AT_A_TIME:
                return


async def forget_old_imports() -> None:
    """Rows handed back are kept for thirty days, uploaded files for two: they hold what people bought."""
    async with jobs.transaction() as session:
        await importing.forget_rejects(session, clock.wall() - _REJECTS_KEPT)
    await asyncio.to_thread(_sweep_uploads, (clock.wall() - _UPLOADS_KEPT).timestamp())


def _sweep_uploads(before: float) -> None:
    folder = settings().data_directory / "uploads"
    for path in folder.glob("*") if folder.exists() else ():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


async def import_orders(payload: dict[str, Any]) -> None:
    """Run an import that was uploaded. A file that cannot be read ends it as failed; the record says why."""
    database = jobs.database()
    async with database.transaction() as session:
        run = await importing.get_import(session, payload["import_id"])
        further = (await importing.list_files(session, [run.import_id]))[run.import_id]
    if run.upload_path is None or run.state in {"done", "failed"}:
        return
    path = Path(run.upload_path)
    try:
        await importing.run_import(database, run, path)
    except importing.ImportRunning:
        return
    except AppError as error:
        logger.warning("import refused", import_id=run.import_id, code=error.code)
    for one in (path, *(Path(file.path) for file in further)):
        await asyncio.to_thread(one.unlink, missing_ok=True)
