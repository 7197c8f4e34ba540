"""Questions about imports of members."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from sqlalchemy import func, select

from shuke.platform import crypto, keys
from shuke.platform.db import Session
from shuke.platform.keys import WrappedKey

from .errors import ImportNotFound
from .rules.settings import ImportSettings
from .tables import member_import, member_import_change, member_import_reject

State = Literal["draft", "checking", "checked", "waiting", "running", "done", "failed", "undoing", "undone"]
RejectKind = Literal["rejected", "duplicate", "conflict"]
_PAGE = 1_000


@dataclass(frozen=True)
class Import:
    """One import of members. `counts` and `dry_run` say what was done or would be; `error` holds both languages."""

    import_id: int
    state: State
    file_name: str
    file_bytes: int
    file_hash: bytes
    upload_path: str | None
    header: list[str]
    signature: str
    settings: ImportSettings
    wrapped_key: bytes
    kek_version: int
    lines_done: int
    lines_total: int | None
    applied_to: int
    counts: dict[str, Any]
    dry_run: dict[str, Any] | None
    error: dict[str, Any] | None
    asked_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    undo: dict[str, Any] | None
    undo_asked_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True)
class HandedBack:
    """A row that was not taken: its number, why, and its cells as they stood."""

    row_no: int
    code: str
    values: dict[str, Any]
    cells: list[str]


COLUMNS = [member_import.c[name] for name in Import.__dataclass_fields__]


def as_import(row: Any) -> Import:
    """An import from its row."""
    return Import(**{**dict(row), "settings": ImportSettings.model_validate(row["settings"])})


async def get_import(session: Session, import_id: int, *, hold: bool = False) -> Import:
    """An import by id; `hold`: until the transaction ends. Raises ImportNotFound."""
    wanted = select(*COLUMNS).where(member_import.c.import_id == import_id)
    row = (await session.execute(wanted.with_for_update() if hold else wanted)).mappings().first()
    if row is None:
        raise ImportNotFound(import_id=import_id)
    return as_import(row)


async def list_imports(session: Session, before: int | None, limit: int) -> list[Import]:
    """Imports, newest first, below an id."""
    wanted = select(*COLUMNS).order_by(member_import.c.import_id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(member_import.c.import_id < before)
    return [as_import(row) for row in (await session.execute(wanted)).mappings()]


async def find_unfinished(session: Session, file_hash: bytes, settings: ImportSettings) -> Import | None:
    """The newest import of the same bytes in the same way that was cut off."""
    rows = await session.execute(
        select(*COLUMNS)
        .where(member_import.c.file_hash == file_hash, member_import.c.state.in_(("waiting", "running")))
        .order_by(member_import.c.import_id.desc())
    )
    found = [as_import(row) for row in rows.mappings()]
    return next((one for one in found if one.settings == settings), None)


async def find_remembered(session: Session, signature: str) -> ImportSettings | None:
    """How the newest file with the same headings was read, if one was imported."""
    row = await session.execute(
        select(member_import.c.settings)
        .where(member_import.c.signature == signature, member_import.c.started_at.is_not(None))
        .order_by(member_import.c.import_id.desc())
        .limit(1)
    )
    found = row.scalar_one_or_none()
    return None if found is None else ImportSettings.model_validate(found)


async def count_reasons(session: Session, import_id: int) -> list[tuple[RejectKind, str, int, dict[str, Any]]]:
    """Why rows were handed back: kind, code, how many, and the values of one of them; the most frequent first."""
    rows = await session.execute(
        select(
            member_import_reject.c.kind,
            member_import_reject.c.code,
            func.count().label("rows"),
            func.min(member_import_reject.c.row_no).label("first"),
        )
        .where(member_import_reject.c.import_id == import_id)
        .group_by(member_import_reject.c.kind, member_import_reject.c.code)
    )
    found = rows.all()
    firsts = await session.execute(
        select(member_import_reject.c.row_no, member_import_reject.c["values"]).where(
            member_import_reject.c.import_id == import_id,
            member_import_reject.c.row_no.in_([row.first for row in found]),
        )
    )
    values = {row.row_no: row[1] for row in firsts}
    ordered = sorted(found, key=lambda row: (-row.rows, row.code))
    return [(row.kind, row.code, row.rows, values[row.first]) for row in ordered]


async def count_outcomes(  # allow: sight — imports need the whole shop in sight
    session: Session, import_id: int
) -> Counter[tuple[str, str | None]]:  # allow: sight — whole shop only
    """How many members an import made or changed, by kind and by what an undo did with them."""
    rows = await session.execute(
        select(member_import_change.c.kind, member_import_change.c.outcome, func.count().label("members"))
        .where(member_import_change.c.import_id == import_id)
        .group_by(member_import_change.c.kind, member_import_change.c.outcome)
    )
    return Counter({(row.kind, row.outcome): row.members for row in rows})


async def list_kept(  # allow: sight — imports need the whole shop in sight
    session: Session, import_id: int, behind: int, limit: int
) -> list[tuple[int, str, str]]:  # allow: sight — whole
    """Members whom an undo left as they are, wholly or partly: (member id, kind, outcome), by id."""
    change = member_import_change.c
    rows = await session.execute(
        select(change.member_id, change.kind, change.outcome)
        .where(change.import_id == import_id, change.outcome.in_(("kept", "partly")), change.member_id > behind)
        .order_by(change.member_id)
        .limit(limit)
    )
    return [(row.member_id, row.kind, row.outcome) for row in rows]


def key_context(import_id: int) -> str:
    """What the key of an import's rows is bound to."""
    return f"member_import:{import_id}"


def row_context(import_id: int, row_no: int) -> str:
    """The place of a row's cells."""
    return f"member_import:{import_id}:row:{row_no}"


async def open_key(found: Import) -> bytes:
    """The key of the rows that an import handed back."""
    wrapped = WrappedKey(found.wrapped_key, found.kek_version)
    (data_key,) = await keys.ring().open([(wrapped, key_context(found.import_id))])
    return data_key


async def each_handed_back(session: Session, found: Import, kinds: tuple[RejectKind, ...]) -> AsyncIterator[HandedBack]:
    """The rows handed back, in the order of the file."""
    data_key = await open_key(found)
    reject = member_import_reject.c
    behind = -1
    while True:
        rows = await session.execute(
            select(member_import_reject)
            .where(reject.import_id == found.import_id, reject.row_no > behind, reject.kind.in_(kinds))
            .order_by(reject.row_no)
            .limit(_PAGE)
        )
        page = rows.mappings().all()
        for row in page:
            content = crypto.open_(data_key, row["sealed"], row_context(found.import_id, row["row_no"]))
            yield HandedBack(row["row_no"], row["code"], row["values"], orjson.loads(content))
        if len(page) < _PAGE:
            return
        behind = page[-1]["row_no"]
