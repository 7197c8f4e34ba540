"""Imports of order history, over HTTP."""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Annotated

import anyio
from fastapi import Form, Path, Query, Response, UploadFile

from shuke.platform import jobs, uploads
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, encode_cursor
from shuke.platform.tabular import UNREADABLE

from . import importing, return_routes
from .errors import ProgrammeMissing
from .import_views import place_of, show_imports, show_mapping
from .importing import Given, Mapping
from .importing.mapping import CODE
from .importing.schemas import (
    FitOut,
    ImportOut,
    ImportsOut,
    MappingIn,
    MappingOut,
    MappingsOut,
    SampleOut,
    SamplesOut,
)
from .jobs import IMPORT_ORDERS
from .permissions import IMPORTS_READ, IMPORTS_WRITE

router = Router(tags=["imports"])
router.include_router(return_routes.router)
_FILE_ERRORS = (*UNREADABLE, importing.WrongColumns, importing.FileUnknown, importing.FileMissing)
_JOINED_ERRORS = (importing.JoinedTooLarge, importing.KeyTwice)


@router.get("/v1/import-mappings", dependencies=[allowed(IMPORTS_READ, reach="common")])
async def get_mappings(session: RequestSession) -> MappingsOut:
    """The formats that can be imported, with the files and columns that each expects; one's own first."""
    return MappingsOut(items=[show_mapping(mapping) for mapping in await importing.list_mappings(session)])


@router.put(
    "/v1/import-mappings/{code}",
    dependencies=[allowed(IMPORTS_WRITE)],
    responses=declares(importing.MappingTaken),
)
async def put_mapping(
    code: Annotated[str, Path(pattern=CODE)], body: MappingIn, session: RequestSession, actor: CurrentActor
) -> MappingOut:
    """Save a mapping of one's own, in place of the one before."""
    mapping = Mapping(code=code, **dict(body))
    await importing.save_mapping(session, mapping, actor.name)
    return show_mapping(mapping)


@router.delete(
    "/v1/import-mappings/{code}",
    status_code=204,
    dependencies=[allowed(IMPORTS_WRITE)],
    responses=declares(importing.UnknownMapping),
)
async def delete_mapping(code: Annotated[str, Path(pattern=CODE)], session: RequestSession) -> None:
    """Forget a mapping of one's own. What was imported by it stays."""
    await importing.forget_mapping(session, code)


@router.post("/v1/import-samples", dependencies=[allowed(IMPORTS_WRITE)], responses=declares(*UNREADABLE))
async def post_sample(file: list[UploadFile], session: RequestSession) -> SamplesOut:
    """Look at the beginning of files: their first rows, and which mappings fit. Nothing is kept."""
    paths = await _keep(file)
    try:
        samples = [
            await anyio.to_thread.run_sync(importing.look_at, Given(path, uploads.shown_name(one.filename, "orders")))
            for path, one in zip(paths, file, strict=True)
        ]
    finally:
        await anyio.to_thread.run_sync(_forget, paths)
    found = importing.fits(await importing.list_mappings(session), samples)
    return SamplesOut(
        files=[SampleOut(name=one.name, header=one.header, rows=one.rows) for one in samples],
        fits=[
            FitOut(mapping=fit.mapping.code, roles=fit.roles, lacks=fit.lacks, is_complete=fit.is_complete)
            for fit in found
        ],
        guess=importing.guess(samples[0].header),
    )


@router.post(
    "/v1/imports",
    status_code=202,
    dependencies=[allowed(IMPORTS_WRITE)],
    responses=declares(
        *_FILE_ERRORS,
        *_JOINED_ERRORS,
        importing.UnknownMapping,
        importing.BadMapping,
        importing.MoneyDiffers,
        ProgrammeMissing,
    ),
)
async def post_import(
    file: list[UploadFile],
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    mapping: Annotated[str, Form(max_length=40, description="Code of a mapping.")] = "",
    mapping_file: Annotated[UploadFile | None, Form(description="Or a mapping of your own, as YAML.")] = None,
) -> ImportOut:
    """Upload files of orders, and those they are joined to, and import them. What cannot be read is refused here."""
    chosen = await _mapping(session, mapping, mapping_file)
    paths = await _keep(file)
    try:
        given = [Given(path, uploads.shown_name(one.filename, "orders")) for path, one in zip(paths, file, strict=True)]
        given = await importing.check_files(session, given, chosen)
        run = await importing.start_import(
            session,
            given[0].path,
            chosen,
            file_name=given[0].name,
            asked_by=actor.name,
            upload_path=str(given[0].path),
            more=given[1:],
        )
        await jobs.enqueue(session, IMPORT_ORDERS, {"import_id": run.import_id})
    except BaseException:
        _forget(paths)
        raise
    return (await show_imports(session, [run], language))[0]


async def _keep(files: Sequence[UploadFile]) -> list[FilePath]:
    return [await anyio.to_thread.run_sync(uploads.keep, one.file) for one in files]


def _forget(paths: Sequence[FilePath]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


async def _mapping(session: Session, code: str, file: UploadFile | None) -> Mapping:
    if file is not None:
        return importing.read_mapping((await file.read(1 << 20)).decode("utf-8", "replace"))
    return await importing.get_mapping(session, code)


@router.get("/v1/imports", dependencies=[allowed(IMPORTS_READ)], responses=declares(BadCursor))
async def get_imports(
    session: RequestSession,
    language: RequestLanguage,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> ImportsOut:
    """Imports, newest first."""
    runs = await importing.list_imports(session, place_of(cursor, "-id"), limit + 1)
    more = encode_cursor("-id", [runs[limit - 1].import_id]) if len(runs) > limit else None
    return ImportsOut(items=await show_imports(session, runs[:limit], language), next=more)


@router.get(
    "/v1/imports/{import_id}", dependencies=[allowed(IMPORTS_READ)], responses=declares(importing.ImportNotFound)
)
async def get_import(import_id: int, session: RequestSession, language: RequestLanguage) -> ImportOut:
    """One import: how far it is, and what came of it."""
    run = await importing.get_import(session, import_id)
    rejects = await importing.list_rejects(session, import_id)
    return (await show_imports(session, [run], language, rejects))[0]


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
