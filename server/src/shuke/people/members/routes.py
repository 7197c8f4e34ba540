"""Members over HTTP."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Literal, get_args

from fastapi import Depends, Header, Query, Request, Response

from shuke.foundation import organization
from shuke.foundation.customization import BadCustomFilter, BadValue, NotFilterable
from shuke.platform import audit, clock
from shuke.platform.actor import Actor, Sight
from shuke.platform.conditions import ConditionInvalid, FactNotForSets
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.problems import RequestInvalid
from shuke.platform.settings import settings

from . import actions, queries
from .custom.filters import PREFIX
from .custom.writing import change_custom, with_custom
from .errors import (
    BadEmail,
    BadFilter,
    BadIdentity,
    BadPhone,
    BadProfile,
    BadSource,
    ConditionTooSlow,
    IdentityTaken,
    IdentityTakenElsewhere,
    MemberNotFound,
    NoIdentity,
    UnmaskLimitReached,
    VersionChanged,
    VersionNeeded,
)
from .permissions import READ, UNMASK, WRITE
from .queries.listing import DEFAULT_SORT
from .rules.timeline import TimelineKind
from .rules.values import Member, MemberFilters, MemberSource, NewMember, WantedCondition
from .schemas import (
    CountOut,
    MembersOut,
    NewMemberIn,
    OverviewOut,
    ProfileIn,
    ResolvedOut,
    SectionOut,
    TimelineOut,
    UnmaskIn,
    UnmaskOut,
)

router = Router(tags=["members"])

_UNMASK = "members.unmask"

TIMELINE_KINDS: tuple[str, ...] = get_args(TimelineKind)

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
# Days beyond these have no start in every time zone.
Day = Annotated[date | None, Query(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


# A list that has not found its members by then is too broad for a screen.
CONDITION_WITHIN_MS = 8_000


def member_filters(
    request: Request,
    language: RequestLanguage,
    q: Annotated[str | None, Query(max_length=200, description="Name, pinyin, phone, number or e-mail.")] = None,
    tier: Annotated[str | None, Query(max_length=500, description="Codes of levels, separated by commas.")] = None,
    store: int | None = None,
    status: Literal["active", "frozen", "cancelled"] | None = None,
    spend_min: int | None = None,
    spend_max: int | None = None,
    points_min: int | None = None,
    points_max: int | None = None,
    orders_min: int | None = None,
    orders_max: int | None = None,
    last_order_from: Day = None,
    last_order_to: Day = None,
    joined_from: Day = None,
    joined_to: Day = None,
    employee: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    region: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    condition: Annotated[
        str | None,
        Query(max_length=16_000, description="A condition of the scope `members` as JSON; the other filters hold too."),
    ] = None,
) -> MemberFilters:
    """The filters of a list of members, from the query; custom fields as `custom.<key>`, `custom.<key>_min`, `_max`."""
    custom = tuple(
        (name.removeprefix(PREFIX), text) for name, text in request.query_params.items() if name.startswith(PREFIX)
    )
    return MemberFilters(
        q=q,
        tiers=tuple(code for code in tier.split(",") if code) if tier else None,
        store_id=store,
        status=status,
        spend_min=spend_min,
        spend_max=spend_max,
        points_min=points_min,
        points_max=points_max,
        orders_min=orders_min,
        orders_max=orders_max,
        last_order_from=last_order_from,
        last_order_to=last_order_to,
        joined_from=joined_from,
        joined_to=joined_to,
        employee_id=employee,
        region_id=region,
        custom=custom[:20] or None,
        condition=WantedCondition(text=condition, language=language, within_ms=CONDITION_WITHIN_MS)
        if condition
        else None,
    )


Filters = Annotated[MemberFilters, Depends(member_filters)]


@router.get(
    "/v1/members",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(
        *(BadFilter, BadCursor, NotFilterable, BadCustomFilter),
        *(ConditionInvalid, FactNotForSets, ConditionTooSlow, RequestInvalid),
    ),
)
async def list_members(
    session: RequestSession,
    sight: CurrentSight,
    filters: Filters,
    sort: Annotated[str, Query(max_length=40)] = DEFAULT_SORT,
    limit: Limit = DEFAULT_LIMIT,
    cursor: str | None = None,
    count: Literal["capped"] | None = None,
) -> MembersOut:
    """Members, filtered and sorted. Personal fields are masked.

    Custom fields whose index is ready filter and sort as well: `custom.<key>=…`, `custom.<key>_min=…`,
    `custom.<key>_max=…`, `sort=custom.<key>`. Of a choice, several codes may be given, separated by commas.
    """
    page = await queries.list_members(session, filters, sight, sort=sort, limit=limit, cursor=cursor)
    counted = None
    if count is not None:
        value, is_capped = await queries.count_members(session, filters, sight)
        counted = CountOut(value=value, is_capped=is_capped)
    return MembersOut(items=list(page.items), next=page.next, count=counted)


@router.post(
    "/v1/members",
    status_code=201,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(
        BadPhone,
        BadEmail,
        BadIdentity,
        BadProfile,
        BadSource,
        NoIdentity,
        IdentityTaken,
        IdentityTakenElsewhere,
        BadValue,
        MemberNotFound,
    ),
)
async def sign_up(session: RequestSession, sight: CurrentSight, body: NewMemberIn, response: Response) -> Member:
    """Sign somebody up."""
    candidate = await _candidate(session, sight, body)
    member = await queries.get_member(session, await actions.sign_up(session, candidate, sight), sight)
    response.headers["Location"] = f"/v1/members/{member.id}"
    return _tagged(member, response)


@router.post(
    "/v1/members/resolve",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(
        *(BadPhone, BadEmail, BadIdentity, BadProfile, BadSource, BadValue, NoIdentity),
        *(IdentityTakenElsewhere, MemberNotFound),
    ),
)
async def resolve_member(session: RequestSession, sight: CurrentSight, body: NewMemberIn) -> ResolvedOut:
    """Who somebody with these identities is: the member that one of them names, or a new one. Safe to repeat.

    Of several known members the first one named counts; whether they are one person stays to be decided.
    """
    arrived = await actions.arrive(session, [await _candidate(session, sight, body)])
    member_id = arrived.ids[0]
    if member_id not in await queries.seen_among(session, [member_id], sight):
        raise IdentityTakenElsewhere
    return ResolvedOut(is_new=member_id in arrived.new, member=await queries.get_member(session, member_id, sight))


@router.get("/v1/members/{member}", dependencies=[allowed(READ, reach="narrowed")], responses=declares(MemberNotFound))
async def get_member(session: RequestSession, sight: CurrentSight, member: str, response: Response) -> Member:
    """A member by id or natural key: `number:M…`, `phone:+86…`, `external:<source>:<number>`."""
    member_id = await queries.get_id(session, member, sight)
    return _tagged(await queries.get_member(session, member_id, sight), response)


@router.patch(
    "/v1/members/{member}",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(MemberNotFound, BadProfile, VersionChanged, VersionNeeded, BadValue),
)
async def change_profile(
    session: RequestSession,
    sight: CurrentSight,
    member: str,
    body: ProfileIn,
    response: Response,
    if_match: Annotated[str | None, Header(max_length=40)] = None,
) -> Member:
    """Change the profile that was seen: `If-Match` holds its version."""
    version = _read_version(if_match)
    member_id = await queries.get_id(session, member, sight, hold=True)
    change, also = await change_custom(session, member_id, body.as_change(), body.custom)
    await actions.update_profile(session, member_id, change, version=version, also=also)
    return _tagged(await queries.get_member(session, member_id, sight), response)


@router.get(
    "/v1/members/{member}/overview", dependencies=[allowed(READ, reach="narrowed")], responses=declares(MemberNotFound)
)
async def get_overview(
    session: RequestSession, sight: CurrentSight, actor: CurrentActor, member: str, language: RequestLanguage
) -> OverviewOut:
    """A member and what every module has to say about them."""
    found = await queries.get_member(session, await queries.get_id(session, member, sight), sight)
    sections = await queries.get_overview(session, found.id, language, actor.permissions)
    return OverviewOut(member=found, sections=[SectionOut(**section) for section in sections])


@router.get(
    "/v1/members/{member}/timeline",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(MemberNotFound, BadFilter, BadCursor),
)
async def list_timeline(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    member: str,
    language: RequestLanguage,
    kinds: Annotated[str | None, Query(max_length=200, description="Kinds, separated by commas.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> TimelineOut:
    """What happened to a member, newest first; what the caller may not read is left out."""
    wanted = [kind for kind in kinds.split(",") if kind] if kinds else None
    if wanted is not None and not set(wanted) <= set(TIMELINE_KINDS):
        raise BadFilter(choices=", ".join(TIMELINE_KINDS))
    member_id = await queries.get_id(session, member, sight)
    page = await queries.list_timeline(
        session,
        member_id,
        kinds=wanted,
        permissions=actor.permissions,
        language=language,
        limit=limit,
        cursor=cursor,
    )
    return TimelineOut(items=list(page.items), next=page.next)


@router.post(
    "/v1/members/{member}/unmask",
    dependencies=[allowed(UNMASK, reach="narrowed")],
    responses=declares(MemberNotFound, UnmaskLimitReached),
)
async def unmask(
    session: RequestSession, actor: CurrentActor, request: Request, member: str, body: UnmaskIn
) -> UnmaskOut:
    """Personal values in clear; who saw which, and why, is kept."""
    member_id = await queries.get_id(session, member, actor.sight)
    await _require_unmask_left(session, actor)
    values = await queries.reveal(session, member_id, body.fields)
    details = {"fields": sorted(set(body.fields)), "reason": body.reason}
    await audit.record(session, actor, _UNMASK, "members", member_id, details, member_id=member_id)
    # Nothing changes here, so nothing needs to be answered twice: the answer must not be stored in clear.
    request.state.unit.claim = None
    return UnmaskOut(values=values)


async def _require_unmask_left(session: Session, actor: Actor) -> None:
    """Nobody looks at everybody one by one. Raises UnmaskLimitReached."""
    limit = settings().unmask_per_day
    if await audit.count_since(session, actor, _UNMASK, clock.wall() - timedelta(days=1)) >= limit:
        raise UnmaskLimitReached(limit=limit)


async def _candidate(session: Session, sight: Sight, body: NewMemberIn) -> NewMember:
    """Whom a request describes, with everything that it names looked up."""
    candidate = body.as_candidate()
    await _require_source(session, candidate.source)
    candidate = await with_custom(session, candidate, body.custom)
    if body.source.inviter is None:
        return candidate
    inviter_id = await queries.get_id(session, body.source.inviter, sight, hold=True)
    return replace(candidate, source=replace(candidate.source, inviter_id=inviter_id))


def _tagged(member: Member, response: Response) -> Member:
    response.headers["ETag"] = f'"{member.version}"'
    return member


def _read_version(if_match: str | None) -> int:
    text = (if_match or "").strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise VersionNeeded
    return int(text)


async def _require_source(session: Session, source: MemberSource) -> None:
    stores = [source.store_id] if source.store_id is not None else []
    employees = sorted({one for one in (source.employee_id, source.manager_id) if one is not None})
    found = await organization.get_stores(session, stores), await organization.get_employees(session, employees)
    if (len(found[0]), len(found[1])) != (len(stores), len(employees)):
        raise BadSource
