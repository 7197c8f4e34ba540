"""Imports of members over HTTP."""

from typing import Annotated, Literal

import anyio
from fastapi import Query, Response, UploadFile

from shuke.platform import audit, jobs, uploads
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, decode_cursor, encode_cursor
from shuke.platform.tabular import UNREADABLE

from .actions import add_import, ask_for, change_settings, look_at
from .errors import BadMapping, FileGone, ImportNotFound, NoMatchKey, UnknownStore, WrongColumns, WrongState
from .files import handed_back_csv
from .permissions import FILES, READ, WRITE
from .queries import Import, RejectKind, get_import, list_imports, list_kept
from .rules.headings import FIELDS, NOT_TAKEN
from .rules.labels import LABELS
from .schemas import (
    MemberImportFieldOut,
    MemberImportFieldsOut,
    MemberImportKeptListOut,
    MemberImportKeptOut,
    MemberImportOut,
    MemberImportSettingsIn,
    MemberImportsOut,
)
from .steps import CHECK, RUN, UNDO
from .views import show

router = Router(tags=["member-imports"])

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
_STEP_ERRORS = declares(ImportNotFound, WrongState, NoMatchKey, FileGone)
_KINDS: dict[str, tuple[RejectKind, ...]] = {
    "rejects": ("rejected", "conflict"),
    "duplicates": ("duplicate",),
}


@router.get("/v1/member-import-fields", dependencies=[allowed(READ, reach="common")])
async def get_fields() -> MemberImportFieldsOut:
    """What a column of a file can be."""
    return MemberImportFieldsOut(
        fields=[MemberImportFieldOut(code=code, label=LABELS[code]) for code in FIELDS],
        not_taken=[MemberImportFieldOut(code=code, label=LABELS[code]) for code in NOT_TAKEN],
    )


@router.post("/v1/member-imports", status_code=202, dependencies=[allowed(WRITE)], responses=declares(*UNREADABLE))
async def post_import(
    file: UploadFile, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> MemberImportOut:
    """Upload a file of members: a draft with what its columns seem to be. Nothing is imported yet."""
    path = await anyio.to_thread.run_sync(uploads.keep, file.file)
    try:
        name = uploads.shown_name(file.filename, "members")
        run = await add_import(session, path, file_name=name, asked_by=actor.name, upload_path=str(path))
        return await _shown(session, run, language, is_looking=True)
    except BaseException:
        await anyio.Path(path).unlink(missing_ok=True)
        raise


@router.get("/v1/member-imports", dependencies=[allowed(READ)], responses=declares(BadCursor))
async def get_imports(
    session: RequestSession, language: RequestLanguage, limit: Limit = DEFAULT_LIMIT, cursor: str | None = None
) -> MemberImportsOut:
    """Imports of members, newest first."""
    runs = await list_imports(session, _place(cursor, "-id"), limit + 1)
    more = encode_cursor("-id", [runs[limit - 1].import_id]) if len(runs) > limit else None
    return MemberImportsOut(items=await show(session, runs[:limit], language), next=more)


@router.get("/v1/member-imports/{import_id}", dependencies=[allowed(READ)], responses=declares(ImportNotFound))
async def get_one(import_id: int, session: RequestSession, language: RequestLanguage) -> MemberImportOut:
    """One import: how far it is, what came of it; a draft with a look at its first rows."""
    run = await get_import(session, import_id)
    return await _shown(session, run, language, is_looking=run.state in {"draft", "checked"})


@router.patch(
    "/v1/member-imports/{import_id}",
    dependencies=[allowed(WRITE)],
    responses=declares(ImportNotFound, WrongState, BadMapping, WrongColumns, UnknownStore),
)
async def patch_import(
    import_id: int, body: MemberImportSettingsIn, session: RequestSession, language: RequestLanguage
) -> MemberImportOut:
    """Decide what columns are, how members are recognised, and what becomes of those who are known."""
    run = await change_settings(session, import_id, body.as_change())
    return await _shown(session, run, language, is_looking=True)


@router.post(
    "/v1/member-imports/{import_id}/dry-run", status_code=202, dependencies=[allowed(WRITE)], responses=_STEP_ERRORS
)
async def post_dry_run(
    import_id: int, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> MemberImportOut:
    """See what would become of every row, in the background; nothing about any member changes."""
    run = await ask_for(session, import_id, "checking", asked_by=actor.name)
    await jobs.enqueue(session, CHECK, {"import_id": import_id})
    return await _shown(session, run, language)


@router.post(
    "/v1/member-imports/{import_id}/start", status_code=202, dependencies=[allowed(WRITE)], responses=_STEP_ERRORS
)
async def post_start(
    import_id: int, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> MemberImportOut:
    """Import in the background. One that broke off goes on where it was."""
    run = await ask_for(session, import_id, "waiting", asked_by=actor.name)
    await jobs.enqueue(session, RUN, {"import_id": import_id})
    return await _shown(session, run, language)


@router.post(
    "/v1/member-imports/{import_id}/undo", status_code=202, dependencies=[allowed(WRITE)], responses=_STEP_ERRORS
)
async def post_undo(
    import_id: int, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> MemberImportOut:
    """Take an import back in the background: new members go, changed ones become what they were.

    Who was touched since stays, and is listed under `kept`.
    """
    run = await ask_for(session, import_id, "undoing", asked_by=actor.name)
    await jobs.enqueue(session, UNDO, {"import_id": import_id})
    return await _shown(session, run, language)


@router.get(
    "/v1/member-imports/{import_id}/kept", dependencies=[allowed(READ)], responses=declares(ImportNotFound, BadCursor)
)
async def get_kept(
    import_id: int, session: RequestSession, limit: Limit = DEFAULT_LIMIT, cursor: str | None = None
) -> MemberImportKeptListOut:
    """Members whom an undo left as they are, wholly or partly, because something has happened to them since."""
    await get_import(session, import_id)
    rows = await list_kept(session, import_id, _place(cursor, "id") or 0, limit + 1)
    more = encode_cursor("id", [rows[limit - 1][0]]) if len(rows) > limit else None
    items = [
        MemberImportKeptOut(member_id=member_id, kind=kind, outcome=outcome)
        for member_id, kind, outcome in rows[:limit]
    ]
    return MemberImportKeptListOut(items=items, next=more)


@router.get(
    "/v1/member-imports/{import_id}/{which}.csv",
    dependencies=[allowed(FILES)],
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rows, UTF-8 with BOM."},
        **declares(ImportNotFound),
    },
)
async def get_rows(
    import_id: int,
    which: Literal["rejects", "duplicates"],
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
) -> Response:
    """The rows handed back, as they stood in the file, each with its reason. Who fetched them is kept."""
    run = await get_import(session, import_id)
    body = await handed_back_csv(session, run, _KINDS[which], language)
    await audit.record(session, actor, f"member_imports.{which}", "member-imports", import_id)
    headers = {"Content-Disposition": f'attachment; filename="member-import-{import_id}-{which}.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


async def _shown(session: Session, run: Import, language: Language, *, is_looking: bool = False) -> MemberImportOut:
    look = await look_at(session, run) if is_looking else None
    return (await show(session, [run], language, look=look, in_full=True))[0]


def _place(cursor: str | None, sort: str) -> int | None:
    if cursor is None:
        return None
    (value,) = decode_cursor(cursor, sort, 1)
    if type(value) is not int or abs(value) >= 2**63:
        raise BadCursor
    return value
