"""One import from start to end: read, stage, apply. Killed at any moment and started again, it ends the same."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from shuke.foundation import notices
from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session, is_contention
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.tabular import Table, open_table

from ..actions import chunks, counting, staging
from ..actions.readers import make_reader
from ..actions.uploading import mark
from ..errors import ImportBroken, ImportRunning
from ..queries import Import, open_key
from ..rules.reading import Rejected, RowReader

_READ_BATCH = 10_000
# About half a second of work: no writing transaction may hold up the readers of the event log for longer.
_APPLY_BATCH = 1_500
_TRIES = 6
_SAMPLES_SHOWN = 40

logger = structlog.get_logger("shuke.member_imports")


@dataclass(frozen=True)
class Progress:
    """How far an import is. `total` is unknown while reading."""

    state: str
    done: int
    total: int | None


Show = Callable[[Progress], None]


async def check_import(database: Database, run: Import, path: Path, *, on_progress: Show = lambda _: None) -> Import:
    """See what would become of every row; nothing about any member changes. Raises as `run_import`."""
    return await _work(database, replace(run, counts=counting.EMPTY, applied_to=0), path, on_progress, is_trial=True)


async def run_import(database: Database, run: Import, path: Path, *, on_progress: Show = lambda _: None) -> Import:
    """Do what is left of an import. A file that cannot be read ends it as failed, and raises.

    Raises ImportRunning when another process is at it.
    """
    return await _work(database, run, path, on_progress, is_trial=False)


async def _work(database: Database, run: Import, path: Path, on_progress: Show, *, is_trial: bool) -> Import:
    async with _alone(database, run):
        try:
            return await _Pass(database, run, path, on_progress, is_trial).run_through()
        except AppError as error:
            await _fail(database, run, error)
            raise
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
            # The database is away: the import stays as it is and goes on when it is started again.
            raise
        except Exception as error:
            if not is_contention(error):
                await _fail(database, run, ImportBroken())
            raise


@asynccontextmanager
async def _alone(database: Database, run: Import) -> AsyncIterator[None]:
    """One process at a time: the lock is freed by the server when this process dies."""
    async with database.advisory_lock(f"member_import:{run.import_id}") as is_mine:
        if not is_mine:
            raise ImportRunning
        yield


@dataclass
class _Batch:
    """Some rows of the file, checked."""

    rows: list[chunks.ReadRow] = field(default_factory=list)
    rejects: list[staging.Handed] = field(default_factory=list)
    last: int = 0


@dataclass
class _Pass:
    """Twice through the file: first all identities are staged, so that repeated people show; then rows are taken in."""

    database: Database
    run: Import
    path: Path
    on_progress: Show
    is_trial: bool
    seen: set[int] = field(default_factory=set)
    samples: list[dict[str, Any]] = field(default_factory=list)

    async def run_through(self) -> Import:
        """Read, then apply."""
        self.data_key = await open_key(self.run)
        if not await self._is_staged():
            await self._read()
        await self._apply()
        return self.run

    async def _is_staged(self) -> bool:
        # What waits is not logged: a crash of the database server empties it, and the file is read again.
        if self.is_trial or self.run.lines_total is None or self.run.state != "running":
            return False
        async with self.database.transaction() as session:
            waiting: int = self.run.counts["staged"]
            return await staging.count(session, self.run.import_id) == waiting

    async def _read(self) -> None:
        started = monotonic()
        table, reader = await self._open()
        async with self.database.transaction() as session:
            await staging.clear(session, self.run.import_id, is_resumed=self.run.applied_to > 0)
            await self._mark(session, header=table.header, lines_total=None, lines_done=self.run.lines_done)
        read = staged = rejected = 0
        batch = await asyncio.to_thread(_next_batch, reader, table, _READ_BATCH)
        while batch.last:
            # The next batch is read while the server takes this one.
            following = asyncio.create_task(asyncio.to_thread(_next_batch, reader, table, _READ_BATCH))
            try:
                async with self.database.transaction() as session:
                    waiting = [(row.person.row_no, row.keys) for row in batch.rows]
                    staged += await staging.stage(session, self.run.import_id, waiting)
                    await staging.hand_back(session, self.run, self.data_key, batch.rejects)
                read += len(batch.rows) + len(batch.rejects)
                rejected += len(batch.rejects)
                self.on_progress(Progress("reading", read, None))
            finally:
                # Also when staging fails: no thread may go on reading behind our back.
                batch = await following
        counts = {**self.run.counts, "read": read, "rejected": rejected, "staged": staged}
        counts = counting.add(counts, {"milliseconds": _since(started)})
        async with self.database.transaction() as session:
            state = {} if self.is_trial else {"state": "running"}
            await self._mark(session, lines_total=read, counts=counts, **state)

    async def _open(self) -> tuple[Table, RowReader]:
        table = await asyncio.to_thread(open_table, self.path)
        async with self.database.transaction() as session:
            return table, await make_reader(session, self.run, table.header)

    async def _apply(self) -> None:
        table, reader = await self._open()
        batch = await asyncio.to_thread(self._next_chunk, reader, table)
        while batch.last:
            following = asyncio.create_task(asyncio.to_thread(self._next_chunk, reader, table))
            try:
                await self._patiently(batch)
            finally:
                batch = await following
            self.on_progress(Progress("applying", self.run.lines_done, self.run.lines_total))
        async with self.database.transaction() as session:
            await self._finish(session)

    def _next_chunk(self, reader: RowReader, table: Table) -> _Batch:
        batch = _next_batch(reader, table, _APPLY_BATCH)
        while batch.last and batch.last <= self.run.applied_to:
            batch = _next_batch(reader, table, _APPLY_BATCH)
        return batch

    async def _patiently(self, batch: _Batch) -> None:
        """One chunk; where others who change the same members are in the way, once more after a pause."""
        for attempt in range(_TRIES):
            try:
                async with self.database.transaction() as session:
                    await self._take(session, batch)
                return
            except (DBAPIError, asyncpg.PostgresError) as error:
                if not is_contention(error) or attempt == _TRIES - 1:
                    raise
            await asyncio.sleep(0.1 * 2**attempt)

    async def _take(self, session: Session, batch: _Batch) -> None:
        started = monotonic()
        rows = [row for row in batch.rows if row.person.row_no > self.run.applied_to]
        chunk = chunks.Chunk()
        if rows:
            chunk = await chunks.work(session, self.run, rows, self.seen, is_trial=self.is_trial)
            await staging.hand_back(session, self.run, self.data_key, chunk.handed)
        more = {"milliseconds": _since(started), **{name: chunk.counts[name] for name in chunk.counts}}
        await self._mark(
            session,
            lines_done=self.run.lines_done + len(batch.rows) + len(batch.rejects),
            applied_to=batch.last,
            counts=counting.add(self.run.counts, more),
        )
        self.samples += chunk.samples[: _SAMPLES_SHOWN - len(self.samples)]

    async def _finish(self, session: Session) -> None:
        await staging.drop(session, self.run.import_id)
        if self.is_trial:
            told = {**self.run.counts, "samples": self.samples}
            await self._mark(session, state="checked", dry_run=told, lines_done=0, lines_total=None)
            return
        await self._mark(session, state="done", finished_at=clock.wall())
        await audit.record(
            session, SYSTEM, "member_imports.done", "member-imports", self.run.import_id, dict(self.run.counts)
        )
        rejected = self.run.counts.get("rejected", 0)
        said = LocalName(
            f"读了 {self.run.counts.get('read', 0):,} 行，退回 {rejected:,} 行。",
            f"{self.run.counts.get('read', 0):,} rows read, {rejected:,} handed back.",
        )
        await _tell(session, self.run, "warn" if rejected else "good", said)

    async def _mark(self, session: Session, **changed: Any) -> None:
        # A trial leaves no trace of having applied anything.
        kept = changed if not self.is_trial else {k: v for k, v in changed.items() if k not in {"applied_to", "counts"}}
        await mark(session, self.run.import_id, **kept)
        self.run = replace(self.run, **changed)


def _next_batch(reader: RowReader, table: Table, size: int) -> _Batch:
    batch = _Batch()
    for row in islice(table.rows, size):
        batch.last = row.number
        try:
            person = reader.read(row)
        except Rejected as rejected:
            batch.rejects.append((row.number, "rejected", rejected, row.cells))
            continue
        keys = tuple(members.identity_key(one.kind, one.source, one.value) for one in person.identities)
        batch.rows.append(chunks.ReadRow(person, keys, row.cells))
    return batch


async def _fail(database: Database, run: Import, error: AppError) -> None:
    async with database.transaction() as session:
        await staging.drop(session, run.import_id)
        await mark(session, run.import_id, state="failed", error=error.kept(), finished_at=clock.wall())
        await _tell(session, run, "bad", LocalName(error.say("zh"), error.say("en")))


async def _tell(session: Session, run: Import, tone: Literal["good", "warn", "bad"], detail: LocalName) -> None:
    """Tell who asked for it; an import of the command line is told at the command line."""
    kind, _, number = run.asked_by.partition(":")
    if kind != "staff":
        return
    ended = (
        LocalName("会员导入失败", "Import of members failed")
        if tone == "bad"
        else LocalName("会员导入完成", "Import of members finished")
    )
    told = notices.Notice(
        kind="imports.failed" if tone == "bad" else "imports.done",
        # A file that failed may be tried again.
        key=f"member_import:{run.import_id}:{clock.wall():%Y%m%d%H%M%S%f}",
        title=ended,
        detail=detail,
        link=f"/settings/member-imports/{run.import_id}",
        tone=tone,
        users=[int(number)],
    )
    await notices.tell(session, told)


def _since(started: float) -> int:
    return round((monotonic() - started) * 1000)
