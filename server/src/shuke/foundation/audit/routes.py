"""The audit trail over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from starlette.responses import StreamingResponse

from shuke.platform import audit, spreadsheets
from shuke.platform.audit import Result
from shuke.platform.http import (
    CurrentActor,
    CurrentSight,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.module import contributions
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from . import actions
from .errors import AuditLineNotFound, AuditPersonUnknown
from .extensions import MemberLookUp
from .permissions import AUDIT_READ, AUDIT_UNMASK, AUDIT_WRITE
from .queries import chain, search, words
from .schemas import (
    AskedOut,
    AuditChainOut,
    AuditDetailOut,
    AuditDifferenceIn,
    AuditDifferenceOut,
    AuditLinesOut,
    AuditSettingsIn,
    AuditSettingsOut,
    AuditWordOut,
    AuditWordsOut,
)
from .views import sheet, show_changes, show_detail, show_head, show_lines, show_verified

router = Router(tags=["audit"])

_MOST_EXPORTED = 100_000
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Cursor = Annotated[str | None, Query(max_length=200)]
Short = Annotated[str | None, Query(max_length=200)]
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


async def _filters(
    session: RequestSession,
    sight: CurrentSight,
    actor: Annotated[str | None, Query(max_length=50, description="Such as `staff:7` or `api_key:3`.")] = None,
    action: Short = None,
    object_kind: Short = None,
    object_id: Short = None,
    member: Annotated[str | None, Query(max_length=200, description="An id or a natural key.")] = None,
    result: Result | None = None,
    since: Annotated[datetime | None, Query(description="From this instant.")] = None,
    until: Annotated[datetime | None, Query(description="Before this instant.")] = None,
    q: Annotated[str | None, Query(max_length=100, description="A word of the action, in either language.")] = None,
) -> search.Filters:
    return search.Filters(
        actor=actor,
        action=action,
        kind=object_kind,
        object_id=object_id,
        member_id=None if member is None else await _member(session, member, sight),
        result=result,
        since=since,
        until=until,
        text=q,
    )


WantedLines = Annotated[search.Filters, Depends(_filters)]


@router.get("/v1/audit", dependencies=[allowed(AUDIT_READ)], responses=declares(BadCursor, AuditPersonUnknown))
async def list_audit(
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    filters: WantedLines,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> AuditLinesOut:
    """Who did what, newest first."""
    page = await search.list_lines(session, filters, limit=limit, cursor=cursor)
    return AuditLinesOut(items=await show_lines(session, page.items, sight, language), next=page.next)


@router.get(
    "/v1/audit/export",
    dependencies=[allowed(AUDIT_READ, needs_fresh=True)],
    response_class=Response,
    responses={**declares(AuditPersonUnknown), **_CSV},
)
async def export_audit(
    request: Request,
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    filters: WantedLines,
) -> Response:
    """The same as a spreadsheet, 100,000 lines at most. That it was taken is a line of the trail itself."""
    wanted = {name: str(value) for name, value in vars(filters).items() if value is not None}
    await audit.record(session, actor, "audit.exported", "audit", "", {"filters": wanted})
    rows = sheet(request.app.state.database, filters, actor.sight, language, _MOST_EXPORTED)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(rows, media_type=spreadsheets.MEDIA_TYPE, headers=headers)


@router.get("/v1/audit/words", dependencies=[allowed(AUDIT_READ)])
async def list_audit_words(session: RequestSession, language: RequestLanguage) -> AuditWordsOut:
    """What can be chosen when searching: people and keys, actions, kinds of objects, with their names."""
    actors = await words.actor_labels(session, await search.list_actors(session), language)
    acts = {code: words.action_label(code, language) for code in words.known_actions()}
    return AuditWordsOut(actors=_words(actors), actions=_words(acts), kinds=_words(words.kind_labels(language)))


@router.get("/v1/audit/chain", dependencies=[allowed(AUDIT_READ)])
async def get_audit_chain(session: RequestSession, language: RequestLanguage) -> AuditChainOut:
    """How far the trail is sealed, its newest signed head, and how the last verification ended."""
    found = await chain.state(session)
    return AuditChainOut(
        sealed=found.sealed,
        unsealed=found.unsealed,
        oldest_unsealed_at=found.oldest_unsealed_at,
        head=show_head(found.head),
        verified=show_verified(await chain.last_report(session), language),
        retention_days=await chain.retention_days(session),
    )


@router.post("/v1/audit/verifications", status_code=202, dependencies=[allowed(AUDIT_WRITE)])
async def verify_audit(session: RequestSession) -> AskedOut:
    """Verify the whole chain in the background; `GET /v1/audit/chain` tells how it ended."""
    await actions.ask_to_verify(session)
    return AskedOut(see="/v1/audit/chain")


@router.put("/v1/audit/settings", dependencies=[allowed(AUDIT_WRITE, needs_fresh=True)])
async def set_audit_settings(session: RequestSession, given: AuditSettingsIn) -> AuditSettingsOut:
    """How long lines are kept: 184 days at least."""
    before, after = await actions.set_retention(session, given.retention_days)
    audit.describe(changes={"retention_days": (before, after)})
    return AuditSettingsOut(retention_days=after)


@router.get(
    "/v1/audit/members/{member}",
    dependencies=[allowed(AUDIT_READ, reach="narrowed")],
    responses=declares(BadCursor, AuditPersonUnknown),
)
async def list_audit_of_member(
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    member: str,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> AuditLinesOut:
    """What was done to one member, for whoever sees the member."""
    filters = search.Filters(member_id=await _member(session, member, sight))
    page = await search.list_lines(session, filters, limit=limit, cursor=cursor)
    return AuditLinesOut(items=await show_lines(session, page.items, sight, language), next=page.next)


@router.get("/v1/audit/{line}", dependencies=[allowed(AUDIT_READ)], responses=declares(AuditLineNotFound))
async def get_audit_line(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, line: int
) -> AuditDetailOut:
    """One line with what was before and after, and its place in the chain."""
    found = await search.get_line(session, line)
    return await show_detail(session, found, await search.find_proof(session, line), sight, language)


@router.post(
    "/v1/audit/{line}/difference",
    dependencies=[allowed(AUDIT_UNMASK, needs_fresh=True)],
    responses=declares(AuditLineNotFound, AuditPersonUnknown),
)
async def open_audit_difference(
    session: RequestSession, request: Request, language: RequestLanguage, line: int, given: AuditDifferenceIn
) -> AuditDifferenceOut:
    """Personal values before and after, in clear; who looked, and why, is a line of the trail."""
    found = await search.get_line(session, line)
    if found.sealed is None or found.member_id is None:
        raise AuditLineNotFound
    audit.describe(member_id=found.member_id, details={"reason": given.reason, "fields": words.field_names(found)})
    # The answer must not be stored in clear, and nothing changes here.
    request.state.unit.claim = None
    wrapped = await search.find_key(session, line)
    opened = None
    if wrapped is not None:
        opened = await _look_up().open_difference(session, found.member_id, found.sealed, wrapped)
    return AuditDifferenceOut(changes=show_changes(opened or {}, language), is_destroyed=opened is None)


async def _member(session: RequestSession, reference: str, sight: CurrentSight) -> int:
    found = await _look_up().find(session, reference, sight)
    if found is None:
        raise AuditPersonUnknown
    return found


def _look_up() -> MemberLookUp:
    return contributions(MemberLookUp)[0]


def _words(labels: dict[str, str]) -> list[AuditWordOut]:
    return [AuditWordOut(code=code, label=label) for code, label in labels.items()]
