"""Imports of order history, over HTTP."""

from collections import Counter
from typing import Annotated, Any

import anyio
from fastapi import Form, Query, Response, UploadFile

from shuke.platform import clock, jobs, uploads
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, decode_cursor, encode_cursor
from shuke.platform.tabular import UNREADABLE

from . import importing
from .errors import ProgrammeMissing
from .importing import Mapping, Run
from .jobs import IMPORT_ORDERS
from .permissions import IMPORTS_READ, IMPORTS_WRITE
from .schemas import (
    FailureOut,
    ImportOut,
    ImportsOut,
    MappingOut,
    MappingsOut,
    ProgressOut,
    ReasonOut,
    ReportOut,
)

router = Router(tags=["imports"])


@router.get("/v1/import-mappings", dependencies=[allowed(IMPORTS_READ, reach="common")])
async def get_mappings() -> MappingsOut:
    """The formats that can be imported, with the columns that each expects."""
    return MappingsOut(
        items=[
            MappingOut(
                code=mapping.code,
                name=LocalName(mapping.name.zh, mapping.name.en),
                description=LocalName(mapping.description.zh, mapping.description.en),
                columns=[column for column in mapping.columns.model_dump().values() if column],
            )
            for mapping in importing.built_in()
        ]
    )


@router.post(
    "/v1/imports",
    status_code=202,
    dependencies=[allowed(IMPORTS_WRITE)],
    responses=declares(
        *UNREADABLE,
        importing.WrongColumns,
        importing.UnknownMapping,
        importing.BadMapping,
        importing.MoneyDiffers,
        ProgrammeMissing,
    ),
)
async def post_import(
    file: UploadFile,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    mapping: Annotated[str, Form(max_length=40, description="Code of a built-in mapping.")] = "",
    mapping_file: Annotated[UploadFile | None, Form(description="Or a mapping of your own, as YAML.")] = None,
) -> ImportOut:
    """Upload a file of orders and start importing it. The file is looked at first: what is no table is refused here."""
    chosen = await _mapping(mapping, mapping_file)
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        await importing.check_files(session, [importing.Given(path, file.filename or "orders")], chosen)
        run = await importing.start_import(
            session,
            path,
            chosen,
            file_name=uploads.shown_name(file.filename, "orders"),
            asked_by=actor.name,
            upload_path=str(path),
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    await jobs.enqueue(session, IMPORT_ORDERS, {"import_id": run.import_id})
    return _out(run, language, [])


async def _mapping(code: str, file: UploadFile | None) -> Mapping:
    if file is not None:
        return importing.read_mapping((await file.read(1 << 20)).decode("utf-8", "replace"))
    found = importing.find_built_in(code)
    if found is None:
        raise importing.UnknownMapping(code=code, known=", ".join(item.code for item in importing.built_in()))
    return found


@router.get("/v1/imports", dependencies=[allowed(IMPORTS_READ)], responses=declares(BadCursor))
async def get_imports(
    session: RequestSession,
    language: RequestLanguage,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> ImportsOut:
    """Imports, newest first."""
    before = _before(cursor) if cursor else None
    runs = await importing.list_imports(session, before, limit + 1)
    more = encode_cursor("-id", [runs[limit - 1].import_id]) if len(runs) > limit else None
    return ImportsOut(items=[_out(run, language, []) for run in runs[:limit]], next=more)


@router.get(
    "/v1/imports/{import_id}", dependencies=[allowed(IMPORTS_READ)], responses=declares(importing.ImportNotFound)
)
async def get_import(import_id: int, session: RequestSession, language: RequestLanguage) -> ImportOut:
    """One import: how far it is, and what came of it."""
    run = await importing.get_import(session, import_id)
    return _out(run, language, await importing.list_rejects(session, import_id))


@router.get(
    "/v1/imports/{import_id}/rejects.csv",
    dependencies=[allowed(IMPORTS_READ)],
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rows, UTF-8 with BOM."},
        **declares(importing.ImportNotFound),
    },
)
async def get_rejects(import_id: int, session: RequestSession, language: RequestLanguage) -> Response:
    """The rows handed back, each with its reason, as CSV (UTF-8 with BOM, so that Excel reads it)."""
    run = await importing.get_import(session, import_id)
    body = importing.rejects_csv(run, await importing.list_rejects(session, import_id), language)
    headers = {"Content-Disposition": f'attachment; filename="import-{import_id}-rejects.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _before(cursor: str) -> int:
    (value,) = decode_cursor(cursor, "-id", 1)
    if type(value) is not int or abs(value) >= 2**63:
        raise BadCursor
    return value


def _out(run: Run, language: Language, rejects: list[dict[str, Any]]) -> ImportOut:
    seconds = run.report["milliseconds"] / 1000
    elapsed = ((run.finished_at or clock.wall()) - run.started_at).total_seconds()
    done = run.report["lines_read"] if run.state == "done" else run.lines_done
    return ImportOut(
        id=run.import_id,
        kind=run.kind,
        file_name=run.file_name,
        file_bytes=run.file_bytes,
        mapping=run.mapping.code,
        state=run.state,
        started_at=run.started_at,
        finished_at=run.finished_at,
        progress=ProgressOut(
            done=done,
            total=run.lines_total,
            rate_per_second=round(done / max(elapsed, 0.001)),
        ),
        error=None if run.error is None else _failure(run.error, language),
        report=None if run.state != "done" else _report(run, rejects, seconds, language),
    )


def _failure(error: dict[str, Any], language: Language) -> FailureOut:
    return FailureOut(code=error["code"], title=error["title"][language], detail=error["detail"][language])


def _report(run: Run, rejects: list[dict[str, Any]], seconds: float, language: Language) -> ReportOut:
    counts = Counter(row["code"] for row in rejects)
    first = {row["code"]: row for row in reversed(rejects)}
    reasons = [
        ReasonOut(code=code, text=importing.say(code, first[code]["values"], language), count=count)
        for code, count in counts.most_common()
    ]
    return ReportOut(**{**run.report, "seconds": seconds, "reasons": reasons})
