"""Writing down what was decided: one statement, guarded by each account's version, for one member or for thousands."""

from collections.abc import Iterable, Iterator
from typing import Any

import asyncpg

from shuke.platform import events
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.idempotency import KeyInFlight

from .errors import AccountMoved
from .events import EVENTS
from .rules import Account, Allocation, Entry, Hold, Lot, Operation

# Rows arrive as arrays of the tables' own row types. An account that is no longer at the version it was loaded at
# stops everything: `moved` then has fewer rows than were sent, and nothing else is written.
_MOVE = """
    with moved as (
        update ledger_account account
        set version = new.version, available = new.available, pending = new.pending, held = new.held,
            debt = new.debt, lot_count = new.lot_count, hold_count = new.hold_count, due_at = new.due_at,
            head_hash = new.head_hash, active_on = new.active_on
        from unnest($1::bigint[], $2::ledger_account[]) as new(loaded, member_id, currency_id, version, available,
            pending, held, debt, lot_count, hold_count, due_at, head_hash, active_on)
        where account.member_id = new.member_id and account.currency_id = new.currency_id
            and account.version = new.loaded
        returning 1
    ), fits as materialized (
        select count(*) = cardinality($1) as all_moved from moved
    ), operations as (
        insert into ledger_operation
        select new.* from unnest($3::ledger_operation[]) as new where (select all_moved from fits)
    ), entries as (
        insert into ledger_entry
        select new.* from unnest($4::ledger_entry[]) as new where (select all_moved from fits)
    ), lots as (
        insert into ledger_lot
        select new.* from unnest($5::ledger_lot[]) as new where (select all_moved from fits)
    )
"""
_DRAW = """
    , allocations as (
        insert into ledger_allocation
        select new.* from unnest($6::ledger_allocation[]) as new where (select all_moved from fits)
    ), drawn as (
        update ledger_lot lot set remaining = new.remaining, held = new.held, state = new.state
        from unnest($7::ledger_lot[]) as new
        where lot.member_id = new.member_id and lot.currency_id = new.currency_id and lot.lot_no = new.lot_no
            and (select all_moved from fits)
    ), holds as (
        insert into ledger_hold
        select new.* from unnest($8::ledger_hold[]) as new where (select all_moved from fits)
        on conflict (member_id, currency_id, hold_no)
            do update set remaining = excluded.remaining, state = excluded.state, parts = excluded.parts
    )
"""
_ANSWER = "    select all_moved from fits\n"
# Most credits draw on nothing: leaving out what would write nothing saves the database some work.
WRITE_CREDITS = _MOVE + _ANSWER
WRITE = _MOVE + _DRAW + _ANSWER


async def save(session: Session, accounts: Iterable[Account], operations: dict[int, list[Operation]]) -> None:
    """Write what was decided for loaded accounts: operations (by member), entries, lots, holds, balances, events.

    Raises AccountMoved, and writes nothing, when an account is no longer at the version it was loaded at; KeyInFlight
    when somebody used the same key in the same moment.
    """
    changed = [account for account in accounts if account.entries]
    used = {(account.member_id, entry.operation.key) for account in changed for entry in account.entries}
    acts = [
        _operation(member_id, act)
        for member_id, done in operations.items()
        for act in done
        # An act that moved nothing leaves no trace, unless it is one that must not be done again.
        if (member_id, act.key) in used or act.is_kept
    ]
    if not changed and not acts:
        return
    driver = await raw(session)
    try:
        all_moved = await _write(driver, changed, acts)
    except asyncpg.UniqueViolationError as error:
        # The same key was used in the same moment, where no account that both touch stood between them.
        raise KeyInFlight from error
    if not all_moved:
        raise AccountMoved
    await events.publish(session, [_event(a, entry) for a in changed for entry in a.entries if entry.kind in EVENTS])


async def _write(driver: asyncpg.Connection, changed: list[Account], acts: list[tuple[Any, ...]]) -> bool:
    values = [
        [account.loaded_version for account in changed],
        [_account(account) for account in changed],
        acts,
        [_entry(a, entry) for a in changed for entry in a.entries],
        [_lot(a, lot) for a in changed for lot in a.opened_lots],
    ]
    draws = [
        [_allocation(a, part) for a in changed for part in a.allocations],
        [_lot(a, lot) for a in changed for lot in _drawn_on(a)],
        [_hold(a, hold) for a in changed for hold in a.touched_holds.values()],
    ]
    all_moved: bool
    if any(draws):
        all_moved = await driver.fetchval(WRITE, *values, *draws)
    else:
        all_moved = await driver.fetchval(WRITE_CREDITS, *values)
    return all_moved


def _drawn_on(account: Account) -> Iterator[Lot]:
    return (lot for lot in account.touched_lots.values() if lot.opened_version <= account.loaded_version)


def _account(a: Account) -> tuple[Any, ...]:
    return (
        *(a.member_id, a.currency.currency_id, a.version, a.available, a.pending, a.held, a.debt),
        *(a.lot_count, a.hold_count, a.due_at, a.head_hash, a.active_on),
    )


def _operation(member_id: int, act: Operation) -> tuple[Any, ...]:
    return (
        *(member_id, act.key, act.kind, act.request_hash, act.actor, act.reason, act.approved_by, act.reverses_key),
        *(act.counterpart_member_id, act.origin_kind, act.origin_id),
        *(act.occurred_at, act.business_day, act.recorded_at),
    )


def _entry(account: Account, entry: Entry) -> tuple[Any, ...]:
    act = entry.operation
    return (
        *(account.member_id, account.currency.currency_id, entry.version, act.key, entry.kind, entry.contra),
        *(entry.amount, entry.moved),
        *(entry.available_after, entry.pending_after, entry.held_after, entry.debt_after),
        *(act.occurred_at, act.business_day, act.recorded_at),
        *(entry.rule_version_id, act.origin_kind, act.origin_id),
        *(entry.previous_hash, entry.hash, entry.explanation_text),
        *(entry.active_after, entry.hold_no, entry.reverses_version),
    )


def _lot(account: Account, lot: Lot) -> tuple[Any, ...]:
    return (
        *(account.member_id, account.currency.currency_id, lot.lot_no, lot.opened_version),
        *(lot.amount, lot.remaining, lot.held, lot.state, lot.earned_on, lot.matures_on, lot.unit_cost_micro),
        *(lot.funding, lot.rule_version_id, lot.origin_kind, lot.origin_id, lot.available_on, lot.expires_on),
    )


def _allocation(account: Account, part: Allocation) -> tuple[Any, ...]:
    return account.member_id, account.currency.currency_id, part.version, part.lot_no, part.amount, part.held


def _hold(account: Account, hold: Hold) -> tuple[Any, ...]:
    return (
        *(account.member_id, account.currency.currency_id, hold.hold_no, hold.opened_version),
        *(hold.amount, hold.remaining, hold.state, hold.expires_at, hold.origin_kind, hold.origin_id),
        dump_json({str(lot_no): amount for lot_no, amount in sorted(hold.parts.items())}),
    )


def _event(account: Account, entry: Entry) -> events.Event:
    return EVENTS[entry.kind](
        member_id=account.member_id,
        occurred_at=entry.operation.occurred_at,
        currency=account.currency.code,
        version=entry.version,
        operation_key=entry.operation.key,
        amount=entry.amount,
        moved=entry.moved,
        available_after=entry.available_after,
        debt_after=entry.debt_after,
        business_day=entry.operation.business_day.isoformat(),
    )
