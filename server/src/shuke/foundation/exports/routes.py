"""Exports over HTTP."""

from pathlib import Path
from typing import Annotated

from fastapi import Query
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse

from shuke.foundation import staff
from shuke.platform import audit, keys
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language, LocalName
from shuke.platform.module import contributions
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, decode_cursor, encode_cursor
from shuke.platform.refusals import NotAllowed, OutOfSight
from shuke.platform.settings import settings

from .actions import UNMASK, ask, require_list
from .errors import BadExport, ExportNotFound, NotReady, PersonNeeded, UnknownList
from .extensions import Exportable
from .permissions import MANAGE, WRITE
from .queries import Export, find_list, get_export, key_context, list_exports
from .rules.views import offered
from .schemas import ExportColumnOut, ExportFailureOut, ExportIn, ExportListOut, ExportListsOut, ExportOut, ExportsOut
from .working.sealed_file import read_sealed

router = Router(tags=["exports"])

_FILE = {"schema": {"type": "string", "format": "binary"}}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/v1/export-lists", dependencies=[allowed(WRITE, reach="narrowed")])
async def get_lists(actor: CurrentActor, sight: CurrentSight) -> ExportListsOut:
    """The lists that the caller may take out, with their columns."""
    items = [
        ExportListOut(
            key=item.key,
            label=item.label,
            columns=[
                ExportColumnOut(key=column.key, label=column.label, is_personal=column.view is not None)
                for column in offered(item.columns, sight)
            ],
        )
        for item in contributions(Exportable)
        if item.permission in actor.permissions and (sight.is_whole or not item.needs_whole_sight)
    ]
    return ExportListsOut(
        items=items, may_unmask=UNMASK in actor.permissions, approval_above=settings().export_approval_rows
    )


@router.post(
    "/v1/exports",
    status_code=202,
    dependencies=[allowed(WRITE, reach="narrowed", needs_fresh=True)],
    responses=declares(UnknownList, BadExport, PersonNeeded, NotAllowed, OutOfSight),
)
async def post_export(
    body: ExportIn, session: RequestSession, actor: CurrentActor, sight: CurrentSight, language: RequestLanguage
) -> ExportOut:
    """Ask for a list as a file, with the filters of the list. It is made in the background, as the caller sees it."""
    assert sight is actor.sight
    asked = await ask(
        session,
        actor,
        list_key=body.list,
        filters=body.filters,
        columns=body.columns,
        file_format=body.format,
        language=language,
        is_unmasked=body.unmasked,
        reason=body.reason,
    )
    return (await _shown(session, actor, [asked], language))[0]


@router.get("/v1/exports", dependencies=[allowed(WRITE, reach="common")], responses=declares(BadCursor))
async def get_exports(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    everybody: Annotated[bool, Query(description="Everybody's, for who may manage exports.")] = False,
    list_key: Annotated[str | None, Query(alias="list", max_length=60, description="Of one list only.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> ExportsOut:
    """The caller's exports, newest first."""
    found = await list_exports(
        session,
        asked_by=_whose(actor, everybody=everybody),
        before=_before(cursor),
        limit=limit + 1,
        list_key=list_key,
    )
    more = encode_cursor("-id", [found[limit - 1].export_id]) if len(found) > limit else None
    return ExportsOut(items=await _shown(session, actor, found[:limit], language), next=more)


@router.get(
    "/v1/exports/{export_id}", dependencies=[allowed(WRITE, reach="common")], responses=declares(ExportNotFound)
)
async def get_one(export_id: int, session: RequestSession, actor: CurrentActor, language: RequestLanguage) -> ExportOut:
    """One export: how far it is."""
    return (await _shown(session, actor, [await _find(session, actor, export_id)], language))[0]


@router.get(
    "/v1/exports/{export_id}/file",
    dependencies=[allowed(WRITE, reach="common")],
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {"application/octet-stream": _FILE},
            "description": "The file.",
        },
        **declares(ExportNotFound, NotReady, UnknownList, NotAllowed, OutOfSight),
    },
)
async def get_file(export_id: int, session: RequestSession, actor: CurrentActor) -> StreamingResponse:
    """The file of an export. Each download is kept in the audit trail."""
    found = await _find(session, actor, export_id)
    require_list(found.list, actor, is_unmasked=found.is_unmasked)
    if found.state != "done" or found.file_path is None or found.wrapped_key is None or found.kek_version is None:
        raise NotReady
    context = key_context(found.export_id)
    (key,) = await keys.ring().open([(keys.WrappedKey(found.wrapped_key, found.kek_version), context)])
    details = {"list": found.list, "rows": found.rows_done, "is_unmasked": found.is_unmasked}
    await audit.record(session, actor, "exports.fetched", "exports", export_id, details)
    frames = iterate_in_threadpool(read_sealed(Path(found.file_path), key, context))
    headers = {"Content-Disposition": f'attachment; filename="{found.list}-{found.mark}.{found.format}"'}
    return StreamingResponse(frames, media_type=_MEDIA[found.format], headers=headers)


def _whose(actor: Actor, *, everybody: bool) -> int | None:
    """Whose exports an actor is shown; None: everybody's, 0: nobody's.

    The files of others hold what those see: only with everything in sight. A program's key asks for none, and its
    number is no user's.
    """
    if everybody and MANAGE.code in actor.permissions and actor.sight.is_whole:
        return None
    return actor.id if actor.kind == "staff" else 0


async def _find(session: Session, actor: Actor, export_id: int) -> Export:
    return await get_export(session, export_id, asked_by=_whose(actor, everybody=True))


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    (value,) = decode_cursor(cursor, "-id", 1)
    if type(value) is not int or abs(value) >= 2**63:
        raise BadCursor
    return value


async def _shown(session: Session, actor: Actor, found: list[Export], language: Language) -> list[ExportOut]:
    names = await staff.display_names(session, sorted({one.asked_by for one in found}))
    shown = []
    for one in found:
        wanted = find_list(one.list)
        shown.append(
            ExportOut(
                id=one.export_id,
                list=one.list,
                label=wanted.label if wanted is not None else LocalName(one.list, one.list),
                format=one.format,
                is_unmasked=one.is_unmasked,
                reason=one.reason,
                state=one.state,
                asked_by=names.get(one.asked_by),
                is_mine=actor.kind == "staff" and one.asked_by == actor.id,
                asked_at=one.asked_at,
                finished_at=one.finished_at,
                expires_at=one.expires_at,
                rows_done=one.rows_done,
                file_bytes=one.file_bytes,
                mark=one.mark,
                problem=None if one.problem is None else _failure(one.problem, language),
            )
        )
    return shown


def _failure(problem: dict[str, dict[str, str]], language: Language) -> ExportFailureOut:
    return ExportFailureOut(
        code=str(problem["code"]), title=problem["title"][language], detail=problem["detail"][language]
    )
