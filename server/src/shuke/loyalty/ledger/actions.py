"""Verbs of the ledger: lock accounts, and write down what was decided. Sets of members at a time, one or thousands."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from shuke.platform import events
from shuke.platform.db import Session, copy_rows, dump_json, raw

from . import rules
from .currencies import currencies
from .errors import AccountMoved
from .events import BalanceCredited, BalanceExpired, BalanceTakenBack
from .rules import Account, Currency, Entry, Lot, Operation
from .tables import (
    ledger_allocation,
    ledger_currency,
    ledger_entry,
    ledger_lot,
    ledger_operation,
)

_EVENTS = {"earn": BalanceCredited, "take_back": BalanceTakenBack, "expire": BalanceExpired}


async def define_currency(session: Session, *, row: dict[str, Any]) -> None:
    """Add a currency, or leave it as it is when its code exists. `row` holds the columns of `ledger_currency`."""
    known = await session.scalar(select(ledger_currency.c.currency_id).where(ledger_currency.c.code == row["code"]))
    if known is None:
        await session.execute(ledger_currency.insert().values(**row))


async def lock_accounts(session: Session, member_ids: Sequence[int]) -> dict[int, dict[str, Account]]:
    """Lock every account of the members, in order of member and currency, and load each with its open lots.

    Answers member id → currency code → working copy. Accounts that do not exist yet are opened first, so that a
    zero balance is locked like any other.
    """
    known = await currencies(session)
    await _open_accounts(session, member_ids, list(known.values()))
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, currency_id, version, available, pending, held, debt, lot_count, hold_count, head_hash,
               due_at
        from ledger_account where member_id = any($1::bigint[]) order by member_id, currency_id for update
        """,
        list(member_ids),
    )
    by_id = {currency.currency_id: currency for currency in known.values()}
    accounts: dict[int, dict[str, Account]] = {member_id: {} for member_id in member_ids}
    for row in rows:
        currency = by_id[row["currency_id"]]
        columns = {name: value for name, value in row.items() if name != "currency_id"}
        accounts[row["member_id"]][currency.code] = Account(currency=currency, loaded_version=row["version"], **columns)
    await _load_open_lots(session, member_ids, by_id, accounts)
    return accounts


async def _open_accounts(session: Session, member_ids: Sequence[int], known: Sequence[Currency]) -> None:
    driver = await raw(session)
    await driver.execute(
        """
        insert into ledger_account
            (member_id, currency_id, version, available, pending, held, debt, lot_count, hold_count, head_hash)
        select member_id, currency_id, 0, 0, 0, 0, 0, 0, 0, $3
        from unnest($1::bigint[]) member_id cross join unnest($2::smallint[]) currency_id
        order by member_id, currency_id
        on conflict do nothing
        """,
        list(member_ids),
        [currency.currency_id for currency in known],
        rules.FIRST_HASH,
    )


async def _load_open_lots(
    session: Session,
    member_ids: Sequence[int],
    by_id: dict[int, Currency],
    accounts: dict[int, dict[str, Account]],
) -> None:
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, currency_id, lot_no, opened_version, amount, remaining, held, state, earned_on, expires_at,
               unit_cost_micro, rule_version_id, origin_kind, origin_id
        from ledger_lot where member_id = any($1::bigint[]) and state in ('open', 'pending')
        order by member_id, currency_id, lot_no
        """,
        list(member_ids),
    )
    for row in rows:
        columns = {name: value for name, value in row.items() if name not in {"member_id", "currency_id"}}
        accounts[row["member_id"]][by_id[row["currency_id"]].code].open_lots.append(Lot(**columns))


async def save(session: Session, accounts: Iterable[Account], operations: dict[int, list[Operation]]) -> None:
    """Write what was decided for locked accounts: operations (by member), entries, lots, balances, and the events.

    Raises AccountMoved, and so writes nothing, when an account is no longer at the version it was loaded at.
    """
    changed = [account for account in accounts if account.entries]
    if not changed:
        return
    await _move_balances(session, changed)
    used = {(account.member_id, entry.operation.key) for account in changed for entry in account.entries}
    await copy_rows(session, ledger_operation, _OPERATION, _operation_rows(operations, used))
    await copy_rows(session, ledger_entry, _ENTRY, (_entry_row(a, e) for a in changed for e in a.entries))
    await copy_rows(session, ledger_lot, _LOT, (_lot_row(a, lot) for a in changed for lot in a.opened_lots))
    await copy_rows(
        session,
        ledger_allocation,
        ("member_id", "currency_id", "version", "lot_no", "amount", "held"),
        (
            (a.member_id, a.currency.currency_id, part.version, part.lot_no, part.amount, part.held)
            for a in changed
            for part in a.allocations
        ),
    )
    await _draw_on_lots(session, changed)
    await events.publish(session, [_event(a, e) for a in changed for e in a.entries if e.kind in _EVENTS])


async def _move_balances(session: Session, changed: Sequence[Account]) -> None:
    driver = await raw(session)
    moved = await driver.fetch(
        """
        update ledger_account account
        set version = new.version, available = new.available, pending = new.pending, held = new.held,
            debt = new.debt, lot_count = new.lot_count, hold_count = new.hold_count, due_at = new.due_at,
            head_hash = new.head_hash
        from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                    $7::bigint[], $8::bigint[], $9::int[], $10::int[], $11::timestamptz[], $12::bytea[])
            as new(member_id, currency_id, loaded, version, available, pending, held, debt, lot_count, hold_count,
                   due_at, head_hash)
        where account.member_id = new.member_id and account.currency_id = new.currency_id
            and account.version = new.loaded
        returning 1
        """,
        [a.member_id for a in changed],
        [a.currency.currency_id for a in changed],
        [a.loaded_version for a in changed],
        [a.version for a in changed],
        [a.available for a in changed],
        [a.pending for a in changed],
        [a.held for a in changed],
        [a.debt for a in changed],
        [a.lot_count for a in changed],
        [a.hold_count for a in changed],
        [a.due_at for a in changed],
        [a.head_hash for a in changed],
    )
    if len(moved) != len(changed):
        raise AccountMoved


async def _draw_on_lots(session: Session, changed: Sequence[Account]) -> None:
    touched = [
        (account, lot)
        for account in changed
        for lot in account.touched_lots.values()
        if lot.opened_version <= (account.loaded_version or 0)
    ]
    if not touched:
        return
    driver = await raw(session)
    await driver.execute(
        """
        update ledger_lot lot set remaining = new.remaining, held = new.held, state = new.state
        from unnest($1::bigint[], $2::smallint[], $3::int[], $4::bigint[], $5::bigint[], $6::text[])
            as new(member_id, currency_id, lot_no, remaining, held, state)
        where lot.member_id = new.member_id and lot.currency_id = new.currency_id and lot.lot_no = new.lot_no
        """,
        [account.member_id for account, _ in touched],
        [account.currency.currency_id for account, _ in touched],
        [lot.lot_no for _, lot in touched],
        [lot.remaining for _, lot in touched],
        [lot.held for _, lot in touched],
        [lot.state for _, lot in touched],
    )


_OPERATION = (
    "member_id",
    "key",
    "kind",
    "request_hash",
    "actor",
    "origin_kind",
    "origin_id",
    "occurred_at",
    "business_day",
    "recorded_at",
)


def _operation_rows(operations: dict[int, list[Operation]], used: set[tuple[int, str]]) -> Iterable[tuple[Any, ...]]:
    for member_id, acts in operations.items():
        for act in acts:
            if (member_id, act.key) in used:
                yield (
                    member_id,
                    act.key,
                    act.kind,
                    act.request_hash,
                    act.actor,
                    act.origin_kind,
                    act.origin_id,
                    act.occurred_at,
                    act.business_day,
                    act.recorded_at,
                )


_ENTRY = (
    "member_id",
    "currency_id",
    "version",
    "operation_key",
    "kind",
    "contra",
    "amount",
    "moved",
    "available_after",
    "pending_after",
    "held_after",
    "debt_after",
    "occurred_at",
    "business_day",
    "recorded_at",
    "rule_version_id",
    "origin_kind",
    "origin_id",
    "explanation",
    "previous_hash",
    "hash",
)


def _entry_row(account: Account, entry: Entry) -> tuple[Any, ...]:
    act = entry.operation
    return (
        account.member_id,
        account.currency.currency_id,
        entry.version,
        act.key,
        entry.kind,
        entry.contra,
        entry.amount,
        entry.moved,
        entry.available_after,
        entry.pending_after,
        entry.held_after,
        entry.debt_after,
        act.occurred_at,
        act.business_day,
        act.recorded_at,
        entry.rule_version_id,
        act.origin_kind,
        act.origin_id,
        dump_json(entry.explanation),
        entry.previous_hash,
        entry.hash,
    )


_LOT = (
    "member_id",
    "currency_id",
    "lot_no",
    "opened_version",
    "amount",
    "remaining",
    "held",
    "state",
    "earned_on",
    "expires_at",
    "unit_cost_micro",
    "rule_version_id",
    "origin_kind",
    "origin_id",
)


def _lot_row(account: Account, lot: Lot) -> tuple[Any, ...]:
    return (
        account.member_id,
        account.currency.currency_id,
        lot.lot_no,
        lot.opened_version,
        lot.amount,
        lot.remaining,
        lot.held,
        lot.state,
        lot.earned_on,
        lot.expires_at,
        lot.unit_cost_micro,
        lot.rule_version_id,
        lot.origin_kind,
        lot.origin_id,
    )


def _event(account: Account, entry: Entry) -> events.Event:
    return _EVENTS[entry.kind](
        member_id=account.member_id,
        occurred_at=entry.operation.occurred_at,
        currency=account.currency.code,
        version=entry.version,
        operation_key=entry.operation.key,
        amount=entry.amount,
        available_after=entry.available_after,
        debt_after=entry.debt_after,
        business_day=entry.operation.business_day.isoformat(),
    )
