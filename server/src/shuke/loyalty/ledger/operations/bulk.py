"""Giving points to many members: an adjustment for each, by the rules of adjustments."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shuke.foundation import organization
from shuke.people import bulk, members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName

from ..acts import Adjust
from ..batch import perform_many
from ..currencies import currencies
from ..errors import BalanceCapReached, CurrencyNotFound
from ..perform import Instruction
from ..permissions import POINTS_ADJUST, POINTS_APPROVE
from ..rules import MAX_AMOUNT, Currency
from .by_hand import adjusted_alone

# More members than these are given points only when a second person agrees, however little each is given.
APPROVAL_MEMBERS = 10_000
_NEEDS_SECOND = "needs_second"


class PointsParameters(BaseModel):
    """How much of which currency each member is given."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[int, Field(strict=True, ge=1, le=MAX_AMOUNT)]
    currency: Annotated[str, Field(min_length=1, max_length=40)] = "points"


async def check(session: Session, actor: Actor, parameters: PointsParameters) -> None:
    """Raises CurrencyNotFound."""
    del actor
    await _currency(session, parameters)


async def _currency(session: Session, parameters: PointsParameters) -> Currency:
    known = (await currencies(session)).get(parameters.currency)
    if known is None:
        raise CurrencyNotFound(currency=parameters.currency)
    return known


async def plan(session: Session, actor: Actor, parameters: PointsParameters, member_ids: Sequence[int]) -> bulk.Plan:
    """Who is frozen or has left is skipped. A second person agrees to what each is given."""
    del actor
    currency = await _currency(session, parameters)
    skipped = dict.fromkeys(await members.inactive_among(session, member_ids), "not_active")
    count = len(member_ids) - len(skipped)
    is_much = currency.approval_above is not None and parameters.amount > currency.approval_above
    return bulk.Plan(
        skipped=skipped,
        totals=(
            bulk.Total(label=LocalName("每人", "Each"), value=parameters.amount),
            bulk.Total(label=LocalName("合计发放", "Altogether"), value=count * parameters.amount),
        ),
        needs_approval=is_much,
    )


async def perform(
    session: Session, run: bulk.BulkRun, parameters: PointsParameters, member_ids: Sequence[int]
) -> list[bulk.Outcome]:
    """One operation for each member, under the act's own key: the ledger does none of them twice."""
    kept_back = {} if run.approved_by is not None else await _kept_back(session, run, parameters, member_ids)
    wanted = [member_id for member_id in member_ids if member_id not in kept_back]
    zone = (await organization.get_shop(session)).zone
    instructions = [_instruction(run, parameters, member_id) for member_id in wanted]
    answers = await perform_many(session, instructions, zone) if instructions else []
    outcomes = [
        bulk.Outcome(member_id=member_id, why=answer.code if isinstance(answer, AppError) else None)
        for member_id, answer in zip(wanted, answers, strict=True)
    ]
    return outcomes + [bulk.Outcome(member_id=member_id, why=why) for member_id, why in kept_back.items()]


async def _kept_back(
    session: Session, run: bulk.BulkRun, parameters: PointsParameters, member_ids: Sequence[int]
) -> Mapping[int, str]:
    """Those whom the same person would have given more within a day than one person may decide."""
    currency = await _currency(session, parameters)
    if currency.approval_above is None:
        return {}
    given = await adjusted_alone(session, run.actor.name, currency.currency_id, member_ids)
    limit = currency.approval_above - parameters.amount
    return {member_id: _NEEDS_SECOND for member_id in member_ids if given.get(member_id, 0) > limit}


def _instruction(run: bulk.BulkRun, parameters: PointsParameters, member_id: int) -> Instruction:
    key = f"{run.key}:{member_id}"
    return Instruction(
        member_id=member_id,
        currency=parameters.currency,
        act=Adjust(amount=parameters.amount, reason=run.reason),
        key=key,
        actor=run.actor.name,
        request_hash=sha256(f"{key}:{parameters.currency}:{parameters.amount}".encode()).digest(),
        reason=run.reason,
        approved_by=run.approved_by,
    )


APPROVAL = bulk.approval_kind(
    code="points.give_to_many",
    name=LocalName("给大量会员发积分", "Give points to many"),
    permission=POINTS_APPROVE.code,
)
POINTS = bulk.BulkAction(
    key="points",
    label=LocalName("发放积分", "Give points"),
    permission=POINTS_ADJUST.code,
    parameters=PointsParameters,
    reasons={
        "not_active": LocalName("已冻结或已注销", "frozen, or has left"),
        _NEEDS_SECOND: LocalName(
            "您 24 小时内给这位会员调整的积分将超过一个人可决定的上限",
            "you would have adjusted more for them within 24 hours than one person may decide",
        ),
        BalanceCapReached.code: LocalName("余额已到上限", "the balance has reached its limit"),
    },
    check=check,
    plan=plan,
    perform=perform,
    approval=APPROVAL,
    approval_members=APPROVAL_MEMBERS,
)
