"""Tiers over HTTP."""

from typing import Annotated

from fastapi import Query

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import NoScheme
from .permissions import TIERS_READ
from .queries import find_scheme_view, list_changes
from .schemas import ChangesOut, TiersOut
from .views import show_change, show_tiers

router = Router(tags=["tiers"])


@router.get("/v1/tiers", dependencies=[allowed(TIERS_READ, reach="narrowed")], responses=declares(NoScheme))
async def get_tiers(session: RequestSession, sight: CurrentSight) -> TiersOut:
    """The tier scheme: how levels are reached and kept, and how many of the members in sight have each."""
    scheme = await find_scheme_view(session)
    if scheme is None:
        raise NoScheme
    return await show_tiers(session, scheme, sight)


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
