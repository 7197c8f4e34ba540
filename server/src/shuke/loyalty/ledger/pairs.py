"""Doing one thing to the accounts of two members: transfers, merges, and their reversal. Both are locked in order."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.idempotency import KeyReused

from . import rules
from .errors import CurrencyNotFound, OperationNotFound, SameMember
from .loading import lock_accounts
from .queries import Done, done_of, find_done, find_merged, find_transfer, load_posted
from .rules import Account, Operation
from .saving import save


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who wants an act of two members, why, and under which key."""

    key: str
    actor: str
    request_hash: bytes
    reason: str


@dataclass(slots=True)
class _Pair:
    """Two members' accounts by currency, brought forward, and the two operations that are one act."""

    first: dict[str, Account]
    second: dict[str, Account]
    out: Operation
    into: Operation
    done: dict[int, list[Operation]]

    def both(self) -> Iterator[tuple[Account, Account]]:
        """The accounts of each currency."""
        return ((self.first[code], self.second[code]) for code in sorted(self.first))


async def transfer(
    session: Session,
    zone: ZoneInfo,
    asked: Asked,
    *,
    from_member: int,
    to_member: int,
    currency: str,
    amount: int,
) -> Done:
    """Give an amount to another member, with the lots' ends. Raises CurrencyNotFound and what the rules refuse."""

    async def decide(pair: _Pair) -> None:
        if currency not in pair.first:
            raise CurrencyNotFound(currency=currency)
        source, target = pair.first[currency], pair.second[currency]
        rules.transfer(source, target, pair.out, pair.into, amount, explanation={"reason": asked.reason})

    wanted = _Wanted("transfer", from_member, to_member, asked, codes=[currency])
    return await _do(session, zone, wanted, decide)


async def merge(session: Session, zone: ZoneInfo, asked: Asked, *, from_member: int, into_member: int) -> Done:
    """Move everything of one member to another, in every currency. Raises HoldsOpen and SameMember."""

    async def decide(pair: _Pair) -> None:
        for source, target in pair.both():
            rules.merge(source, target, pair.out, pair.into, explanation={"reason": asked.reason})

    return await _do(session, zone, _Wanted("merge", from_member, into_member, asked), decide)


async def undo_merge(session: Session, zone: ZoneInfo, asked: Asked, *, member: int, merge: str) -> Done:
    """Give back what a merge moved away from `member`, less what has been used since. Raises OperationNotFound."""
    found = await find_merged(session, member, merge)

    async def decide(pair: _Pair) -> None:
        for code in found.debts:
            source, target = pair.first[code], pair.second[code]
            rules.undo_merge(
                source,
                target,
                pair.into,
                pair.out,
                await load_posted(session, source, merge),
                await load_posted(session, target, merge),
                debt=found.debts[code],
                explanation={"reason": asked.reason, "operation": merge},
            )

    wanted = _Wanted("undo_merge", member, found.counterpart, asked, reverses=merge)
    return await _do(session, zone, wanted, decide)


async def reverse_transfer(
    session: Session,
    zone: ZoneInfo,
    asked: Asked,
    *,
    member: int,
    transfer: str,
    currency: str,
    amount: int | None,
) -> Done:
    """Take a transfer back, whole or in part. `member`: who gave or received it. Raises NotEnough and the refusals
    of reversals.
    """
    found = await find_transfer(session, member, transfer)
    if found.currency != currency:
        raise OperationNotFound(key=transfer)

    async def decide(pair: _Pair) -> None:
        source, target = pair.first[found.currency], pair.second[found.currency]
        rules.reverse_transfer(
            source,
            target,
            pair.into,
            pair.out,
            await load_posted(session, source, transfer),
            await load_posted(session, target, transfer),
            amount,
            explanation={"reason": asked.reason, "operation": transfer},
        )

    wanted = _Wanted("reverse", found.giver, found.receiver, asked, reverses=transfer, codes=[found.currency])
    return await _do(session, zone, wanted, decide)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An act of two members: its kind, the two, and who wants it why."""

    kind: str
    first: int
    second: int
    asked: Asked
    reverses: str | None = None
    codes: list[str] | None = None

    def operation(self, counterpart: int, now: datetime, zone: ZoneInfo) -> Operation:
        """One member's side of it."""
        return Operation(
            key=self.asked.key,
            kind=self.kind,
            occurred_at=now,
            business_day=clock.business_day(now, zone),
            recorded_at=now,
            actor=self.asked.actor,
            request_hash=self.asked.request_hash,
            reason=self.asked.reason,
            reverses_key=self.reverses,
            counterpart_member_id=counterpart,
            is_kept=True,
        )


async def _do(session: Session, zone: ZoneInfo, wanted: _Wanted, decide: Callable[[_Pair], Awaitable[None]]) -> Done:
    if wanted.first == wanted.second:
        raise SameMember
    accounts = await lock_accounts(session, [wanted.first, wanted.second], zone, codes=wanted.codes)
    if await _was_done(session, wanted):
        return await find_done(session, wanted.first, wanted.asked.key)
    now = clock.now()
    pair = _Pair(
        accounts[wanted.first],
        accounts[wanted.second],
        wanted.operation(wanted.second, now, zone),
        wanted.operation(wanted.first, now, zone),
        {wanted.first: [], wanted.second: []},
    )
    _forward(pair, now)
    await decide(pair)
    pair.done[wanted.first].append(pair.out)
    pair.done[wanted.second].append(pair.into)
    _forward(pair, now, floor=now)
    touched = [account for both in pair.both() for account in both]
    await save(session, touched, pair.done)
    return done_of(wanted.asked.key, wanted.kind, touched)


async def _was_done(session: Session, wanted: _Wanted) -> bool:
    """Whether this act has been done before. Raises KeyReused when either member knows the key for something else.

    Asked behind the locks: whoever used the key before has committed, or waits for us.
    """
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select counterpart_member_id, request_hash from ledger_operation
        where member_id = any($1::bigint[]) and key = $2
        union all
        select counterpart_member_id, request_hash from ledger_operation
        where key = $2 and origin_kind is null and actor <> 'system:0'
            and (counterpart_member_id is null or member_id < counterpart_member_id)
        """,
        [wanted.first, wanted.second],
        wanted.asked.key,
    )
    if any(row["request_hash"] != wanted.asked.request_hash or row["counterpart_member_id"] is None for row in rows):
        raise KeyReused
    return bool(rows)


def _forward(pair: _Pair, now: datetime, floor: datetime | None = None) -> None:
    for accounts in (pair.first, pair.second):
        for account in accounts.values():
            pair.done[account.member_id] += rules.bring_forward(account, now, now, floor=floor)
