"""Requests of members over HTTP."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from sqlalchemy import Row

from shuke.people import members
from shuke.platform import audit
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from . import actions, queries
from .errors import (
    AlreadyExtended,
    CopyNotReady,
    ErasedAlready,
    NotConfirmed,
    OnHold,
    RequestClosed,
    RequestNotFound,
    WrongKind,
)
from .permissions import COPY, ERASE, READ, WRITE
from .rules import Kind, State
from .schemas import (
    AssignmentIn,
    CertificateOut,
    CorrectionIn,
    ErasureIn,
    ErasurePartOut,
    ErasurePreviewOut,
    MemberCopyOut,
    RefusalIn,
    RequestIn,
    RequestNoteIn,
    RequestOut,
    RequestPageOut,
    RequestsOut,
    RestrictionIn,
    StepOut,
)

router = Router(tags=["requests"])

_FILE = {"schema": {"type": "string", "format": "binary"}}

Id = Annotated[int, Path(ge=1, le=2**62)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("/v1/requests", dependencies=[allowed(READ, reach="narrowed")], responses=declares(BadCursor))
async def list_requests(
    session: RequestSession,
    sight: CurrentSight,
    state: State | None = None,
    kind: Kind | None = None,
    overdue: bool = False,
    member: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> RequestsOut:
    """Requests of members; open ones first, and of those the most urgent."""
    page = await queries.list_requests(
        session, sight, state=state, kind=kind, is_overdue=overdue, member_id=member, limit=limit, cursor=cursor
    )
    open_count, overdue_count = await queries.count_open(session, sight)
    return RequestsOut(
        items=[RequestOut(**vars(one)) for one in page.items],
        next=page.next,
        open_count=open_count,
        overdue_count=overdue_count,
    )


@router.post(
    "/v1/requests",
    status_code=201,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, ErasedAlready),
)
async def take_request(session: RequestSession, actor: CurrentActor, body: RequestIn) -> RequestPageOut:
    """Take a request of a member in; whoever takes it vouches for who asked."""
    member_id = await members.get_id(session, body.member, actor.sight, hold=True)
    wanted = actions.NewRequest(
        member_id=member_id,
        kind=body.kind,
        channel=body.channel,
        verified_how=body.verified_how,
        verified_by=actor.name,
        words=body.words,
    )
    return await _page(session, await actions.take(session, wanted, actor), actor.sight)


@router.get(
    "/v1/requests/{request_id}", dependencies=[allowed(READ, reach="narrowed")], responses=declares(RequestNotFound)
)
async def get_request(session: RequestSession, sight: CurrentSight, request_id: Id) -> RequestPageOut:
    """A request with its trail, its copy and its certificate."""
    return await _page(session, request_id, sight)


@router.post(
    "/v1/requests/{request_id}/notes",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed),
)
async def add_note(session: RequestSession, actor: CurrentActor, request_id: Id, body: RequestNoteIn) -> RequestPageOut:
    """Add a note to the trail."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.note(session, request, body.words, actor)
    return await _page(session, request_id, actor.sight)


@router.put(
    "/v1/requests/{request_id}/assignment",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed),
)
async def assign(session: RequestSession, actor: CurrentActor, request_id: Id, body: AssignmentIn) -> RequestPageOut:
    """Say who works on it."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.assign(session, request, body.to, actor)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/extension",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed, AlreadyExtended),
)
async def extend(session: RequestSession, actor: CurrentActor, request_id: Id, body: RequestNoteIn) -> RequestPageOut:
    """Take the time that is allowed at the very latest, once, with a reason."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.extend(session, request, body.words, actor)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/refusal",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed),
)
async def refuse(session: RequestSession, actor: CurrentActor, request_id: Id, body: RefusalIn) -> RequestPageOut:
    """Refuse it, with a reason that the law knows."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.refuse(session, request, body.reason, body.words, actor)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/withdrawal",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed),
)
async def take_back(
    session: RequestSession, actor: CurrentActor, request_id: Id, body: RequestNoteIn
) -> RequestPageOut:
    """The member does not want it any more; an erasure that waits is called off."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.take_back(session, request, body.words, actor)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/completion",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed, WrongKind),
)
async def complete(session: RequestSession, actor: CurrentActor, request_id: Id, body: RequestNoteIn) -> RequestPageOut:
    """It is done; the words say what shows it. Deletions end with their erasure."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.complete(session, request, body.words, actor)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/correction",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed, WrongKind, members.VersionChanged),
)
async def correct(session: RequestSession, actor: CurrentActor, request_id: Id, body: CorrectionIn) -> RequestPageOut:
    """Correct the profile as asked; the trail names the fields."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.correct(session, request, body.as_change(), body.version, actor)
    return await _page(session, request_id, actor.sight)


@router.put(
    "/v1/requests/{request_id}/restriction",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed, WrongKind),
)
async def restrict(session: RequestSession, actor: CurrentActor, request_id: Id, body: RestrictionIn) -> RequestPageOut:
    """Restrict all processing of the member's data, or lift it."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.restrict(session, request, actor, is_restricted=body.is_restricted)
    return await _page(session, request_id, actor.sight)


@router.post(
    "/v1/requests/{request_id}/copy",
    status_code=202,
    dependencies=[allowed(COPY, reach="narrowed")],
    responses=declares(RequestNotFound, RequestClosed, WrongKind),
)
async def ask_for_copy(session: RequestSession, actor: CurrentActor, request_id: Id) -> RequestPageOut:
    """Let a copy of everything about the member be made; it is kept sealed for seven days."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.ask_for_copy(session, request, actor)
    return await _page(session, request_id, actor.sight)


@router.get(
    "/v1/requests/{request_id}/copy/file",
    dependencies=[allowed(COPY, reach="narrowed")],
    responses=declares(RequestNotFound, CopyNotReady)
    | {
        200: {
            "description": "A ZIP of JSON, CSV and a page to read.",
            "content": {"application/zip": _FILE},
        }
    },
    response_class=Response,
)
async def download_copy(session: RequestSession, actor: CurrentActor, request_id: Id) -> Response:
    """The copy. Who downloaded it is kept."""
    found = await queries.get_request(session, request_id, actor.sight)
    copy = await queries.find_copy(session, request_id)
    content = await queries.read_copy(session, copy.copy_id) if copy is not None and copy.state == "ready" else b""
    if copy is None or not content:
        raise CopyNotReady
    await audit.record(session, actor, "requests.copy_downloaded", "requests", request_id, {"copy_id": copy.copy_id})
    name = f"{found.member_number}-{copy.copy_id}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


@router.get(
    "/v1/requests/{request_id}/erasure",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(RequestNotFound),
)
async def preview_erasure(session: RequestSession, sight: CurrentSight, request_id: Id) -> ErasurePreviewOut:
    """What erasing the member would take away, and what has to be kept and why."""
    request = await queries.lock_request(session, request_id, sight)
    found = await actions.preview(session, request)
    return ErasurePreviewOut(**{**vars(found), "parts": [ErasurePartOut(**vars(part)) for part in found.parts]})


@router.post(
    "/v1/requests/{request_id}/erasure",
    status_code=202,
    dependencies=[allowed(ERASE, reach="narrowed", needs_fresh=True)],
    responses=declares(RequestNotFound, RequestClosed, WrongKind, NotConfirmed, OnHold, ErasedAlready),
)
async def confirm_erasure(
    session: RequestSession, actor: CurrentActor, request_id: Id, body: ErasureIn
) -> RequestPageOut:
    """Let the member be erased: at once, or when the time for second thoughts is over. It cannot be undone."""
    request = await queries.lock_request(session, request_id, actor.sight)
    await actions.schedule(session, request, confirm=body.confirm, is_told=body.told_points_lost, actor=actor)
    return await _page(session, request_id, actor.sight)


async def _page(session: RequestSession, request_id: int, sight: CurrentSight) -> RequestPageOut:
    found = await queries.get_request(session, request_id, sight)
    copy = await queries.find_copy(session, request_id)
    erasure = await queries.find_erasure(session, found.member_id)
    return RequestPageOut(
        request=RequestOut(**vars(found)),
        steps=[StepOut(**vars(step)) for step in await queries.list_steps(session, request_id)],
        copy_made=_copy_out(copy) if copy is not None else None,
        certificate=CertificateOut(
            code=erasure.code,
            because=erasure.because,
            erased_at=erasure.erased_at,
            actor=erasure.actor,
            content=erasure.certificate,
        )
        if erasure is not None
        else None,
        is_on_hold=await queries.find_hold(session, found.member_id) is not None,
    )


def _copy_out(copy: Row[Any]) -> MemberCopyOut:
    shown = {name: getattr(copy, name) for name in MemberCopyOut.model_fields if name != "id"}
    return MemberCopyOut(id=copy.copy_id, **shown)
