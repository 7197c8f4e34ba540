"""Time limits, holidays, holds and retention over HTTP."""

from typing import Annotated

from fastapi import Path

from shuke.people import members
from shuke.platform.errors import FieldError
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares
from shuke.platform.problems import RequestInvalid

from . import actions, queries
from .errors import HoldNotFound
from .permissions import READ, SETTINGS
from .queries import Day
from .schemas import (
    CalendarOut,
    DayIO,
    DaysIn,
    LegalHoldIn,
    LegalHoldOut,
    RequestPolicyIO,
    RetentionLineOut,
    RetentionOut,
)

router = Router(tags=["requests"])

Year = Annotated[int, Path(ge=2000, le=2999)]


@router.get("/v1/request-settings", dependencies=[allowed(READ, reach="common")])
async def get_settings(session: RequestSession) -> CalendarOut:
    """How long answers may take, and the days that are not what their weekday says."""
    policy = await queries.get_policy(session)
    days = [DayIO(**vars(one)) for one in await queries.list_days(session)]
    return CalendarOut(policy=RequestPolicyIO(**vars(policy)), days=days)


@router.put("/v1/request-settings/policy", dependencies=[allowed(SETTINGS)])
async def set_policy(session: RequestSession, body: RequestPolicyIO) -> CalendarOut:
    """Say how long answers may take; requests that are there keep their days."""
    await actions.set_policy(session, body.as_policy())
    return await get_settings(session)


@router.put("/v1/request-settings/days/{year}", dependencies=[allowed(SETTINGS)])
async def set_days(session: RequestSession, year: Year, body: DaysIn) -> CalendarOut:
    """Replace a year's public holidays and weekends on which people work."""
    if any(one.day.year != year for one in body.days):
        raise RequestInvalid(fields=(FieldError("/days", "A day of another year. 日期不属于该年份。"),))
    days = [Day(day=one.day, is_working=one.is_working, name=one.name) for one in body.days]
    await actions.set_days(session, year, days)
    return await get_settings(session)


@router.get("/v1/retention", dependencies=[allowed(READ)])
async def get_retention(session: RequestSession) -> RetentionOut:
    """What is kept for how long, as of now, and what the last nightly run erased."""
    last = await queries.latest_retention(session)
    return RetentionOut(
        now=[RetentionLineOut(**vars(line)) for line in await actions.measure(session)],
        last_run_at=last.at if last is not None else None,
        last_run=[RetentionLineOut(**line) for line in last.report] if last is not None else [],
    )


@router.get(
    "/v1/members/{member}/legal-hold",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def get_hold(session: RequestSession, sight: CurrentSight, member: str) -> LegalHoldOut:
    """Whether a member's data has to be kept for now."""
    return await _hold(session, await members.get_id(session, member, sight))


@router.put(
    "/v1/members/{member}/legal-hold",
    dependencies=[allowed(SETTINGS, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def place_hold(session: RequestSession, actor: CurrentActor, member: str, body: LegalHoldIn) -> LegalHoldOut:
    """Keep a member's data for now: neither a request nor retention erases it."""
    # Not held: an erasure that has begun wants the member's row for itself, and this waits for it by another lock.
    member_id = await members.get_id(session, member, actor.sight)
    await actions.place_hold(session, member_id, body.basis, actor)
    return await _hold(session, member_id)


@router.delete(
    "/v1/members/{member}/legal-hold",
    dependencies=[allowed(SETTINGS, reach="narrowed")],
    responses=declares(members.MemberNotFound, HoldNotFound),
)
async def lift_hold(session: RequestSession, actor: CurrentActor, member: str) -> LegalHoldOut:
    """Let the data go its way again."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    found = await queries.find_hold(session, member_id)
    if found is None:
        raise HoldNotFound
    await actions.lift_hold(session, found.hold_id, actor)
    return await _hold(session, member_id)


async def _hold(session: RequestSession, member_id: int) -> LegalHoldOut:
    found = await queries.find_hold(session, member_id)
    if found is None:
        return LegalHoldOut(basis=None, placed_at=None, placed_by=None)
    return LegalHoldOut(basis=found.basis, placed_at=found.placed_at, placed_by=found.placed_by)
