"""Duplicates over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Query

from shuke.foundation import staff
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.http import (
    CurrentActor,
    CurrentSight,
    RequestLanguage,
    RequestSession,
    Router,
    allowed,
    declares,
)
from shuke.platform.i18n import Language
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from . import actions, queries, searching
from .errors import BadPolicy, PairDecided, PairNotFound, SearchRunning
from .permissions import CONFIGURE, MERGE, READ, SEARCH
from .queries import Pair
from .rules.policy import Settings
from .rules.values import Likelihood
from .schemas import (
    DismissalIn,
    DuplicateOut,
    DuplicateSearchOut,
    DuplicateSettingsIn,
    DuplicateSettingsOut,
    DuplicatesOut,
    DuplicatesWaitingOut,
    LastDuplicateSearchOut,
)

router = Router(tags=["duplicates"])


@router.get(
    "/v1/duplicates",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(BadCursor, members.MemberNotFound),
)
async def get_pairs(
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    state: Literal["waiting", "dismissed"] = "waiting",
    likelihood: Likelihood | None = None,
    member: Annotated[str | None, Query(max_length=300, description="A member's id or natural key.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> DuplicatesOut:
    """Pairs of members who may be one person, the likeliest first."""
    page = await queries.list_pairs(
        session,
        sight,
        state=state,
        likelihood=likelihood,
        member_ids=[await members.get_id(session, member, sight)] if member is not None else None,
        limit=limit,
        cursor=cursor,
    )
    waiting = await queries.count_pairs(session, sight)
    items = await _show(session, page.items, language)
    return DuplicatesOut(items=items, next=page.next, waiting=DuplicatesWaitingOut.model_validate(waiting))


@router.get("/v1/duplicates/search", dependencies=[allowed(READ, reach="common")])
async def get_last_search(session: RequestSession) -> LastDuplicateSearchOut:
    """The last search: how far it is, or what it came to."""
    found = await queries.last_search(session)
    return LastDuplicateSearchOut(search=DuplicateSearchOut.of(found) if found else None)


@router.post(
    "/v1/duplicates/search", status_code=202, dependencies=[allowed(SEARCH)], responses=declares(SearchRunning)
)
async def post_search(session: RequestSession, actor: CurrentActor) -> DuplicateSearchOut:
    """Look at everybody anew; the worker does it."""
    return DuplicateSearchOut.of(await searching.start_search(session, actor))


@router.get("/v1/duplicates/settings", dependencies=[allowed(READ, reach="common")])
async def get_settings(session: RequestSession) -> DuplicateSettingsOut:
    """The policy of merging automatically."""
    return DuplicateSettingsOut(**vars(await queries.get_settings(session)))


@router.put("/v1/duplicates/settings", dependencies=[allowed(CONFIGURE)], responses=declares(BadPolicy))
async def put_settings(
    session: RequestSession, actor: CurrentActor, wanted: DuplicateSettingsIn
) -> DuplicateSettingsOut:
    """Set the policy of merging automatically."""
    await actions.set_settings(session, actor, Settings(**wanted.model_dump()))
    return DuplicateSettingsOut(**vars(await queries.get_settings(session)))


@router.post(
    "/v1/duplicates/{pair}/dismiss",
    dependencies=[allowed(MERGE, reach="narrowed")],
    responses=declares(PairNotFound, PairDecided),
)
async def post_dismissal(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, pair: int, wanted: DismissalIn
) -> DuplicateOut:
    """Say that the two are different people; the pair comes back only when their data change."""
    await queries.get_pair(session, pair, actor.sight)
    await actions.dismiss(session, actor, pair, wanted.reason)
    found = await queries.get_pair(session, pair, actor.sight)
    return (await _show(session, [found], language))[0]


async def _show(session: Session, pairs: Sequence[Pair], language: Language) -> list[DuplicateOut]:
    people = await staff.actor_names(session, [pair.decided_by for pair in pairs if pair.decided_by])
    return [DuplicateOut.of(pair, people, language) for pair in pairs]
