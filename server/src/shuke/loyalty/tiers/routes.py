"""Tiers over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import Header, Query, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import audit, clock
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

from .actions import end_grant, grant_level
from .changing import change_tiers, read_seen
from .checks import SCHEME_REFUSALS
from .describing import describe_parameters
from .errors import (
    GrantEndsTooEarly,
    LevelInUse,
    LevelNotFound,
    MoneyDiffers,
    NoGrant,
    NoScheme,
    SchemeChanged,
    SchemeVersionNeeded,
)
from .permissions import TIERS_GRANT, TIERS_READ, TIERS_WRITE
from .queries import find_scheme_view, list_changes
from .rejudging import find_rejudging, rejudge_all
from .schemas import (
    ChangesOut,
    TierGrantEndIn,
    TierGrantIn,
    TierRejudgingOut,
    TierRejudgingsOut,
    TiersChangeOut,
    TierSchemaOut,
    TierSectionOut,
    TiersIn,
    TiersOut,
    TierUnitOut,
)
from .starting_points import show_starting_points
from .views import show_change, show_member_tier, show_tiers
from .wording import UNITS

router = Router(tags=["tiers"])


@router.get("/v1/tiers", dependencies=[allowed(TIERS_READ, reach="narrowed")], responses=declares(NoScheme))
async def get_tiers(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, response: Response
) -> TiersOut:
    """The tier scheme: how levels are reached and kept, and how many of the members in sight have each.

    The ETag is what a change must name.
    """
    scheme = await find_scheme_view(session)
    if scheme is None:
        raise NoScheme
    response.headers["ETag"] = f'"{scheme.version}"'
    return await show_tiers(session, scheme, sight, language)


@router.get("/v1/tiers/schema", dependencies=[allowed(TIERS_READ, reach="common")])
async def get_tier_schema(session: RequestSession, language: RequestLanguage) -> TierSchemaOut:
    """The parameters of a scheme as JSON Schema in the caller's language, and schemes to begin with."""
    money = (await organization.get_shop(session)).currency
    return TierSchemaOut(
        json_schema=describe_parameters(language),
        units=[TierUnitOut(metric=metric, unit=unit) for metric, unit in UNITS.items()],
        starts=show_starting_points(money),
    )


@router.put(
    "/v1/tiers",
    dependencies=[allowed(TIERS_WRITE)],
    responses=declares(NoScheme, SchemeChanged, SchemeVersionNeeded, LevelInUse, MoneyDiffers, *SCHEME_REFUSALS),
)
async def put_tiers(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    wanted: TiersIn,
    response: Response,
    if_match: Annotated[str | None, Header(max_length=40)] = None,
    dry_run: bool = False,
) -> TiersChangeOut:
    """Publish the scheme anew; `If-Match`: the version seen. Members are judged by it from their next event on.

    `dry_run`: nothing is saved; the answer says in words what it means, and how many would change their level if
    everybody were judged now.
    """
    seen = read_seen(if_match)
    answer = await change_tiers(session, wanted, seen, actor.name, language, is_dry=dry_run)
    response.headers["ETag"] = f'"{answer.version}"'
    return answer


@router.get("/v1/tiers/rejudgements", dependencies=[allowed(TIERS_READ)])
async def get_rejudgements(session: RequestSession) -> TierRejudgingsOut:
    """The newest time of judging everybody again, and how far it is."""
    newest = await find_rejudging(session)
    return TierRejudgingsOut(newest=TierRejudgingOut.model_validate(newest, from_attributes=True) if newest else None)


@router.post(
    "/v1/tiers/rejudgements",
    status_code=202,
    dependencies=[allowed(TIERS_WRITE)],
    responses=declares(NoScheme),
)
async def post_rejudgement(session: RequestSession, actor: CurrentActor) -> TierRejudgingOut:
    """Judge everybody again by the scheme as it is, in the background."""
    run = await rejudge_all(session, actor.name)
    audit.describe(object_id=run.run_id)
    return TierRejudgingOut.model_validate(run, from_attributes=True)


@router.get(
    "/v1/members/{member}/tier",
    dependencies=[allowed(TIERS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoScheme),
)
async def get_member_tier(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, member: str
) -> TierSectionOut:
    """A member's level, since when and until when, the way to the next, what keeps this one, and why it is so."""
    member_id = await members.get_id(session, member, sight)
    return await _shown(session, member_id, language)


@router.post(
    "/v1/members/{member}/tier-grants",
    status_code=201,
    dependencies=[allowed(TIERS_GRANT, reach="narrowed")],
    responses=declares(members.MemberNotFound, members.MemberNotActive, NoScheme, LevelNotFound, GrantEndsTooEarly),
)
async def post_tier_grant(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    language: RequestLanguage,
    member: str,
    wanted: TierGrantIn,
) -> TierSectionOut:
    """Give a level by hand: it holds through `until`, whatever the figures say, and then it is judged."""
    member_id = await members.get_id(session, member, sight, hold=True)
    await members.require_active(session, member_id)
    zone = (await organization.get_shop(session)).zone
    until = clock.start_of_day(wanted.until + timedelta(days=1), zone) if wanted.until else None
    await grant_level(session, member_id, wanted.level, until, wanted.reason.strip(), actor.name)
    details = {"level": wanted.level, "until": wanted.until.isoformat() if wanted.until else None}
    audit.describe(member_id=member_id, details=details)
    return await _shown(session, member_id, language)


@router.post(
    "/v1/members/{member}/tier-grants/end",
    dependencies=[allowed(TIERS_GRANT, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoScheme, NoGrant),
)
async def post_tier_grant_end(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    language: RequestLanguage,
    member: str,
    wanted: TierGrantEndIn,
) -> TierSectionOut:
    """End a level that was given by hand: back to what was before it, or to what the figures reach if that is more."""
    member_id = await members.get_id(session, member, sight, hold=True)
    await end_grant(session, member_id, wanted.reason.strip(), actor.name)
    audit.describe(member_id=member_id)
    return await _shown(session, member_id, language)


@router.get(
    "/v1/members/{member}/tier-changes",
    dependencies=[allowed(TIERS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, BadCursor),
)
async def get_tier_changes(
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    member: str,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> ChangesOut:
    """How a member's level changed, newest first, each with the reason."""
    member_id = await members.get_id(session, member, sight)
    scheme = await find_scheme_view(session)
    if scheme is None:
        return ChangesOut(items=[], next=None)
    zone = (await organization.get_shop(session)).zone
    page = await list_changes(session, scheme.scheme_id, member_id, limit=limit, cursor=cursor)
    items = [show_change(change, scheme, zone, language) for change in page.items]
    return ChangesOut(items=items, next=page.next)


async def _shown(session: RequestSession, member_id: int, language: RequestLanguage) -> TierSectionOut:
    shown = await show_member_tier(session, member_id, language)
    if shown is None:
        raise NoScheme
    return shown
