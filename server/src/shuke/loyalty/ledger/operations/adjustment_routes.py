"""Adjustments by hand over HTTP, and their approval by a second person."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Response

from shuke.foundation import staff
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .. import errors
from ..permissions import POINTS_ADJUST, POINTS_APPROVE, POINTS_READ
from ..queries import Done
from . import adjusting
from .adjusting import Adjustment, State
from .routes import AtDesk, Desk
from .schemas import AdjustmentIn, AdjustmentOut, AdjustmentsOut, ApprovalIn, DoneOut, PersonOut, RejectionIn

router = Router(tags=["ledger"])


@router.post(
    "/v1/ledger/adjustments",
    status_code=201,
    dependencies=[allowed(POINTS_ADJUST, has_own_keys=True, reach="narrowed")],
    responses={
        202: {"model": AdjustmentOut, "description": "Above the limit: waits for a second person."},
        **declares(
            members.MemberNotFound,
            errors.CurrencyNotFound,
            errors.AccountMoved,
            errors.VersionConflict,
            errors.MemberBusy,
            errors.NotEnough,
            errors.BalanceCapReached,
            errors.NothingToAdjust,
        ),
    },
)
async def post_adjustment(wanted: AdjustmentIn, response: Response, desk: Desk = AtDesk) -> DoneOut | AdjustmentOut:
    """Change a balance by hand, with a reason. Above the currency's limit a second person has to agree first."""
    if wanted.amount == 0:
        raise errors.NothingToAdjust
    outcome = await adjusting.adjust(
        desk.session,
        desk.actor,
        member_id=await desk.member(wanted.member),
        currency=wanted.currency,
        amount=wanted.amount,
        reason=wanted.reason,
        key=desk.key,
        request_hash=wanted.request_hash(),
        if_version=wanted.if_version,
    )
    if isinstance(outcome, Done):
        return desk.answer(outcome, response)
    response.status_code = 202
    return (await _show(desk.session, [outcome], desk.actor.sight))[0]


@router.get(
    "/v1/ledger/adjustments",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    responses=declares(BadCursor, members.MemberNotFound),
)
async def get_adjustments(
    session: RequestSession,
    sight: CurrentSight,
    state: State | None = None,
    member: Annotated[str | None, Query(max_length=300, description="Of one member: an id or a natural key.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> AdjustmentsOut:
    """Adjustments that needed a second person, newest first."""
    member_id = await members.get_id(session, member, sight) if member is not None else None
    page = await adjusting.list_adjustments(
        session, sight, state=state, member_id=member_id, limit=limit, cursor=cursor
    )
    return AdjustmentsOut(items=await _show(session, page.items, sight), next=page.next)


@router.post(
    "/v1/ledger/adjustments/{adjustment}/approve",
    dependencies=[allowed(POINTS_APPROVE, reach="narrowed")],
    responses=declares(
        errors.AdjustmentNotFound,
        errors.AdjustmentDecided,
        errors.SecondPersonNeeded,
        errors.ConfirmationWrong,
        errors.NotEnough,
        errors.BalanceCapReached,
        errors.AccountMoved,
    ),
)
async def approve_adjustment(
    adjustment: int, approval: ApprovalIn, session: RequestSession, actor: CurrentActor
) -> DoneOut:
    """Agree to an adjustment and do it."""
    return DoneOut.of(await adjusting.approve(session, actor, adjustment, confirmation=approval.confirmation))


@router.post(
    "/v1/ledger/adjustments/{adjustment}/reject",
    dependencies=[allowed(POINTS_ADJUST, reach="narrowed")],
    responses=declares(errors.AdjustmentNotFound, errors.AdjustmentDecided, errors.SecondPersonNeeded),
)
async def reject_adjustment(
    adjustment: int, rejection: RejectionIn, session: RequestSession, actor: CurrentActor
) -> AdjustmentOut:
    """Refuse an adjustment, for who may approve it; or withdraw one's own."""
    rejected = await adjusting.reject(session, actor, adjustment, note=rejection.note)
    return (await _show(session, [rejected], actor.sight))[0]


async def _show(session: Session, found: Sequence[Adjustment], sight: Sight) -> list[AdjustmentOut]:
    names = await adjusting.member_names(session, found, sight)
    actors = {actor for one in found for actor in (one.requested_by, one.decided_by) if actor}
    people = await staff.actor_names(session, sorted(actors))
    return [_out(one, names, people) for one in found]


def _out(one: Adjustment, names: dict[int, members.MemberName], people: dict[str, str]) -> AdjustmentOut:
    name = names.get(one.member_id)
    return AdjustmentOut(
        id=one.adjustment_id,
        member_id=one.member_id,
        member_name=name.name if name else None,
        currency=one.currency,
        amount=one.amount,
        reason=one.reason,
        state=one.state,
        requested_by=_person(one.requested_by, people),
        requested_at=one.requested_at,
        decided_by=_person(one.decided_by, people) if one.decided_by else None,
        decided_at=one.decided_at,
        note=one.note,
        operation=one.operation_key,
    )


def _person(actor: str, people: dict[str, str]) -> PersonOut:
    return PersonOut(actor=actor, name=people.get(actor))
