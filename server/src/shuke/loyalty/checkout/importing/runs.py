"""The record of imports: what was asked, how far it is, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform import clock
from shuke.platform.db import Session

from .errors import ImportNotFound
from .mapping import Mapping
from .tables import import_file, import_reject, import_run

State = Literal["waiting", "reading", "applying", "done", "failed"]


@dataclass(frozen=True)
class Run:
    """One import. `report` counts what was done so far; `error` holds texts in both languages."""

    import_id: int
    kind: Literal["orders"]
    mapping: Mapping
    file_name: str
    file_bytes: int
    upload_path: str | None
    header: list[str]
    state: State
    until: datetime | None
    lines_done: int
    lines_total: int | None
    applied_to: str | None
    report: dict[str, Any]
    error: dict[str, Any] | None
    started_at: datetime
    finished_at: datetime | None


_COLUMNS = [import_run.c[name] for name in Run.__dataclass_fields__]


def _run(row: Any) -> Run:
    return Run(**{**dict(row), "mapping": Mapping.model_validate(row["mapping"])})


async def add(
    session: Session,
    mapping: Mapping,
    *,
    file_name: str,
    file_bytes: int,
    file_hash: bytes,
    until: datetime | None,
    upload_path: str | None,
    asked_by: str,
    report: dict[str, Any],
) -> Run:
    """Record a new import, waiting."""
    row = await session.execute(
        import_run.insert()
        .values(
            kind="orders",
            mapping=mapping.model_dump(mode="json"),
            mapping_code=mapping.code,
            file_name=file_name,
            file_bytes=file_bytes,
            file_hash=file_hash,
            state="waiting",
            until=until,
            upload_path=upload_path,
            header=[],
            lines_done=0,
            report=report,
            asked_by=asked_by,
            started_at=clock.wall(),
        )
        .returning(*_COLUMNS)
    )
    return _run(row.mappings().one())


@dataclass(frozen=True)
class File:
    """A further file of an import: its name, what it is to the mapping, how large, and where it lies."""

    name: str
    role: str
    size: int
    path: str


async def add_files(session: Session, import_id: int, files: Sequence[File]) -> None:
    """Record the further files of an import."""
    await session.execute(
        import_file.insert(),
        [
            {
                "import_id": import_id,
                "file_no": file_no,
                "role": file.role,
                "file_name": file.name,
                "file_bytes": file.size,
                "path": file.path,
            }
            for file_no, file in enumerate(files, start=2)
        ],
    )


async def list_files(session: Session, import_ids: Sequence[int]) -> dict[int, list[File]]:
    """The further files of imports, each in the order given."""
    rows = await session.execute(
        select(import_file).where(import_file.c.import_id.in_(import_ids)).order_by(import_file.c.file_no)
    )
    found: dict[int, list[File]] = {import_id: [] for import_id in import_ids}
    for row in rows:
        found[row.import_id].append(File(row.file_name, row.role, row.file_bytes, row.path))
    return found


async def move_files(session: Session, import_id: int, paths: Sequence[str]) -> None:
    """The further files of an import lie elsewhere by now."""
    for file_no, path in enumerate(paths, start=2):
        await session.execute(
            import_file.update()
            .where(import_file.c.import_id == import_id, import_file.c.file_no == file_no)
            .values(path=path)
        )


async def asked_by(session: Session, import_id: int) -> str:
    """Who asked for an import: `staff:7`, or the command line."""
    asked: str = (
        await session.execute(select(import_run.c.asked_by).where(import_run.c.import_id == import_id))
    ).scalar_one()
    return asked


async def find_unfinished(session: Session, file_hash: bytes, mapping: Mapping, until: datetime | None) -> Run | None:
    """The newest import of the same bytes under the same mapping that was cut off."""
    row = await session.execute(
        select(*_COLUMNS)
        .where(
            import_run.c.file_hash == file_hash,
            import_run.c.mapping == mapping.model_dump(mode="json"),
            import_run.c.until.is_not_distinct_from(until),
            import_run.c.state.in_(("waiting", "reading", "applying")),
        )
        .order_by(import_run.c.import_id.desc())
        .limit(1)
    )
    found = row.mappings().first()
    return None if found is None else _run(found)


async def get_import(session: Session, import_id: int) -> Run:
    """An import by id. Raises ImportNotFound."""
    row = (await session.execute(select(*_COLUMNS).where(import_run.c.import_id == import_id))).mappings().first()
    if row is None:
        raise ImportNotFound(import_id=import_id)
    return _run(row)


async def list_imports(session: Session, before: int | None, limit: int) -> list[Run]:
    """Imports, newest first, below an id."""
    query = select(*_COLUMNS).order_by(import_run.c.import_id.desc()).limit(limit)
    if before is not None:
        query = query.where(import_run.c.import_id < before)
    return [_run(row) for row in (await session.execute(query)).mappings()]


async def update(session: Session, import_id: int, **values: Any) -> None:
    """Note how far an import is."""
    await session.execute(import_run.update().where(import_run.c.import_id == import_id).values(**values))


async def list_rejects(session: Session, import_id: int) -> list[dict[str, Any]]:
    """The rows handed back, in the order of the file: row_no, code, values, cells."""
    rows = await session.execute(
        select(import_reject).where(import_reject.c.import_id == import_id).order_by(import_reject.c.row_no)
    )
    return [dict(row) for row in rows.mappings()]


async def forget_rejects(session: Session, ended_before: datetime) -> int:
    """Forget the rows handed back by imports that ended before an instant. Returns how many."""
    old = select(import_run.c.import_id).where(import_run.c.finished_at < ended_before)
    gone = await session.execute(import_reject.delete().where(import_reject.c.import_id.in_(old)))
    return gone.rowcount
