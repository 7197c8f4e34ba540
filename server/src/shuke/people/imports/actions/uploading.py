"""A file arrives, is looked at, and is told how to be read."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import delete, select

from shuke.foundation import organization
from shuke.platform import clock, keys, uploads
from shuke.platform.db import Session
from shuke.platform.tabular import open_table

from ..errors import BadMapping, FileGone, NoMatchKey, UnknownStore, WrongColumns, WrongState
from ..queries import (
    COLUMNS,
    Import,
    State,
    as_import,
    find_remembered,
    find_unfinished,
    get_import,
    key_context,
)
from ..rules import headings
from ..rules.settings import ImportSettings
from ..tables import member_import, member_import_reject
from .counting import EMPTY

_CHANGEABLE = ("draft", "checked", "failed")
_STARTABLE: Mapping[str, tuple[State, ...]] = {
    "checking": ("draft", "checked", "failed"),
    "waiting": ("draft", "checked", "failed"),
    "undoing": ("done", "failed", "undone"),
}


async def add_import(
    session: Session,
    path: Path,
    *,
    file_name: str,
    asked_by: str,
    upload_path: str | None,
    settings: ImportSettings | None = None,
) -> Import:
    """The import of a file: the one of these bytes that was cut off, or a new draft with what its columns seem to be.

    Raises UnreadableTable when the file is none.
    """
    table = await asyncio.to_thread(open_table, path)
    signature = headings.signature(table.header)
    chosen = settings or await _remembered(session, signature) or _detected(table.header)
    file_hash = await asyncio.to_thread(uploads.digest, path)
    known = await find_unfinished(session, file_hash, chosen)
    if known is not None:
        if upload_path is not None:
            await mark(session, known.import_id, upload_path=upload_path)
        return replace(known, upload_path=upload_path or known.upload_path)
    row = await session.execute(
        member_import.insert()
        .values(
            state="draft",
            file_name=file_name,
            file_bytes=await asyncio.to_thread(_size, path),
            file_hash=file_hash,
            upload_path=upload_path,
            header=table.header,
            signature=signature,
            settings=chosen.model_dump(mode="json"),
            wrapped_key=b"",
            kek_version=0,
            lines_done=0,
            counts=EMPTY,
            asked_by=asked_by,
            created_at=clock.wall(),
        )
        .returning(*COLUMNS)
    )
    added = as_import(row.mappings().one())
    # The key is bound to the import's number, which is known only now.
    ((_, wrapped),) = await keys.ring().make([key_context(added.import_id)])
    await mark(session, added.import_id, wrapped_key=wrapped.wrapped, kek_version=wrapped.version)
    return replace(added, wrapped_key=wrapped.wrapped, kek_version=wrapped.version)


async def _remembered(session: Session, signature: str) -> ImportSettings | None:
    """What was decided for such a file before; rewards are asked for anew each time."""
    found = await find_remembered(session, signature)
    return found.model_copy(update={"is_sign_up": False}) if found else None


def _detected(header: list[str]) -> ImportSettings:
    return ImportSettings(fields=headings.detect(header, {}))


def _size(path: Path) -> int:
    return path.stat().st_size


async def change_settings(session: Session, import_id: int, changed: Mapping[str, Any]) -> Import:
    """Decide anew how a file is read. What a dry run said before counts no more.

    Raises ImportNotFound, WrongState, BadMapping, WrongColumns or UnknownStore.
    """
    found = await get_import(session, import_id, hold=True)
    if found.state not in _CHANGEABLE or found.applied_to:
        raise WrongState(state=found.state)
    settings = _valid({**found.settings.model_dump(), **changed})
    if len(settings.fields) != len(found.header):
        raise WrongColumns(found=len(found.header), given=len(settings.fields))
    if settings.store_id is not None and not await organization.get_stores(session, [settings.store_id]):
        raise UnknownStore(store_id=settings.store_id)
    await mark(session, import_id, settings=settings.model_dump(mode="json"), state="draft", dry_run=None, error=None)
    return replace(found, settings=settings, state="draft", dry_run=None, error=None)


def _valid(values: Mapping[str, Any]) -> ImportSettings:
    try:
        return ImportSettings.model_validate(values)
    except ValidationError as error:
        raise BadMapping(problem=error.errors()[0]["msg"]) from None


async def ask_for(
    session: Session, import_id: int, step: Literal["checking", "waiting", "undoing"], *, asked_by: str
) -> Import:
    """Ask for the next step; what was asked for already stays asked for.

    Raises ImportNotFound, WrongState, NoMatchKey or FileGone.
    """
    found = await get_import(session, import_id, hold=True)
    if found.state == step or (step, found.state) in {("waiting", "running"), ("undoing", "undone")}:
        return found
    if found.state not in _STARTABLE[step]:
        raise WrongState(state=found.state)
    changed: dict[str, Any] = {"state": step, "error": None}
    if step == "undoing":
        changed |= {"undo_asked_by": asked_by}
    else:
        if not found.settings.is_usable:
            raise NoMatchKey
        if found.upload_path is None or not await asyncio.to_thread(Path(found.upload_path).exists):
            raise FileGone
        changed |= {"lines_done": 0, "lines_total": None if not found.applied_to else found.lines_total}
    if step == "waiting" and found.started_at is None:
        changed["started_at"] = clock.wall()
    await mark(session, import_id, **changed)
    return replace(found, **changed)


async def mark(session: Session, import_id: int, **values: Any) -> None:
    """Note how far an import is."""
    await session.execute(member_import.update().where(member_import.c.import_id == import_id).values(**values))


async def forget_rejects(session: Session, ended_before: datetime) -> int:
    """Forget the rows handed back by imports that ended before an instant. Returns how many."""
    old = select(member_import.c.import_id).where(member_import.c.created_at < ended_before)
    gone = await session.execute(delete(member_import_reject).where(member_import_reject.c.import_id.in_(old)))
    return gone.rowcount
