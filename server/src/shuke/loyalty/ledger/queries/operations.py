"""Questions about operations: what one did, and the past of an entry that is to be reversed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shuke.platform.db import Session, raw

from ..errors import CurrencyNotFound, OperationNotFound
from ..loading import lot_of
from ..rules import Account, Entry, EntryKind, Lot, Posted


class DoneEntry(NamedTuple):
    """One entry of an operation, with the lot it opened first and the hold it concerned."""

    member_id: int
    currency: str
    version: int
    kind: EntryKind
    amount: int
    moved: int
    available_after: int
    pending_after: int
    held_after: int
    debt_after: int
    lot_no: int | None
    hold_no: int | None


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A merge of the past: where the value went, and the debt it moved, by currency."""

    counterpart: int
    debts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Transferred:
    """A transfer of the past: who gave what kind of value to whom."""

    giver: int
    receiver: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class Done:
    """What an operation did; no entries: it found nothing to do. `is_replay`: it had been done before."""

    operation: str
    kind: str
    entries: tuple[DoneEntry, ...]
    is_replay: bool


def done_entry(account: Account, entry: Entry) -> DoneEntry:
    """An entry that has just been decided."""
    opened = [lot.lot_no for lot in account.opened_lots if lot.opened_version == entry.version]
    return DoneEntry(
        member_id=account.member_id,
        currency=account.currency.code,
        version=entry.version,
        kind=entry.kind,
        amount=entry.amount,
        moved=entry.moved,
        available_after=entry.available_after,
        pending_after=entry.pending_after,
        held_after=entry.held_after,
        debt_after=entry.debt_after,
        lot_no=min(opened, default=None),
        hold_no=entry.hold_no,
    )


def done_of(key: str, kind: str, accounts: Iterable[Account]) -> Done:
    """What an operation has just done to accounts."""
    touched = sorted(accounts, key=lambda one: (one.member_id, one.currency.currency_id))
    entries = (done_entry(one, entry) for one in touched for entry in one.entries if entry.operation.key == key)
    return Done(operation=key, kind=kind, entries=tuple(entries), is_replay=False)


async def find_done(session: Session, member_id: int, key: str) -> Done:
    """What an operation did, on both sides where two members are concerned. Raises OperationNotFound."""
    found = await find_all_done(session, [member_id], [key])
    if (member_id, key) not in found:
        raise OperationNotFound(key=key)
    return found[member_id, key]


async def find_all_done(
    session: Session, member_ids: Sequence[int], keys: Sequence[str]
) -> dict[tuple[int, str], Done]:
    """What operations did, named by pairs of member id and key, and answered by them; unknown ones are left out."""
    driver = await raw(session)
    columns = list(member_ids), list(keys)
    kinds = await driver.fetch(_KINDS, *columns)
    entries: dict[tuple[int, str], list[DoneEntry]] = {(row["member_id"], row["key"]): [] for row in kinds}
    for row in await driver.fetch(_ENTRIES, *columns):
        asked_for, key, *values = row
        entries[asked_for, key].append(DoneEntry(*values))
    return {
        (row["member_id"], row["key"]): Done(
            operation=row["key"],
            kind=row["kind"],
            entries=tuple(entries[row["member_id"], row["key"]]),
            is_replay=True,
        )
        for row in kinds
    }


_KINDS = """
    select member_id, key, kind from ledger_operation
    join unnest($1::bigint[], $2::text[]) as wanted(member_id, key) using (member_id, key)
"""
_ENTRIES = """
    select o.member_id as asked_for, o.key, e.member_id, c.code as currency, e.version, e.kind, e.amount, e.moved,
        e.available_after, e.pending_after, e.held_after, e.debt_after,
        (select min(l.lot_no) from ledger_lot l
         where l.member_id = e.member_id and l.currency_id = e.currency_id and l.opened_version = e.version) as lot_no,
        e.hold_no
    from unnest($1::bigint[], $2::text[]) as wanted(member_id, key)
    join ledger_operation o using (member_id, key)
    join ledger_entry e on e.operation_key = o.key
        and (e.member_id = o.member_id or e.member_id = o.counterpart_member_id)
    join ledger_currency c using (currency_id)
    order by e.member_id, e.currency_id, e.version
"""


async def is_done(session: Session, member_id: int, key: str) -> bool:
    """Whether a member knows an operation by this key."""
    driver = await raw(session)
    found = await driver.fetchval("select 1 from ledger_operation where member_id = $1 and key = $2", member_id, key)
    return found is not None


async def find_balance(session: Session, member_id: int, currency: str) -> dict[str, Any]:
    """An account in one row, as of one moment; zeros where nothing has happened yet. Raises CurrencyNotFound."""
    driver = await raw(session)
    row = await driver.fetchrow(
        """
        select c.code as currency, coalesce(a.version, 0) as version, coalesce(a.available, 0) as available,
            coalesce(a.pending, 0) as pending, coalesce(a.held, 0) as held, coalesce(a.debt, 0) as debt, a.due_at
        from ledger_currency c left join ledger_account a on a.member_id = $1 and a.currency_id = c.currency_id
        where c.code = $2
        """,
        member_id,
        currency,
    )
    if row is None:
        raise CurrencyNotFound(currency=currency)
    balance = row["available"] + row["pending"] + row["held"] - row["debt"]
    return {"member_id": member_id, "balance": balance, **dict(row)}


async def find_operation_kind(session: Session, member_id: int, key: str) -> str:
    """The kind of an operation; "activity" for all that activities do, whatever they are called. Raises
    OperationNotFound.
    """
    driver = await raw(session)
    kind: str | None = await driver.fetchval(
        """
        select case origin_kind when 'activity' then origin_kind else kind end from ledger_operation
        where member_id = $1 and key = $2
        """,
        member_id,
        key,
    )
    if kind is None:
        raise OperationNotFound(key=key)
    return kind


async def find_merged(session: Session, member_id: int, key: str) -> Merged:
    """The merge by which a member's value went away. Raises OperationNotFound."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select o.counterpart_member_id, c.code, (e.explanation ->> 'debt')::bigint as debt
        from ledger_operation o
        join ledger_entry e on e.member_id = o.member_id and e.operation_key = o.key
        join ledger_currency c using (currency_id)
        where o.member_id = $1 and o.key = $2 and o.kind = 'merge'
            and e.explanation ->> 'direction' = 'out'
        """,
        member_id,
        key,
    )
    if not rows:
        raise OperationNotFound(key=key)
    return Merged(counterpart=rows[0]["counterpart_member_id"], debts={row["code"]: row["debt"] for row in rows})


async def find_transfer(session: Session, member_id: int, key: str) -> Transferred:
    """The transfer that a member gave or received. Raises OperationNotFound."""
    driver = await raw(session)
    row = await driver.fetchrow(
        """
        select o.counterpart_member_id as other, c.code, e.amount
        from ledger_operation o
        join ledger_entry e on e.member_id = o.member_id and e.operation_key = o.key
        join ledger_currency c using (currency_id)
        where o.member_id = $1 and o.key = $2 and o.kind = 'transfer' and o.counterpart_member_id is not null
        """,
        member_id,
        key,
    )
    if row is None:
        raise OperationNotFound(key=key)
    sides = (member_id, row["other"]) if row["amount"] < 0 else (row["other"], member_id)
    return Transferred(giver=sides[0], receiver=sides[1], currency=row["code"])


async def load_posted(session: Session, account: Account, key: str) -> Posted:
    """The entry that an operation made in an account, with every lot it touched and what was reversed of it.

    Lots that are in the working copy already are those of the copy. Raises OperationNotFound.
    """
    driver = await raw(session)
    place = (account.member_id, account.currency.currency_id)
    row = await driver.fetchrow(_POSTED, *place, key)
    if row is None:
        raise OperationNotFound(key=key)
    parts = await driver.fetch(
        "select lot_no, amount from ledger_allocation where member_id = $1 and currency_id = $2 and version = $3",
        *place,
        row["version"],
    )
    lots = await driver.fetch(_LOTS, *place, row["version"])
    posted = Posted(
        **_facts(row),
        parts={part["lot_no"]: part["amount"] for part in parts},
        lots={lot["lot_no"]: lot_of(lot) for lot in lots},
    )
    return posted.bound_to(account)


async def load_all_posted(session: Session, accounts: Mapping[str, Account]) -> dict[str, Posted]:
    """By key of an operation, the entry that it made in an account, as `load_posted` answers it; set-wise. Operations
    that made none are left out.
    """
    keys = list(accounts)
    places = [
        [account.member_id for account in accounts.values()],
        [account.currency.currency_id for account in accounts.values()],
    ]
    driver = await raw(session)
    rows = await driver.fetch(_ALL_POSTED, *places, keys)
    versions = [
        [row["member_id"] for row in rows],
        [row["currency_id"] for row in rows],
        [row["version"] for row in rows],
    ]
    parts: dict[Any, dict[int, int]] = {}
    lots: dict[Any, dict[int, Lot]] = {}
    for part in await driver.fetch(_ALL_LOTS, *versions) if rows else ():
        place = (part["member_id"], part["currency_id"], part["of_version"])
        parts.setdefault(place, {})[part["lot_no"]] = part["taken"]
        lots.setdefault(place, {})[part["lot_no"]] = lot_of(part)
    found = {}
    for row in rows:
        place = (row["member_id"], row["currency_id"], row["version"])
        posted = Posted(**_facts(row), parts=parts.get(place, {}), lots=lots.get(place, {}))
        found[row["key"]] = posted.bound_to(accounts[row["key"]])
    return found


_ALL_POSTED = """
    select wanted.member_id, wanted.currency_id, wanted.key, e.*
    from unnest($1::bigint[], $2::smallint[], $3::text[]) as wanted(member_id, currency_id, key)
    cross join lateral (
        select e.version, e.kind, e.contra, e.amount, e.reverses_version,
            (select coalesce(sum(abs(x.amount)), 0)::bigint from ledger_entry x where x.member_id = e.member_id
                and x.currency_id = e.currency_id and x.reverses_version = e.version) as reversed_amount,
            (select count(*) from ledger_entry x where x.member_id = e.member_id
                and x.currency_id = e.currency_id and x.reverses_version = e.version) as reversal_count
        from ledger_entry e
        where e.member_id = wanted.member_id and e.currency_id = wanted.currency_id and e.operation_key = wanted.key
        order by e.version limit 1
    ) e
"""
_ALL_LOTS = """
    select wanted.version as of_version, a.amount as taken, l.*
    from unnest($1::bigint[], $2::smallint[], $3::int[]) as wanted(member_id, currency_id, version)
    join ledger_allocation a using (member_id, currency_id, version)
    join ledger_lot l using (member_id, currency_id, lot_no)
"""


def _facts(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in _FACTS}


_FACTS = ("version", "kind", "contra", "amount", "reverses_version", "reversed_amount", "reversal_count")
_POSTED = """
    select e.version, e.kind, e.contra, e.amount, e.reverses_version, r.reversed_amount, r.reversal_count
    from ledger_entry e cross join lateral (
        select coalesce(sum(abs(x.amount)), 0)::bigint as reversed_amount, count(*) as reversal_count
        from ledger_entry x
        where x.member_id = e.member_id and x.currency_id = e.currency_id and x.reverses_version = e.version
    ) r
    where e.member_id = $1 and e.currency_id = $2 and e.operation_key = $3
    -- A capture that released its rest has a second entry; what it did comes first.
    order by e.version limit 1
"""
_LOTS = """
    select * from ledger_lot
    where member_id = $1 and currency_id = $2 and (opened_version = $3 or lot_no in (
        select lot_no from ledger_allocation where member_id = $1 and currency_id = $2 and version = $3
    ))
"""
