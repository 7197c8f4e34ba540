"""Doing things to the accounts of many members at once: one load, one write, each instruction with its own answer."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session, raw
from shuke.platform.errors import AppError
from shuke.platform.idempotency import KeyReused

from .errors import CurrencyNotFound
from .loading import lock_accounts
from .perform import Instruction, decide
from .queries import Done, done_of, find_all_done
from .rules import Account, Operation
from .saving import save

Answer = Done | AppError


async def perform_many(session: Session, instructions: Sequence[Instruction], zone: ZoneInfo) -> list[Answer]:
    """Do each instruction, in the order given; refused ones change nothing and do not stop the others.

    Answers in the same order: what was done, or the refusal. A key used twice among them counts as a repetition.
    """
    ids = sorted({one.member_id for one in instructions})
    codes = {one.currency for one in instructions}
    accounts = await lock_accounts(session, ids, zone, codes=codes)
    used = await _used(session, instructions)
    now = clock.now()
    operations: dict[int, list[Operation]] = {member_id: [] for member_id in ids}
    # None: a repetition, whose answer is looked up when all is written.
    answers: list[Answer | None] = []
    for one in instructions:
        before = used.get(_name(one))
        if before is not None:
            answers.append(KeyReused() if before != one.request_hash else None)
            continue
        answer = _attempt(accounts[one.member_id], one, now, operations[one.member_id])
        answers.append(answer)
        if isinstance(answer, Done):
            used[_name(one)] = one.request_hash
    await save(session, (account for of_member in accounts.values() for account in of_member.values()), operations)
    return await _with_repeated(session, instructions, answers)


async def _with_repeated(
    session: Session, instructions: Sequence[Instruction], answers: Sequence[Answer | None]
) -> list[Answer]:
    pairs = list(zip(instructions, answers, strict=True))
    repeated = [one for one, answer in pairs if answer is None]
    member_ids, keys = [one.member_id for one in repeated], [one.key for one in repeated]
    done = await find_all_done(session, member_ids, keys) if repeated else {}
    return [done[one.member_id, one.key] if answer is None else answer for one, answer in pairs]


def _attempt(
    accounts: dict[str, Account], instruction: Instruction, now: datetime, operations: list[Operation]
) -> Answer:
    account = accounts.get(instruction.currency)
    if account is None:
        return CurrencyNotFound(currency=instruction.currency)
    first = len(account.entries)
    try:
        operations += decide(account, instruction, now)
    except AppError as refusal:
        # What had come due before the refusal stays done: it has operations of its own.
        operations += _orphans(account, first)
        return refusal
    return done_of(instruction.key, instruction.act.kind, [account])


def _orphans(account: Account, first: int) -> list[Operation]:
    return list({entry.operation.key: entry.operation for entry in account.entries[first:]}.values())


async def _used(session: Session, instructions: Sequence[Instruction]) -> dict[tuple[int, str], bytes]:
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select wanted.place, o.request_hash
        from unnest($1::bigint[], $2::text[]) with ordinality as wanted(member_id, key, place)
        join ledger_operation o using (member_id, key)
        union all
        select wanted.place, o.request_hash
        from unnest($2::text[]) with ordinality as wanted(key, place)
        join ledger_operation o on o.key = wanted.key and o.origin_kind is null and o.actor <> 'system:0'
            and (o.counterpart_member_id is null or o.member_id < o.counterpart_member_id)
        """,
        [one.member_id for one in instructions],
        [one.key for one in instructions],
    )
    return {_name(instructions[row["place"] - 1]): row["request_hash"] for row in rows}


def _name(instruction: Instruction) -> tuple[int, str]:
    """What a key is unique within: a caller's key everywhere, the program's own within its member."""
    return (instruction.member_id if instruction.actor == SYSTEM.name else 0), instruction.key
