"""The running program over HTTP: is it well, what does it work on, what has happened."""

from datetime import date
from typing import Annotated

from fastapi import Query

from shuke.foundation import organization
from shuke.people import members
from shuke.people.members.errors import MemberNotFound
from shuke.platform import audit, clock
from shuke.platform.events import all_events
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.settings import settings

from . import event_log, health, queue, readers, timetable, views
from .errors import ScheduleNotFound
from .permissions import SYSTEM_OPERATE, SYSTEM_READ
from .queue import JobState
from .schemas import (
    EventNameOut,
    EventNamesOut,
    FailedJobsIn,
    FailedJobsOut,
    HealthOut,
    LoggedEventsOut,
    QueuedJobsOut,
    ReadersOut,
    SchedulesOut,
)
from .words import EVENTS, name_of

router = Router(tags=["operations"])

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("/v1/operations/health", dependencies=[allowed(SYSTEM_READ)])
async def get_health(session: RequestSession, language: RequestLanguage) -> HealthOut:
    """Is everything well? Each check with a sentence, and what to do where it is not."""
    checks = await health.examine(session, settings())
    return HealthOut(
        state=health.worst(checks),
        checked_at=clock.wall(),
        items=[views.check_out(check, language) for check in checks],
    )


@router.get("/v1/operations/jobs", dependencies=[allowed(SYSTEM_READ)], responses=declares(BadCursor))
async def get_jobs(
    session: RequestSession,
    language: RequestLanguage,
    state: JobState = "failed",
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> QueuedJobsOut:
    """Jobs of a state, newest first, and how many there are of each."""
    page = await queue.list_jobs(session, state=state, cursor=cursor, limit=limit)
    counts = await queue.count_jobs(session)
    return QueuedJobsOut(
        counts=views.counts_out(counts), items=[views.job_out(one, language) for one in page.items], next=page.next
    )


@router.post("/v1/operations/jobs/retry", dependencies=[allowed(SYSTEM_OPERATE)])
async def retry_jobs(session: RequestSession, body: FailedJobsIn) -> FailedJobsOut:
    """Let failed jobs be tried anew. Asked twice, they are tried once."""
    done = await queue.retry(session, body.jobs)
    audit.describe(details={"jobs": done[:500], "count": len(done)})
    return FailedJobsOut(done=len(done))


@router.post("/v1/operations/jobs/discard", dependencies=[allowed(SYSTEM_OPERATE)])
async def discard_jobs(session: RequestSession, body: FailedJobsIn) -> FailedJobsOut:
    """Let failed jobs go for good."""
    done = await queue.discard(session, body.jobs)
    audit.describe(details={"jobs": done[:500], "count": len(done)})
    return FailedJobsOut(done=len(done))


@router.get("/v1/operations/schedules", dependencies=[allowed(SYSTEM_READ)])
async def get_schedules(session: RequestSession, language: RequestLanguage) -> SchedulesOut:
    """What comes by the clock, how it last ended and when it comes again."""
    found = await timetable.list_schedules(session)
    return SchedulesOut(items=[views.schedule_out(one, language) for one in found])


@router.post(
    "/v1/operations/schedules/{schedule}/run",
    status_code=204,
    dependencies=[allowed(SYSTEM_OPERATE)],
    responses=declares(ScheduleNotFound),
)
async def run_schedule(session: RequestSession, schedule: str) -> None:
    """Let the worker do now what would come by the clock. One that waits already is enough."""
    await timetable.run_now(session, schedule)
    audit.describe(object_id=schedule)


@router.get("/v1/operations/readers", dependencies=[allowed(SYSTEM_READ)])
async def get_readers(session: RequestSession, language: RequestLanguage) -> ReadersOut:
    """Who reads the event log, how far behind, and what went wrong last."""
    found = await readers.list_readers(session)
    return ReadersOut(items=[views.reader_out(one, language) for one in found])


@router.get("/v1/operations/events", dependencies=[allowed(SYSTEM_READ)], responses=declares(BadCursor, MemberNotFound))
async def get_events(
    session: RequestSession,
    language: RequestLanguage,
    sight: CurrentSight,
    name: str | None = None,
    member: Annotated[
        str | None, Query(pattern=r"^(\d{1,18}|number:.{1,40})$", description="An id, or number:M….")
    ] = None,
    day: Annotated[date | None, Query(description="The day on which it was written down, in the shop.")] = None,
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> LoggedEventsOut:
    """The event log, newest first. Events hold ids, amounts and days, and nothing personal."""
    page = await event_log.list_events(
        session,
        name=name,
        member_id=None if member is None else await members.get_id(session, member, sight),
        day=day,
        zone=(await organization.get_shop(session)).zone,
        cursor=cursor,
        limit=limit,
    )
    return LoggedEventsOut(items=[views.event_out(one, language) for one in page.items], next=page.next)


@router.get("/v1/operations/event-names", dependencies=[allowed(SYSTEM_READ)])
async def get_event_names(language: RequestLanguage) -> EventNamesOut:
    """Every event that this program can write down."""
    names = [kind.name for kind in all_events()]
    return EventNamesOut(items=[EventNameOut(name=name, label=name_of(EVENTS, name).pick(language)) for name in names])
