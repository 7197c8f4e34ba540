"""Reversing an operation of the past: of one account, or a transfer between two."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shuke.platform.actor import Actor
from shuke.platform.db import Session

from . import pairs
from .acts import Reverse
from .errors import ActivityOperation, CurrencyNotFound, NotReversible, OwnOperation
from .loading import lock_accounts
from .perform import Instruction, perform, require_within_limit
from .queries import Done, find_operation_kind, load_posted


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """An operation to be reversed, all that is left of it (amount None) or a part, and who wants it why."""

    member_id: int
    currency: str
    operation: str
    amount: int | None
    reason: str
    key: str
    actor: Actor
    request_hash: bytes
    if_version: int | None

    @property
    def asked(self) -> pairs.Asked:
        """Who wants it why, as an act of two members has it."""
        return pairs.Asked(key=self.key, actor=self.actor.name, request_hash=self.request_hash, reason=self.reason)


async def reverse(session: Session, zone: ZoneInfo, wanted: Reversal) -> Done:
    """Reverse it. Used value goes back into its own lots.

    Raises OperationNotFound, AlreadyReversed, NotReversible, ReversalOfReversal, OwnOperation (orders and refunds are
    reversed by refunds), ActivityOperation, CurrencyNotFound, NotEnough, ApprovalNeeded.
    """
    kind = await find_operation_kind(session, wanted.member_id, wanted.operation)
    if kind in {"order", "refund", "payment", "repayment"}:
        raise OwnOperation
    if kind == "activity":
        raise ActivityOperation
    if kind in {"merge", "undo_merge"}:
        raise NotReversible(kind=kind)
    if kind == "transfer":
        return await pairs.reverse_transfer(
            session,
            zone,
            wanted.asked,
            member=wanted.member_id,
            transfer=wanted.operation,
            currency=wanted.currency,
            amount=wanted.amount,
        )
    return await _reverse_one(session, zone, wanted)


async def _reverse_one(session: Session, zone: ZoneInfo, wanted: Reversal) -> Done:
    # What is left to reverse is read behind the lock, so two reversals at once never exceed the operation.
    accounts = await lock_accounts(session, [wanted.member_id], zone, codes=[wanted.currency])
    account = accounts[wanted.member_id].get(wanted.currency)
    if account is None:
        raise CurrencyNotFound(currency=wanted.currency)
    posted = await load_posted(session, account, wanted.operation)
    if posted.kind == "adjust":
        limit = account.currency.approval_above if wanted.actor.kind == "staff" else None
        require_within_limit(wanted.amount or posted.left, limit)
    act = Reverse(posted=posted, operation_key=wanted.operation, amount=wanted.amount, reason=wanted.reason)
    instruction = Instruction(
        member_id=wanted.member_id,
        currency=wanted.currency,
        act=act,
        key=wanted.key,
        actor=wanted.actor.name,
        request_hash=wanted.request_hash,
        if_version=wanted.if_version,
        is_person=wanted.actor.kind == "staff",
        reverses_key=wanted.operation,
        reason=wanted.reason,
    )
    return await perform(session, instruction, zone)
