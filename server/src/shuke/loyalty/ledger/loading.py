"""Loading working copies of accounts: one without waiting for anybody, or the accounts of a set of members locked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session, raw

from . import rules
from .currencies import currencies, currency_of
from .errors import CurrencyNotFound
from .rules import Account, Currency, Hold, Lot


async def lock_accounts(
    session: Session,
    member_ids: Sequence[int],
    zone: ZoneInfo,
    *,
    codes: Collection[str] | None = None,
    known: Mapping[str, Currency] | None = None,
) -> dict[int, dict[str, Account]]:
    """Lock accounts of the members, in order of member and currency, and load each with its live lots and open holds.

    Answers member id → currency code → working copy; `codes` limits the currencies; `known` are all of them,
    where the caller has just read them. Accounts that do not exist yet are opened first, so that a zero balance is
    locked like any other.
    """
    known = known or await currencies(session)
    wanted = [currency for currency in known.values() if codes is None or currency.code in codes]
    by_id = {currency.currency_id: currency for currency in wanted}
    driver = await raw(session)
    ids = sorted(member_ids)
    rows = await driver.fetch(_LOCK, ids, list(by_id))
    if len(rows) < len(ids) * len(by_id):
        await driver.execute(_OPEN, ids, list(by_id), rules.FIRST_HASH)
        rows = await driver.fetch(_LOCK, ids, list(by_id))
    accounts: dict[int, dict[str, Account]] = {member_id: {} for member_id in ids}
    for row in rows:
        account = _account(row, by_id[row["currency_id"]], zone)
        accounts[account.member_id][account.currency.code] = account
    await _load_lots(session, ids, by_id, accounts)
    for of_member in accounts.values():
        for account in of_member.values():
            # What was written down is as of the zone of that day; a shop may have moved since.
            account.due_at = rules.next_due(account)
    return accounts


async def read_accounts(
    session: Session, member_ids: Sequence[int], zone: ZoneInfo, *, known: Mapping[str, Currency] | None = None
) -> dict[int, dict[str, Account]]:
    """Working copies of all accounts of the members as they are now, only to look at: nobody waits for them.

    `known`: all currencies, where the caller has just read them.
    """
    by_id = {currency.currency_id: currency for currency in (known or await currencies(session)).values()}
    driver = await raw(session)
    accounts = {
        member_id: {currency.code: Account(member_id, currency, zone) for currency in by_id.values()}
        for member_id in member_ids
    }
    for row in await driver.fetch(_READ, list(member_ids), list(by_id)):
        currency = by_id[row["currency_id"]]
        accounts[row["member_id"]][currency.code] = _account(row, currency, zone)
    await _load_lots(session, list(member_ids), by_id, accounts)
    for of_member in accounts.values():
        for account in of_member.values():
            account.due_at = rules.next_due(account)
    return accounts


_READ = """
    select * from ledger_account where member_id = any($1::bigint[]) and currency_id = any($2::smallint[])
"""
_LOCK = """
    select * from ledger_account where member_id = any($1::bigint[]) and currency_id = any($2::smallint[])
    order by member_id, currency_id for update
"""
_OPEN = """
    insert into ledger_account
        (member_id, currency_id, version, available, pending, held, debt, lot_count, hold_count, head_hash)
    select member_id, currency_id, 0, 0, 0, 0, 0, 0, 0, $3
    from unnest($1::bigint[]) member_id cross join unnest($2::smallint[]) currency_id
    order by member_id, currency_id
    on conflict do nothing
"""
_LIVE_LOTS = """
    select * from ledger_lot
    where member_id = any($1::bigint[]) and currency_id = any($2::smallint[]) and state in ('open', 'pending')
    order by member_id, currency_id, lot_no
"""
_OPEN_HOLDS = """
    select * from ledger_hold
    where member_id = any($1::bigint[]) and currency_id = any($2::smallint[]) and state = 'open'
"""


async def _load_lots(
    session: Session, ids: Sequence[int], by_id: dict[int, Currency], accounts: dict[int, dict[str, Account]]
) -> None:
    driver = await raw(session)
    # Nobody asks for the lots of accounts that have none.
    filled = sorted({a.member_id for of_member in accounts.values() for a in of_member.values() if a.lot_count})
    if not filled:
        return
    for row in await driver.fetch(_LIVE_LOTS, filled, list(by_id)):
        accounts[row["member_id"]][by_id[row["currency_id"]].code].lots.append(lot_of(row))
    held = sorted({a.member_id for of_member in accounts.values() for a in of_member.values() if a.held})
    if held:
        for row in await driver.fetch(_OPEN_HOLDS, held, list(by_id)):
            found = _hold(row)
            accounts[row["member_id"]][by_id[row["currency_id"]].code].holds[found.hold_no] = found


def _account(row: Any, currency: Currency, zone: ZoneInfo) -> Account:
    return Account(
        *(row["member_id"], currency, zone, row["version"]),
        *(row["available"], row["pending"], row["held"], row["debt"], row["lot_count"], row["hold_count"]),
        *(row["head_hash"], row["active_on"], row["due_at"]),
        loaded_version=row["version"],
    )


def lot_of(row: Any) -> Lot:
    """A lot of a row that holds at least its columns."""
    return Lot(
        *(row["lot_no"], row["opened_version"], row["amount"], row["remaining"], row["held"], row["state"]),
        *(row["earned_on"], row["available_on"], row["matures_on"], row["expires_on"], row["unit_cost_micro"]),
        *(row["funding"], row["rule_version_id"], row["origin_kind"], row["origin_id"]),
    )


def _hold(row: Any) -> Hold:
    columns = {name: value for name, value in row.items() if name not in {"member_id", "currency_id", "parts"}}
    return Hold(**columns, parts={int(lot_no): amount for lot_no, amount in row["parts"].items()})


@dataclass(frozen=True, slots=True)
class Loaded:
    """One account as it is now, and the hash of the request that used the key before, if one did."""

    account: Account
    used_by: bytes | None


async def load_account(
    session: Session, member_id: int, code: str, key: str, zone: ZoneInfo, *, with_lots: bool, wait: bool
) -> Loaded:
    """Load one account in one statement, and so as of one moment. `wait`: lock it before. Raises CurrencyNotFound.

    Without a lock, `save` notices when somebody was quicker. An account that has something due, or was never opened,
    is loaded with its lots whatever is asked.
    """
    driver = await raw(session)
    if wait:
        await driver.execute(_WAIT, member_id, code)
    row = await driver.fetchrow(_ONE if with_lots else _ONE_BARE, member_id, code, key)
    if row is None:
        raise CurrencyNotFound(currency=code)
    currency = currency_of(row["currency"])
    if row["account"] is None:
        await driver.execute(_OPEN, [member_id], [currency.currency_id], rules.FIRST_HASH)
        return await load_account(session, member_id, code, key, zone, with_lots=with_lots, wait=wait)
    account = _account(row["account"], currency, zone)
    if not with_lots:
        if account.due_at is not None and account.due_at <= clock.now():
            return await load_account(session, member_id, code, key, zone, with_lots=True, wait=wait)
        account.has_lots = False
        return Loaded(account, row["used_by"])
    account.lots = [lot_of(one) for one in row["lots"] or ()]
    account.holds = {one["hold_no"]: _hold(one) for one in row["holds"] or ()}
    account.due_at = rules.next_due(account)
    return Loaded(account, row["used_by"])


_WAIT = """
    select 1 from ledger_account
    where member_id = $1 and currency_id = (select currency_id from ledger_currency where code = $2) for update
"""
_SELECT = """
    select c as currency, a as account,
        coalesce(
            (select o.request_hash from ledger_operation o where o.member_id = $1 and o.key = $3),
            -- Somebody else's operation has this key: its request is another one.
            (select o.request_hash from ledger_operation o
             where o.key = $3 and o.origin_kind is null and o.actor <> 'system:0'
                and (o.counterpart_member_id is null or o.member_id < o.counterpart_member_id))
        ) as used_by
"""
_LOTS_AND_HOLDS = """
        , (select array_agg(l order by l.lot_no) from ledger_lot l
         where l.member_id = $1 and l.currency_id = c.currency_id and l.state in ('open', 'pending')) as lots,
        (select array_agg(h) from ledger_hold h
         where h.member_id = $1 and h.currency_id = c.currency_id and h.state = 'open') as holds
"""
_FROM = """
    from ledger_currency c left join ledger_account a on a.member_id = $1 and a.currency_id = c.currency_id
    where c.code = $2
"""
_ONE_BARE = _SELECT + _FROM
_ONE = _SELECT + _LOTS_AND_HOLDS + _FROM
