"""Doing one thing to one account: load it as of one moment, decide, write in one statement. Idempotent by key.

Nobody is waited for at first: the write is guarded by the account's version, and only when somebody was quicker is
the account locked and everything decided anew.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.idempotency import KeyReused

from . import rules
from .acts import Act, Credit, Spend
from .errors import AccountMoved, ApprovalNeeded, VersionConflict
from .loading import load_account
from .queries import Done, done_of, find_done
from .rules import Account, Operation
from .saving import save

_TRIES = 4


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """What to do to whose account, by whom. `key` names the operation within the member for ever."""

    member_id: int
    currency: str
    act: Act
    key: str
    actor: str
    request_hash: bytes
    if_version: int | None = None
    origin: tuple[str | None, int | None] = (None, None)
    reason: str | None = None
    approved_by: str | None = None
    reverses_key: str | None = None
    counterpart_member_id: int | None = None
    # A person asks, at a screen or till: what needs a second person as an adjustment is not given or used by one.
    is_person: bool = False

    def operation(self, now: datetime, zone: ZoneInfo) -> Operation:
        """The operation that it becomes."""
        return Operation(
            key=self.key,
            kind=self.act.kind,
            occurred_at=now,
            business_day=clock.business_day(now, zone),
            recorded_at=now,
            actor=self.actor,
            request_hash=self.request_hash,
            origin_kind=self.origin[0],
            origin_id=self.origin[1],
            reason=self.reason,
            approved_by=self.approved_by,
            reverses_key=self.reverses_key,
            counterpart_member_id=self.counterpart_member_id,
            is_kept=True,
        )


async def perform(session: Session, instruction: Instruction, zone: ZoneInfo) -> Done:
    """Do it, or say what was done the first time when the key has been used for the same request.

    Raises KeyReused, VersionConflict, AccountMoved, CurrencyNotFound, and the refusals of the act; then nothing is
    written.
    """
    for attempt in range(_TRIES):
        loaded = await load_account(
            session,
            instruction.member_id,
            instruction.currency,
            instruction.key,
            zone,
            with_lots=instruction.act.needs_lots,
            wait=attempt > 0,
        )
        if loaded.used_by is not None:
            if loaded.used_by != instruction.request_hash:
                raise KeyReused
            return await find_done(session, instruction.member_id, instruction.key)
        operations = decide(loaded.account, instruction, clock.now())
        try:
            await save(session, [loaded.account], {instruction.member_id: operations})
        except AccountMoved:
            continue
        return done_of(instruction.key, instruction.act.kind, [loaded.account])
    raise AccountMoved


def require_within_limit(amount: int, limit: int | None) -> None:
    """What one person may decide. Raises ApprovalNeeded."""
    if limit is not None and amount > limit:
        raise ApprovalNeeded(amount=amount, limit=limit)


def decide(account: Account, instruction: Instruction, now: datetime) -> list[Operation]:
    """Bring the account forward, do what is asked, and do what that makes due. Returns the operations."""
    if instruction.if_version is not None and instruction.if_version != account.version:
        raise VersionConflict(version=account.version, expected=instruction.if_version)
    limit = account.currency.approval_above
    if instruction.is_person and limit is not None and isinstance(instruction.act, Credit | Spend):
        require_within_limit(instruction.act.amount, limit)
    operations = rules.bring_forward(account, now, now)
    operation = instruction.operation(now, account.zone)
    instruction.act.decide(account, operation)
    operations.append(operation)
    return operations + rules.bring_forward(account, now, now, floor=now)
