"""Background work of requests: copies, erasures that are due, late ones, retention, the journal of erasures."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog

from shuke.platform import jobs, module
from shuke.platform.errors import AppError

from . import actions, queries
from .extensions import Erasure, ErasureJournal

logger = structlog.get_logger("shuke.rights")


async def make_copy(payload: dict[str, Any]) -> None:
    """Make a copy that somebody asked for."""
    async with jobs.transaction() as session:
        await actions.make_copy(session, payload["copy_id"])


async def erase(payload: dict[str, Any]) -> None:
    """Erase a person whose deletion was confirmed, and write it down outside the database."""
    try:
        async with jobs.transaction() as session:
            erasure = await actions.carry_out(session, payload["request_id"])
    except AppError as error:
        logger.warning("erasure refused", request_id=payload["request_id"], code=error.code)
        return
    if erasure is not None:
        await _write_down([erasure])


async def erase_due() -> None:
    """Erase everybody whose time for second thoughts is over."""
    async with jobs.transaction() as session:
        due = await actions.list_due(session)
    for request_id in due:
        await erase({"request_id": request_id})


async def announce_late() -> None:
    """Announce the requests whose last day is over."""
    async with jobs.transaction() as session:
        await actions.announce_late(session)


async def hold_to_retention() -> None:
    """Erase what is overdue until nothing is, and keep the report."""
    erased: dict[tuple[str, str], int] = {}
    while True:
        async with jobs.transaction() as session:
            lines, erasures = await actions.run_retention(session)
            for line in lines:
                key = line.purpose, line.data
                erased[key] = erased.get(key, 0) + line.erased
            is_done = not any(line.overdue and line.erased for line in lines)
            if is_done:
                totals = [actions.Line(**{**vars(line), "erased": erased[line.purpose, line.data]}) for line in lines]
                await actions.keep_report(session, totals)
        await _write_down(erasures)
        if is_done:
            return


async def keep_journal() -> None:
    """Make journal and database say the same, after a crash before the file was written, and after a restore."""
    for journal in module.contributions(ErasureJournal):
        entries = await asyncio.to_thread(journal.read)
        async with jobs.transaction() as session:
            brought_back = await actions.replay(session, entries)
            known = await queries.list_erasures(session)
        if brought_back:
            logger.warning("erased again after a restore", people=brought_back)
        written = {entry.code for entry in entries}
        await asyncio.to_thread(journal.add, [one for one in known if one.code not in written])


async def _write_down(erasures: Sequence[Erasure]) -> None:
    if erasures:
        for journal in module.contributions(ErasureJournal):
            await asyncio.to_thread(journal.add, erasures)
