"""One import from start to end: read, stage, apply. Killed at any moment and started again, it ends the same."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError

from shuke.foundation import notices, organization
from shuke.platform import clock, uploads
from shuke.platform.db import Database, Session, is_contention
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName

from ..programme import load_programme
from ..rules import Programme
from . import applying, report, runs, staging
from .errors import ImportBroken, ImportRunning, MoneyDiffers
from .files import Batch, FileRows, Given, recognise
from .mapping import ORDERS, RETURNS, Mapping
from .runs import Run

# About half a second of work: no writing transaction may hold up the readers of the event log for longer.
_APPLY_BATCH = 4_000
_TRIES = 6


@dataclass(frozen=True)
class Progress:
    """How far an import is. `total` is unknown while reading."""

    state: str
    done: int
    total: int | None


async def start_import(
    session: Session,
    path: Path,
    mapping: Mapping,
    *,
    file_name: str,
    asked_by: str,
    until: datetime | None = None,
    upload_path: str | None = None,
    more: Sequence[Given] = (),
) -> Run:
    """The run for a file, or for several: the one that was cut off, where there is one, or a new one.

    `until`: lines after this instant are left for later. `more`: further files of the same import. Raises MoneyDiffers
    when the mapping is for other money, and what `recognise` raises for several files.
    """
    given = [Given(path, file_name), *more]
    digest = await asyncio.to_thread(_digest, given)
    programme = await load_programme(session)
    if mapping.currency not in (None, programme.money):
        raise MoneyDiffers(found=mapping.currency, shop=programme.money)
    known = await runs.find_unfinished(session, digest, mapping, until)
    if known is not None:
        return await _take_over(session, known, upload_path, more)
    run = await runs.add(
        session,
        mapping,
        file_name=file_name,
        file_bytes=await asyncio.to_thread(_size, path),
        file_hash=digest,
        until=until,
        upload_path=upload_path,
        asked_by=asked_by,
        report=report.empty(programme.money),
    )
    if more:
        found = await asyncio.to_thread(recognise, mapping, given)
        sizes = [await asyncio.to_thread(_size, one.path) for one in more]
        roles = [one.role for one in found[1:]]
        await runs.add_files(
            session,
            run.import_id,
            [
                runs.File(one.name, role, size, str(one.path))
                for one, role, size in zip(more, roles, sizes, strict=True)
            ],
        )
    return run


def _digest(given: Sequence[Given]) -> bytes:
    digests = [uploads.digest(one.path) for one in given]
    return digests[0] if len(digests) == 1 else sha256(b"".join(digests)).digest()


async def _take_over(session: Session, run: Run, upload_path: str | None, more: Sequence[Given]) -> Run:
    """An import that was cut off goes on with the files as they lie now; earlier copies are not kept."""
    files = (await runs.list_files(session, [run.import_id]))[run.import_id]
    earlier = [Path(file.path) for file in files] if more else []
    if more:
        await runs.move_files(session, run.import_id, [str(one.path) for one in more])
    if upload_path is None:
        return run
    if run.upload_path is not None:
        earlier.append(Path(run.upload_path))
    for old in earlier:
        if old != Path(upload_path) and old not in [one.path for one in more]:
            await asyncio.to_thread(old.unlink, missing_ok=True)
    await runs.update(session, run.import_id, upload_path=upload_path)
    return replace(run, upload_path=upload_path)


def _size(path: Path) -> int:
    return path.stat().st_size


async def check_files(session: Session, given: Sequence[Given], mapping: Mapping) -> list[Given]:
    """Look at files before they are accepted; answers them with orders before the others.

    Raises UnreadableTable, WrongColumns, FileUnknown, FileMissing, JoinedTooLarge and KeyTwice.
    """
    shop = await organization.get_shop(session)
    rows = await asyncio.to_thread(FileRows, mapping, given, mapping.zone(shop.zone), clock.now(), None)
    ranks = {ORDERS: 0, RETURNS: 1}
    ordered = sorted(zip(rows.roles, given, strict=True), key=lambda pair: ranks.get(pair[0], 2))
    return [one for _, one in ordered]


async def run_import(
    database: Database, run: Run, path: Path, *, on_progress: Callable[[Progress], None] = lambda _: None
) -> Run:
    """Do what is left of a run. A file that cannot be read ends it as failed, with nothing imported, and raises.

    Raises ImportRunning when another process is at it.
    """
    async with _alone(database, run):
        try:
            if run.state != "applying" or not await _is_staged(database, run):
                run = await _read(database, run, path, on_progress)
            return await _apply(database, run, on_progress)
        except AppError as error:
            await _fail(database, run, error)
            raise
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
            # The database is away: the run stays as it is and goes on when it is started again.
            raise
        except Exception as error:
            if not is_contention(error):
                await _fail(database, run, ImportBroken())
            raise


@asynccontextmanager
async def _alone(database: Database, run: Run) -> AsyncIterator[None]:
    """One process at a time: the lock is freed by the server when this process dies."""
    async with database.advisory_lock(f"import:{run.import_id}") as is_mine:
        if not is_mine:
            raise ImportRunning
        yield


async def _is_staged(database: Database, run: Run) -> bool:
    # The waiting lines are not logged: a crash of the database server empties them, and they are read again.
    async with database.transaction() as session:
        return await staging.count(session, run.import_id) == run.lines_total


async def _read(database: Database, run: Run, path: Path, on_progress: Callable[[Progress], None]) -> Run:
    started = monotonic()
    async with database.transaction() as session:
        shop = await organization.get_shop(session)
        more = (await runs.list_files(session, [run.import_id]))[run.import_id]
    given = [Given(path, run.file_name), *(Given(Path(file.path), file.name) for file in more)]
    rows = await asyncio.to_thread(FileRows, run.mapping, given, run.mapping.zone(shop.zone), clock.now(), run.until)
    async with database.transaction() as session:
        await staging.clear(session, run.import_id)
        await runs.update(session, run.import_id, state="reading", header=rows.header)
    read = replace(run, header=rows.header)
    sums = {"lines_read": 0, "returns_read": 0, "lines_later": 0, "lines_rejected": 0}
    batch = await asyncio.to_thread(rows.next_batch)
    while batch.rows or batch.returns:
        # The next batch is read while the server takes this one.
        following = asyncio.create_task(asyncio.to_thread(rows.next_batch))
        try:
            async with database.transaction() as session:
                await _stage(session, read, batch, sums)
        finally:
            # Also when staging fails: no thread may go on reading behind our back.
            batch = await following
        on_progress(Progress("reading", sums["lines_read"] + sums["returns_read"], None))
    async with database.transaction() as session:
        return await _end_reading(session, read, sums, rows.noted.traits, started)


async def _stage(session: Session, run: Run, batch: Batch, sums: dict[str, int]) -> None:
    await staging.stage(session, run.import_id, batch.lines)
    await staging.reject(session, run, batch.rejects)
    sums["lines_read"] += batch.rows
    sums["returns_read"] += batch.returns
    sums["lines_later"] += batch.later
    sums["lines_rejected"] += len(batch.rejects)
    await runs.update(session, run.import_id, lines_done=sums["lines_read"] + sums["returns_read"])


async def _end_reading(
    session: Session, run: Run, sums: dict[str, int], traits: dict[str, tuple[str, str]], started: float
) -> Run:
    products_new = await staging.add_products(session, run.import_id, run.mapping, traits)
    # Reading again after a crash replaces what reading counted before.
    before = dict.fromkeys((*sums, "products_new"), 0) if run.applied_to is None else {}
    counted = report.add(
        {**run.report, **before},
        {**(sums if run.applied_to is None else {}), "products_new": products_new, "milliseconds": _since(started)},
        {},
    )
    changed: dict[str, Any] = {
        "state": "applying",
        "lines_total": await staging.count(session, run.import_id),
        "lines_done": run.lines_done if run.applied_to is not None else 0,
        "report": counted,
    }
    await runs.update(session, run.import_id, **changed)
    return replace(run, **changed)


async def _apply(database: Database, run: Run, on_progress: Callable[[Progress], None]) -> Run:
    async with database.transaction() as session:
        programme = await load_programme(session)
    through = run.until or clock.now()
    while run.state != "done":
        run = await _apply_patiently(database, run, programme, through)
        on_progress(Progress("applying", run.lines_done, run.lines_total))
    return run


async def _apply_patiently(database: Database, run: Run, programme: Programme, through: datetime) -> Run:
    """One chunk; where live orders of the same members are in the way, once more after a pause."""
    for attempt in range(_TRIES):
        try:
            async with database.transaction() as session:
                return await _apply_chunk(session, run, programme, through)
        except (DBAPIError, asyncpg.PostgresError) as error:
            if not is_contention(error) or attempt == _TRIES - 1:
                raise
        await asyncio.sleep(0.1 * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


async def _apply_chunk(session: Session, run: Run, programme: Programme, through: datetime) -> Run:
    started = monotonic()
    rows = await staging.next_lines(session, run.import_id, run.applied_to or "", _APPLY_BATCH)
    if not rows:
        return await _finish(session, run)
    chunk = await applying.apply_chunk(session, run, programme, rows, through)
    changed: dict[str, Any] = {
        "applied_to": chunk.last_group,
        "lines_done": run.lines_done + chunk.lines,
        "report": report.add(run.report, {**chunk.sums, "milliseconds": _since(started)}, chunk.refund_lines),
    }
    await runs.update(session, run.import_id, **changed)
    return replace(run, **changed)


async def _finish(session: Session, run: Run) -> Run:
    stores = await organization.list_stores(session)
    final = {
        **run.report,
        "stores": len(stores),
        "countries": len({store.country for store in stores if store.country}),
    }
    await staging.drop(session, run.import_id)
    changed: dict[str, Any] = {"state": "done", "report": final, "finished_at": clock.wall()}
    await runs.update(session, run.import_id, **changed)
    said = LocalName(f"读了 {run.lines_done:,} 行。", f"{run.lines_done:,} lines done.")
    await _tell(session, run, is_done=True, detail=said)
    return replace(run, **changed)


async def _tell(session: Session, run: Run, *, is_done: bool, detail: LocalName) -> None:
    """Tell who asked for it; an import of the command line is told at the command line."""
    kind, _, number = (await runs.asked_by(session, run.import_id)).partition(":")
    if kind != "staff":
        return
    ended = LocalName("订单导入完成", "Import of orders finished")
    told = notices.Notice(
        kind="imports.done" if is_done else "imports.failed",
        key=f"order_import:{run.import_id}",
        title=ended if is_done else LocalName("订单导入失败", "Import of orders failed"),
        detail=detail,
        link=f"/settings/imports/{run.import_id}",
        tone="good" if is_done else "bad",
        users=[int(number)],
    )
    await notices.tell(session, told)


async def _fail(database: Database, run: Run, error: AppError) -> None:
    async with database.transaction() as session:
        await staging.clear(session, run.import_id)
        await runs.update(session, run.import_id, state="failed", error=error.kept(), finished_at=clock.wall())
        await _tell(session, run, is_done=False, detail=LocalName(error.say("zh"), error.say("en")))


def _since(started: float) -> int:
    return round((monotonic() - started) * 1000)
