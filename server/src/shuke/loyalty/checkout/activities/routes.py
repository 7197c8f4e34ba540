"""Activities over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Response

from shuke.people import members
from shuke.platform import audit
from shuke.platform.errors import AppError
from shuke.platform.http import (
    CurrentActor,
    CurrentSight,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.problems import Problem, problem_body

from ..errors import ProgrammeMissing
from ..programme import load_programme
from . import errors, queries
from .actions import cancel
from .live import record_all
from .model import ActivityKind
from .permissions import ACTIVITIES_CANCEL, ACTIVITIES_READ, ACTIVITIES_WRITE
from .schemas import (
    ActivitiesIn,
    ActivityCancelIn,
    ActivityOut,
    ActivityResultOut,
    ActivityResultsOut,
    MemberActivitiesOut,
    MemberActivityIn,
    RecordedActivityOut,
)
from .views import names_for, show, show_recorded

router = Router(tags=["activities"])
_REFUSALS = (
    errors.ActivityKindUnknown,
    errors.ActivityEventMisplaced,
    errors.ActivityPayloadRefused,
    errors.ActivityDateOutOfRange,
    errors.ActivityInvitedMisplaced,
    errors.ActivitySourceReserved,
    errors.ActivityKeyTaken,
    members.MemberNotFound,
    members.MemberNotActive,
    ProgrammeMissing,
)
ActivityId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post(
    "/v1/activities",
    status_code=201,
    dependencies=[allowed(ACTIVITIES_WRITE, reach="narrowed")],
    responses={
        200: {"model": RecordedActivityOut, "description": "Recorded before: the same answer."},
        **declares(*_REFUSALS),
    },
)
async def post_activity(
    wanted: MemberActivityIn,
    session: RequestSession,
    actor: CurrentActor,
    sight: CurrentSight,
    language: RequestLanguage,
    response: Response,
) -> RecordedActivityOut:
    """Record something that a member did, with everything it earns. The same again: 200, the same answer."""
    (result,) = await record_all(session, [wanted], actor.name, sight)
    if isinstance(result, AppError):
        raise result
    if result.state != "new":
        response.status_code = 200
    names = await names_for(session, result.parts)
    return show_recorded(result.parts, names, language, is_new=result.state == "new")


@router.post(
    "/v1/activities/batch",
    dependencies=[allowed(ACTIVITIES_WRITE, reach="narrowed")],
    responses=declares(*_REFUSALS),
)
async def post_activities(
    batch: ActivitiesIn, session: RequestSession, actor: CurrentActor, sight: CurrentSight, language: RequestLanguage
) -> ActivityResultsOut:
    """Record up to 1,000 activities; each is judged for itself unless `all_or_nothing`."""
    results = await record_all(session, batch.activities, actor.name, sight, all_or_nothing=batch.all_or_nothing)
    names = await names_for(session, [part for one in results if not isinstance(one, AppError) for part in one.parts])
    return ActivityResultsOut(
        results=[
            ActivityResultOut(index=index, status="refused", error=Problem(**problem_body(one, language)))
            if isinstance(one, AppError)
            else ActivityResultOut(
                index=index,
                status="created" if one.state == "new" else "unchanged",
                activity=show_recorded(one.parts, names, language, is_new=one.state == "new"),
            )
            for index, one in enumerate(results)
        ]
    )


@router.get(
    "/v1/activities/{activity}",
    dependencies=[allowed(ACTIVITIES_READ, reach="narrowed")],
    responses=declares(errors.ActivityNotFound),
)
async def get_activity(
    activity: ActivityId, session: RequestSession, sight: CurrentSight, language: RequestLanguage
) -> ActivityOut:
    """One activity and what it did."""
    parts = await queries.get_activity(session, activity, sight)
    return show(parts, await names_for(session, parts), language)


@router.get(
    "/v1/members/{member}/activities",
    dependencies=[allowed(ACTIVITIES_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, BadCursor),
)
async def list_member_activities(
    member: Annotated[str, Path(max_length=200)],
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    kind: ActivityKind | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> MemberActivitiesOut:
    """What a member did other than buying, the newest first."""
    member_id = await members.get_id(session, member, sight)
    everybody = await members.aliases(session, member_id)
    page = await queries.list_activities(session, everybody, kind=kind, limit=limit, cursor=cursor)
    names = await names_for(session, page.items)
    return MemberActivitiesOut(items=[show([part], names, language) for part in page.items], next=page.next)


@router.post(
    "/v1/activities/{activity}/cancel",
    dependencies=[allowed(ACTIVITIES_CANCEL, reach="narrowed")],
    responses=declares(errors.ActivityNotFound, ProgrammeMissing),
)
async def cancel_activity(
    activity: ActivityId,
    wanted: ActivityCancelIn,
    session: RequestSession,
    actor: CurrentActor,
    sight: CurrentSight,
    language: RequestLanguage,
) -> ActivityOut:
    """Cancel an activity that does not count, and take back what it earned. Cancelled before: the same answer."""
    parts = await queries.get_activity(session, activity, sight)
    programme = await load_programme(session)
    was_open = parts[0].cancelled_at is None
    parts = await cancel(session, programme, parts, actor=actor.name, reason=wanted.reason)
    audit.describe(
        object_id=activity,
        member_id=parts[0].member_id,
        changes={"status": ("recorded" if was_open else "cancelled", "cancelled")},
        details={"kind": parts[0].kind, "reason": wanted.reason},
    )
    return show(parts, await names_for(session, parts), language)
