"""Merging over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from shuke.foundation import staff
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
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from ..errors import MemberNotFound
from ..permissions import MERGE, READ
from ..queries import aliases, get_id
from .actions import merge, undo_merge
from .errors import CannotMerge, MergedOnward, MergeNotFound, MergeUndone, SamePerson, TooManyPeople
from .model import Merge, MergeWanted
from .preview import preview_merge
from .queries import get_merge, list_merges
from .schemas import MergeMembersIn, MergeOut, MergesOut, PairIn, PreviewOut, UndoIn

router = Router(tags=["members"])


@router.post(
    "/v1/merges/preview",
    dependencies=[allowed(MERGE, reach="narrowed")],
    responses=declares(MemberNotFound, SamePerson),
)
async def post_preview(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, pair: PairIn
) -> PreviewOut:
    """What merging two members would do: fields to choose, what moves, and why it would be refused."""
    wanted = MergeWanted(
        absorbed_id=await get_id(session, pair.absorbed, sight),
        survivor_id=await get_id(session, pair.survivor, sight),
        reason="",
        choices=pair.choices,
    )
    return PreviewOut.of(await preview_merge(session, wanted, sight, language), language)


@router.post(
    "/v1/merges",
    status_code=201,
    dependencies=[allowed(MERGE, reach="narrowed")],
    responses=declares(MemberNotFound, SamePerson, CannotMerge, TooManyPeople),
)
async def post_merge(session: RequestSession, actor: CurrentActor, wanted: MergeMembersIn) -> MergeOut:
    """Make two members one person. It can be undone."""
    merge_id = await merge(
        session,
        actor,
        MergeWanted(
            absorbed_id=await get_id(session, wanted.absorbed, actor.sight),
            survivor_id=await get_id(session, wanted.survivor, actor.sight),
            reason=wanted.reason,
            choices=wanted.choices,
        ),
    )
    return (await _show(session, [await get_merge(session, merge_id, actor.sight)]))[0]


@router.get("/v1/merges", dependencies=[allowed(READ, reach="narrowed")], responses=declares(BadCursor, MemberNotFound))
async def get_merges(
    session: RequestSession,
    sight: CurrentSight,
    member: Annotated[str | None, Query(max_length=300, description="A member's id or natural key.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> MergesOut:
    """Merges, newest first; of one member, where named."""
    member_ids = await aliases(session, await get_id(session, member, sight)) if member is not None else None
    page = await list_merges(session, sight, member_ids=member_ids, limit=limit, cursor=cursor)
    return MergesOut(items=await _show(session, page.items), next=page.next)


@router.post(
    "/v1/merges/{merge}/undo",
    dependencies=[allowed(MERGE, reach="narrowed")],
    responses=declares(MergeNotFound, MergeUndone, MergedOnward, CannotMerge),
)
async def post_undo(session: RequestSession, actor: CurrentActor, merge: int, wanted: UndoIn) -> MergeOut:
    """Make them two members again."""
    await get_merge(session, merge, actor.sight)
    await undo_merge(session, actor, merge, wanted.reason)
    return (await _show(session, [await get_merge(session, merge, actor.sight)]))[0]


async def _show(session: Session, merges: Sequence[Merge]) -> list[MergeOut]:
    actors = [actor for merge in merges for actor in _actors(merge)]
    return MergeOut.all_of(merges, await staff.actor_names(session, actors))


def _actors(merge: Merge) -> list[str]:
    return [merge.by, merge.undone_by] if merge.undone_by else [merge.by]
