"""One export: page by page, each page with the permissions and the sight that the asker has at that moment."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from shuke.foundation import notices, staff
from shuke.platform import audit, clock, crypto, keys
from shuke.platform.actor import Actor
from shuke.platform.db import Database, Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName
from shuke.platform.settings import settings

from ..actions import choose, hold_for_approval, mark, require_list, sight_of
from ..errors import NotAllowedAnyMore, TooManyRows, UnknownList
from ..extensions import Cell, Column, Exportable, Rows
from ..queries import Export, find_list, get_export, key_context
from ..rules import marks
from ..rules.csv_file import CsvFile
from ..rules.xlsx_file import MOST_ROWS, XlsxFile
from .sealed_file import SealedWriter

KEPT = timedelta(days=7)
# Room for the headings and the mark.
_SHEET_ROWS = MOST_ROWS - 2

logger = structlog.get_logger("shuke.exports")


class _NeedsApproval(Exception):
    """More rows than one person may take out alone."""


async def run_export(database: Database, export_id: int) -> Export:
    """Make the file of an export. One that was cut off is made anew; one that may not be any more is refused."""
    async with database.advisory_lock(f"export:{export_id}") as is_mine:
        async with database.transaction() as session:
            asked = await get_export(session, export_id)
        if not is_mine or asked.state not in {"waiting", "running"}:
            return asked
        try:
            await _Making(database, asked).make()
        except NotAllowedAnyMore as error:
            await _end(database, asked, "refused", error)
        except AppError as error:
            await _end(database, asked, "failed", error)
        async with database.transaction() as session:
            return await get_export(session, export_id)


class _Making:
    """The making of one file."""

    def __init__(self, database: Database, asked: Export) -> None:
        self._database, self._asked = database, asked
        found = find_list(asked.list)
        if found is None:
            raise UnknownList(list=asked.list)
        self._list: Exportable = found
        self._filters = found.filters.model_validate(asked.filters)
        self._rows = 0

    async def make(self) -> None:
        """Write the file, page by page, and note where it lies."""
        asked = self._asked
        context = key_context(asked.export_id)
        (key,) = crypto.new_data_keys(1)
        path = settings().data_directory / "exports" / f"{asked.mark}.sealed"
        async with self._database.transaction() as session:
            actor = await self._actor(session)
            names = await staff.display_names(session, [asked.asked_by])
            columns = choose(self._list, asked.columns, actor.sight)
            await mark(session, asked.export_id, state="running", started_at=clock.wall(), rows_done=0)
        told = _told(asked, self._list, names.get(asked.asked_by, str(asked.asked_by)))
        file = _file(asked, self._list, told)
        try:
            with SealedWriter(path, key, context) as target:
                headings = [marks.marked(column.label.pick(asked.language), asked.export_id) for column in columns]
                target.write(file.open(headings))
                await self._pages(file, target, columns)
                target.write(file.end(f"{told}{marks.hidden(asked.export_id)}"))
        except _NeedsApproval:
            async with self._database.transaction() as session:
                await hold_for_approval(session, asked, await self._actor(session), self._rows)
            return
        size = await asyncio.to_thread(lambda: path.stat().st_size)
        # Wrapped only now: the key-encryption key of the beginning may have been retired while the file was made.
        (wrapped,) = await keys.ring().wrap([key], [context])
        await self._note(path, size, wrapped)

    async def _pages(self, file: CsvFile | XlsxFile, target: SealedWriter, columns: Sequence[Column]) -> None:
        cursor: str | None = None
        while True:
            page = await self._page(cursor)
            self._rows += len(page.rows)
            self._require_few()
            cells: list[list[Cell]] = [[row.get(column.key) for column in columns] for row in page.rows]
            # Compressing and sealing take their time; others go on meanwhile.
            await asyncio.to_thread(_write, file, target, cells)
            if page.next is None:
                return
            cursor = page.next

    def _require_few(self) -> None:
        if self._asked.format == "xlsx" and self._rows > _SHEET_ROWS:
            raise TooManyRows(limit=f"{_SHEET_ROWS:,}")
        if self._rows > settings().export_approval_rows and self._asked.approved_by is None:
            raise _NeedsApproval

    async def _page(self, cursor: str | None) -> Rows:
        async with self._database.transaction() as session:
            actor = await self._actor(session)
            sight = sight_of(self._asked, self._list, actor)
            page = await self._list.rows(session, self._filters, sight, self._asked.language, cursor)
            await mark(session, self._asked.export_id, rows_done=self._rows + len(page.rows))
            return page

    async def _actor(self, session: Any) -> Actor:
        actor = await staff.find_actor(session, self._asked.asked_by)
        if actor is None:
            raise NotAllowedAnyMore
        try:
            require_list(self._asked.list, actor, is_unmasked=self._asked.is_unmasked)
        except AppError:
            raise NotAllowedAnyMore from None
        return actor

    async def _note(self, path: Path, size: int, wrapped: keys.WrappedKey) -> None:
        asked, now = self._asked, clock.wall()
        async with self._database.transaction() as session:
            actor = await self._actor(session)
            await mark(
                session,
                asked.export_id,
                state="done",
                rows_done=self._rows,
                finished_at=now,
                expires_at=now + KEPT,
                file_path=str(path),
                file_bytes=size,
                wrapped_key=wrapped.wrapped,
                kek_version=wrapped.version,
            )
            details = {"list": asked.list, "rows": self._rows, "is_unmasked": asked.is_unmasked}
            await audit.record(session, actor, "exports.made", "exports", asked.export_id, details)
            rows = LocalName(f"共 {self._rows:,} 行，7 天内可下载。", f"{self._rows:,} rows; it is kept for 7 days.")
            await _tell(session, asked, "done", rows)


def _write(file: CsvFile | XlsxFile, target: SealedWriter, cells: list[list[Cell]]) -> None:
    target.write(file.rows(cells))


def _told(asked: Export, wanted: Exportable, name: str) -> str:
    at = f"{asked.asked_at:%Y-%m-%d %H:%M} UTC"
    if asked.language == "zh":
        return f"导出：{wanted.label.zh}　申请人：{name}　时间：{at}　编号：{asked.mark}"
    return f"Export: {wanted.label.en} · by {name} · {at} · {asked.mark}"


def _file(asked: Export, wanted: Exportable, told: str) -> CsvFile | XlsxFile:
    if asked.format == "csv":
        return CsvFile()
    return XlsxFile(title=wanted.label.pick(asked.language), mark=told, at=asked.asked_at)


async def _end(database: Database, asked: Export, state: str, error: AppError) -> None:
    logger.warning("export ended", export_id=asked.export_id, code=error.code)
    async with database.transaction() as session:
        await mark(session, asked.export_id, state=state, finished_at=clock.wall(), problem=error.kept())
        await _tell(session, asked, "failed", LocalName(error.say("zh"), error.say("en")))


async def _tell(session: Session, asked: Export, outcome: str, detail: LocalName) -> None:
    wanted = find_list(asked.list)
    label = wanted.label if wanted is not None else LocalName(asked.list, asked.list)
    said = LocalName("导出完成", "is ready") if outcome == "done" else LocalName("导出失败", "could not be exported")
    told = notices.Notice(
        kind=f"exports.{outcome}",
        key=f"export:{asked.export_id}",
        title=LocalName(f"{label.zh}{said.zh}", f"{label.en} {said.en}"),
        detail=detail,
        link="/settings/exports",
        tone="good" if outcome == "done" else "bad",
        users=[asked.asked_by],
    )
    await notices.tell(session, told)
