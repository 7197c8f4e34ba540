"""Questions about exports."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, or_, select

from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.module import contributions

from .errors import ExportNotFound
from .extensions import Exportable
from .tables import export

State = Literal["approval", "waiting", "running", "done", "failed", "refused", "expired"]
Format = Literal["csv", "xlsx"]
# Longer than an approval waits for the one who decides.
WAITED_FOR = timedelta(days=15)


@dataclass(frozen=True)
class Export:
    """One export: what was asked for by whom, how far it is, and where its sealed file lies."""

    export_id: int
    list: str
    filters: dict[str, Any]
    columns: tuple[str, ...]
    format: Format
    language: Language
    is_unmasked: bool
    reason: str
    state: State
    asked_by: int
    asked_at: datetime
    approved_by: int | None
    rows_done: int
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None
    file_path: str | None
    file_bytes: int | None
    wrapped_key: bytes | None
    kek_version: int | None
    mark: str
    problem: dict[str, Any] | None


COLUMNS = [export.c[name] for name in Export.__dataclass_fields__]


def as_export(row: Any) -> Export:
    """An export from its row."""
    return Export(**{**dict(row), "columns": tuple(row["columns"])})


async def get_export(session: Session, export_id: int, *, asked_by: int | None = None, hold: bool = False) -> Export:
    """An export by id; `asked_by`: only of this user. Raises ExportNotFound."""
    wanted = select(*COLUMNS).where(export.c.export_id == export_id)
    if asked_by is not None:
        wanted = wanted.where(export.c.asked_by == asked_by)
    row = (await session.execute(wanted.with_for_update() if hold else wanted)).mappings().first()
    if row is None:
        raise ExportNotFound(export_id=export_id)
    return as_export(row)


async def list_exports(
    session: Session, *, asked_by: int | None, before: int | None, limit: int, list_key: str | None = None
) -> list[Export]:
    """Exports, newest first, below an id; of one user, or of everybody (None); of one list, or of all."""
    wanted = select(*COLUMNS).order_by(export.c.export_id.desc()).limit(limit)
    if asked_by is not None:
        wanted = wanted.where(export.c.asked_by == asked_by)
    if list_key is not None:
        wanted = wanted.where(export.c.list == list_key)
    if before is not None:
        wanted = wanted.where(export.c.export_id < before)
    return [as_export(row) for row in (await session.execute(wanted)).mappings()]


async def list_outlived(session: Session, at: datetime) -> list[Export]:
    """Exports whose time is over: their files still lie there, or nobody has ever approved them."""
    unwanted = and_(export.c.state == "approval", export.c.asked_at < at - WAITED_FOR)
    wanted = select(*COLUMNS).where(or_(and_(export.c.expires_at < at, export.c.state == "done"), unwanted))
    return [as_export(row) for row in (await session.execute(wanted)).mappings()]


def find_list(key: str) -> Exportable | None:
    """A list by its key, of those that the installed modules contribute."""
    return next((item for item in contributions(Exportable) if item.key == key), None)


def key_context(export_id: int) -> str:
    """What the key of an export's file is bound to."""
    return f"export:{export_id}"
