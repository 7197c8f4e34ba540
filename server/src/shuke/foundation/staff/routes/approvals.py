"""Large acts that wait for a second person, over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.module import contributions
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .. import actions
from ..errors import ApprovalDecided, ApprovalNotFound, ApprovalOfOneself, ConfirmationWrong
from ..extensions import ApprovalKind
from ..permissions import APPROVALS_DECIDE, APPROVALS_READ
from ..queries import Approval, ApprovalState, display_names, get_approval, list_allowed, list_approvals
from ..schemas.staff import ApprovalOut, ApprovalsOut, Approve, Reject

router = Router(tags=["approvals"])


@router.get("/v1/approvals", dependencies=[allowed(APPROVALS_READ)], responses=declares(BadCursor))
async def get_approvals(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    state: Annotated[ApprovalState | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> ApprovalsOut:
    """Large acts that wait or were decided, newest first."""
    page = await list_approvals(session, state=state, cursor=cursor, limit=limit)
    return ApprovalsOut(items=await _out(session, actor, page.items, language), next=page.next)


@router.post(
    "/v1/approvals/{approval}/approve",
    dependencies=[allowed(APPROVALS_DECIDE, needs_fresh=True)],
    responses=declares(ApprovalNotFound, ApprovalDecided, ApprovalOfOneself, ConfirmationWrong),
)
async def approve(
    session: RequestSession, actor: CurrentActor, approval: int, given: Approve, language: RequestLanguage
) -> ApprovalOut:
    """Approve a large act; it is done in the same moment."""
    await actions.approve(session, actor, approval, confirmation=given.confirmation)
    (out,) = await _out(session, actor, [await get_approval(session, approval)], language)
    return out


@router.post(
    "/v1/approvals/{approval}/reject",
    dependencies=[allowed(APPROVALS_DECIDE)],
    responses=declares(ApprovalNotFound, ApprovalDecided),
)
async def reject(
    session: RequestSession, actor: CurrentActor, approval: int, given: Reject, language: RequestLanguage
) -> ApprovalOut:
    """Refuse a large act, or withdraw one's own."""
    await actions.reject(session, actor, approval, note=given.note)
    (out,) = await _out(session, actor, [await get_approval(session, approval)], language)
    return out


async def _out(session: Session, actor: Actor, found: Sequence[Approval], language: Language) -> list[ApprovalOut]:
    kinds = {kind.code: kind for kind in contributions(ApprovalKind)}
    people = {item.requested_by for item in found} | {item.decided_by for item in found if item.decided_by}
    names = await display_names(session, sorted(people))
    alone: dict[str, bool] = {}
    for code in {item.kind for item in found if item.requested_by == actor.id and item.state == "waiting"}:
        if code in kinds:
            alone[code] = await list_allowed(session, kinds[code].permission) == {actor.id}
    return [
        ApprovalOut(
            id=item.id,
            kind=item.kind,
            kind_name=kinds[item.kind].name.pick(language) if item.kind in kinds else item.kind,
            summary=item.summary.pick(language),
            state=item.state,
            requested_by=item.requested_by,
            requested_by_name=names.get(item.requested_by, ""),
            requested_at=item.requested_at,
            decided_by_name=names.get(item.decided_by) if item.decided_by else None,
            decided_at=item.decided_at,
            note=item.note,
            is_own=item.requested_by == actor.id,
            confirmation=actions.confirmation_of(item)
            if item.requested_by == actor.id and item.state == "waiting" and alone.get(item.kind)
            else None,
        )
        for item in found
    ]
