"""Operations over HTTP. Each needs an Idempotency-Key, which stays with the operation for ever."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.http import (
    REPLAY,
    CurrentActor,
    CurrentSight,
    CurrentUnit,
    OwnKey,
    RequestLanguage,
    RequestSession,
    Router,
    Unit,
    allowed,
    declares,
)
from shuke.platform.idempotency import KeyInFlight
from shuke.platform.problems import Problem, problem_body
from shuke.platform.turns import QueueFull, Turns

from .. import errors, pairs
from ..acts import Act
from ..batch import Answer, perform_many
from ..perform import Instruction, perform
from ..permissions import POINTS_MERGE, POINTS_OPERATE, POINTS_READ
from ..queries import Done, find_balance, find_done, is_done
from ..reversing import Reversal, reverse
from . import schemas

router = Router(tags=["ledger"])

# Behind one at work this many may wait; the next one is told to come back in a second.
_turns = Turns(longest=9)
_USUAL = (
    members.MemberNotFound,
    errors.CurrencyNotFound,
    errors.AccountMoved,
    errors.VersionConflict,
    errors.MemberBusy,
    errors.ApprovalNeeded,
    KeyInFlight,
)
_REPLAY: dict[int | str, dict[str, Any]] = {
    201: {"headers": {"Idempotent-Replay": {"description": "true: done before.", "schema": {"type": "string"}}}}
}


def _answers(*refusals: type[AppError]) -> dict[int | str, dict[str, Any]]:
    return {**declares(*_USUAL, *refusals), **_REPLAY}


_may_operate = allowed(POINTS_OPERATE, has_own_keys=True, reach="narrowed")


class Desk:
    """What every operation of this page has in common: who asks, under which key, in which transaction."""

    def __init__(self, session: Session, actor: Actor, key: str, unit: Unit) -> None:
        self.session, self.actor, self.unit = session, actor, unit
        self.key = f"{actor.name}:{key}"

    async def member(self, reference: str) -> int:
        """A member by any reference, in whose turn this request now is until its transaction ends."""
        member_id = await self.known(reference)
        await take_turn(self.unit, member_id)
        return member_id

    async def known(self, reference: str) -> int:
        """A member whom the caller sees; nobody merges them before this request's transaction ends."""
        return await members.get_id(self.session, reference, self.actor.sight, hold=True)

    async def do(self, wanted: schemas.AccountIn, act: Act, response: Response) -> schemas.DoneOut:
        """Do one thing to one account."""
        member_id = await self.member(wanted.member)
        return self.answer(await self.perform(member_id, wanted, act), response)

    async def use(self, wanted: schemas.AccountIn, act: Act, response: Response) -> schemas.DoneOut:
        """Do one thing that uses value. Raises MemberNotActive for members who are frozen, cancelled or erased."""
        member_id = await self.member(wanted.member)
        await self.require_active(member_id)
        return self.answer(await self.perform(member_id, wanted, act), response)

    async def require_active(self, member_id: int) -> None:
        """Refuse to use value of somebody frozen, unless this key did it before. Raises MemberNotActive."""
        if await members.inactive_among(self.session, [member_id]) and not await is_done(
            self.session, member_id, self.key
        ):
            raise members.MemberNotActive

    async def perform(self, member_id: int, wanted: schemas.AccountIn, act: Act, **more: Any) -> Done:
        """Do one thing to one account whose member is known."""
        shop = await organization.get_shop(self.session)
        instruction = Instruction(
            member_id=member_id,
            currency=wanted.currency,
            act=act,
            key=self.key,
            actor=self.actor.name,
            request_hash=wanted.request_hash(),
            if_version=wanted.if_version,
            is_person=self.actor.kind == "staff",
            **more,
        )
        return await perform(self.session, instruction, shop.zone)

    def asked(self, wanted: schemas.TransferIn | schemas.MergeIn | schemas.MergeUndoIn) -> pairs.Asked:
        """Who wants an act of two members, and why."""
        return pairs.Asked(
            key=self.key,
            actor=self.actor.name,
            request_hash=wanted.request_hash(),
            reason=wanted.reason,
        )

    def answer(self, done: Done, response: Response) -> schemas.DoneOut:
        """What was done, now or the first time."""
        if done.is_replay:
            response.headers[REPLAY] = "true"
        return schemas.DoneOut.of(done)


async def take_turn(unit: Unit, member_id: int) -> None:
    """Wait for the member's turn, and keep it until the transaction has ended. Raises MemberBusy."""
    try:
        await unit.keep_until_end(_turns.take(member_id))
    except QueueFull:
        raise errors.MemberBusy from None


async def _at_desk(session: RequestSession, actor: CurrentActor, key: OwnKey, unit: CurrentUnit) -> Desk:
    return Desk(session, actor, key, unit)


AtDesk = Depends(_at_desk)


@router.post(
    "/v1/ledger/credits",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.BalanceCapReached, errors.DayOutOfRange),
)
async def post_credit(wanted: schemas.CreditIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Give an amount. Its end and the day it becomes usable follow the currency, or are named."""
    return await desk.do(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/debits",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.NotEnough, members.MemberNotActive),
)
async def post_debit(wanted: schemas.DebitIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Use an amount, from what ends first; `keep_at_least` must remain available."""
    return await desk.use(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/holds",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.NotEnough, members.MemberNotActive),
)
async def post_hold(wanted: schemas.HoldIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Set an amount aside, for some minutes or until it is captured or released."""
    return await desk.use(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/captures",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.HoldClosed, errors.HoldTooSmall),
)
async def post_capture(wanted: schemas.CaptureIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Use what a hold has set aside: all of it, or a part; the rest stays held or is released at once."""
    return await desk.do(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/releases",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.HoldClosed, errors.HoldTooSmall),
)
async def post_release(wanted: schemas.ReleaseIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Give held value free again, all of it or a part."""
    return await desk.do(wanted, wanted.act(), response)


@router.post("/v1/ledger/maturities", status_code=201, dependencies=[_may_operate], responses=_answers())
async def post_maturity(wanted: schemas.MaturityIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Make pending value usable before its day: one lot, or all that waits for an event."""
    return await desk.do(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/cancellations",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.LotNotPending, errors.NotEnough),
)
async def post_cancellation(wanted: schemas.CancellationIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Cancel a pending lot, all of it or a part."""
    return await desk.do(wanted, wanted.act(), response)


@router.post("/v1/ledger/activities", status_code=201, dependencies=[_may_operate], responses=_answers())
async def post_activity(wanted: schemas.ActivityIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Note an activity. Value that ends by inactivity lives on, where the currency counts this activity."""
    return await desk.do(wanted, wanted.act(), response)


@router.post(
    "/v1/ledger/reversals",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(
        errors.OperationNotFound,
        errors.AlreadyReversed,
        errors.NotReversible,
        errors.ReversalOfReversal,
        errors.ActivityOperation,
        errors.OwnOperation,
        errors.NotEnough,
    ),
)
async def post_reversal(wanted: schemas.ReversalIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Reverse an operation, all that is left of it or a part. Used value goes back into its own lots."""
    reversal = Reversal(
        member_id=await desk.member(wanted.member),
        currency=wanted.currency,
        operation=wanted.operation,
        amount=wanted.amount,
        reason=wanted.reason,
        key=desk.key,
        actor=desk.actor,
        request_hash=wanted.request_hash(),
        if_version=wanted.if_version,
    )
    zone = (await organization.get_shop(desk.session)).zone
    return desk.answer(await reverse(desk.session, zone, reversal), response)


@router.post(
    "/v1/ledger/transfers",
    status_code=201,
    dependencies=[_may_operate],
    responses=_answers(errors.NotEnough, errors.BalanceCapReached, errors.SameMember, members.MemberNotActive),
)
async def post_transfer(wanted: schemas.TransferIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Give an amount to another member; it keeps its end."""
    from_member = await desk.known(wanted.from_member)
    await desk.require_active(from_member)
    done = await pairs.transfer(
        desk.session,
        (await organization.get_shop(desk.session)).zone,
        desk.asked(wanted),
        from_member=from_member,
        to_member=await desk.known(wanted.to_member),
        currency=wanted.currency,
        amount=wanted.amount,
    )
    return desk.answer(done, response)


_may_merge = allowed(POINTS_MERGE, has_own_keys=True, reach="narrowed")


@router.post(
    "/v1/ledger/merges",
    status_code=201,
    dependencies=[_may_merge],
    responses=_answers(errors.HoldsOpen, errors.SameMember),
)
async def post_merge(wanted: schemas.MergeIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Move everything that a member owns and owes to another, in every currency, lots and all."""
    done = await pairs.merge(
        desk.session,
        (await organization.get_shop(desk.session)).zone,
        desk.asked(wanted),
        from_member=await desk.known(wanted.from_member),
        into_member=await desk.known(wanted.into_member),
    )
    return desk.answer(done, response)


@router.post(
    "/v1/ledger/merge-undos",
    status_code=201,
    dependencies=[_may_merge],
    responses=_answers(errors.OperationNotFound, errors.AlreadyReversed),
)
async def post_merge_undo(wanted: schemas.MergeUndoIn, response: Response, desk: Desk = AtDesk) -> schemas.DoneOut:
    """Give back what a merge moved, less what has been used since."""
    done = await pairs.undo_merge(
        desk.session,
        (await organization.get_shop(desk.session)).zone,
        desk.asked(wanted),
        member=await desk.known(wanted.member),
        merge=wanted.operation,
    )
    return desk.answer(done, response)


@router.post(
    "/v1/ledger/batches", dependencies=[allowed(POINTS_OPERATE, reach="narrowed")], responses=declares(*_USUAL)
)
async def post_batch(
    wanted: schemas.BatchIn, session: RequestSession, actor: CurrentActor, language: RequestLanguage
) -> schemas.BatchOut:
    """Up to 1,000 operations of any members, each with a key of its own, done or refused one by one, in order."""
    found = await members.get_ids(session, sorted({item.member for item in wanted.items}), actor.sight, hold=True)
    frozen = await members.inactive_among(session, list(found.values()))
    refused = [_refusal(item, found, frozen) for item in wanted.items]
    known = [item for item, refusal in zip(wanted.items, refused, strict=True) if refusal is None]
    zone = (await organization.get_shop(session)).zone
    done = await perform_many(session, [_instruction(item, found[item.member], actor) for item in known], zone)
    answers = iter(done)
    results = [refusal or next(answers) for refusal in refused]
    return schemas.BatchOut(results=[_result(index, answer, language) for index, answer in enumerate(results)])


def _refusal(item: schemas.Item, found: Mapping[str, int], frozen: set[int]) -> AppError | None:
    """Why an item is not even tried."""
    if item.member not in found:
        return members.MemberNotFound()
    uses_value = isinstance(item, schemas.DebitItem | schemas.HoldItem)
    return members.MemberNotActive() if uses_value and found[item.member] in frozen else None


def _instruction(item: schemas.Item, member_id: int, actor: Actor) -> Instruction:
    return Instruction(
        member_id=member_id,
        currency=item.currency,
        act=item.act(),
        key=f"{actor.name}:{item.key}",
        actor=actor.name,
        request_hash=item.request_hash(),
        if_version=item.if_version,
        is_person=actor.kind == "staff",
    )


def _result(index: int, answer: Answer, language: RequestLanguage) -> schemas.BatchResultOut:
    if isinstance(answer, Done):
        return schemas.BatchResultOut.model_construct(
            index=index,
            status="replayed" if answer.is_replay else "done",
            done=schemas.DoneOut.of(answer),
            error=None,
        )
    return schemas.BatchResultOut(index=index, status="refused", error=Problem(**problem_body(answer, language)))


@router.get(
    "/v1/ledger/accounts/{member}/{currency}",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, errors.CurrencyNotFound),
)
async def get_balance(member: str, currency: str, session: RequestSession, sight: CurrentSight) -> schemas.BalanceOut:
    """One account in one line, with its version."""
    return await _balance(session, await members.get_id(session, member, sight), currency)


async def _balance(session: Session, member_id: int, currency: str) -> schemas.BalanceOut:
    found = await find_balance(session, member_id, currency)
    return schemas.BalanceOut(**found)


@router.get(
    "/v1/ledger/operations",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, errors.OperationNotFound),
)
async def get_operation(
    session: RequestSession,
    sight: CurrentSight,
    member: Annotated[str, Query(max_length=200)],
    operation: Annotated[str, Query(max_length=500)],
) -> schemas.DoneOut:
    """What an operation did. Its name may hold any sign, so it comes in the query."""
    member_id = await members.get_id(session, member, sight)
    return schemas.DoneOut.of(await find_done(session, member_id, operation))
