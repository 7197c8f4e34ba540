"""Every stored row of one account, as the exact look wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from ..currencies import currency_of
from ..rules import Currency

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AccountRows:
    """One account with all that belongs to it. `currency` or `account` is None where rows hang in the air."""

    member_id: int
    currency_id: int
    currency: Currency | None
    zone: ZoneInfo
    account: Row | None
    # Each in order of its number.
    entries: Sequence[Row]
    lots: Sequence[Row]
    holds: Sequence[Row]
    allocations: Sequence[Row]
    operations: Mapping[str, Row] = field(default_factory=dict)
    # What the other members of transfers have under the same keys.
    other_entries: Mapping[tuple[int, str], Sequence[int]] = field(default_factory=dict)
    other_operations: Mapping[tuple[int, str], int | None] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The currency's code, or its number where there is no such currency."""
        return self.currency.code if self.currency else str(self.currency_id)


async def currency_ids(driver: asyncpg.Connection, member_id: int) -> list[int]:
    """The currencies in which anything of a member's exists."""
    rows = await driver.fetch(_CURRENCIES, member_id)
    return [row["currency_id"] for row in rows]


async def load_rows(driver: asyncpg.Connection, member_id: int, currency_id: int, zone: ZoneInfo) -> AccountRows:
    """All rows of one account. Call it in a snapshot."""
    place = (member_id, currency_id)
    currency = await _fetch(driver, _CURRENCY, currency_id)
    account = await _fetch(driver, _ACCOUNT, *place)
    entries = await _fetch(driver, _ENTRIES, *place)
    operations = await _fetch(driver, _OPERATIONS, member_id, list({row["operation_key"] for row in entries}))
    by_key = {row["key"]: row for row in operations}
    keys = {row["operation_key"] for row in entries if row["kind"] == "transfer"}
    others = {by_key[key]["counterpart_member_id"] for key in keys if key in by_key} - {None}
    other_entries: dict[tuple[int, str], list[int]] = {}
    for row in await _fetch(driver, _OTHER_ENTRIES, list(others), currency_id, list(keys)):
        other_entries.setdefault((row["member_id"], row["operation_key"]), []).append(row["amount"])
    return AccountRows(
        member_id=member_id,
        currency_id=currency_id,
        currency=currency_of(currency[0]) if currency else None,
        zone=zone,
        account=account[0] if account else None,
        entries=entries,
        lots=await _fetch(driver, _LOTS, *place),
        holds=await _fetch(driver, _HOLDS, *place),
        allocations=await _fetch(driver, _ALLOCATIONS, *place),
        operations=by_key,
        other_entries=other_entries,
        other_operations={
            (row["member_id"], row["key"]): row["counterpart_member_id"]
            for row in await _fetch(driver, _OTHER_OPERATIONS, list(others), list(keys))
        },
    )


async def _fetch(driver: asyncpg.Connection, statement: str, *values: Any) -> list[Row]:
    return [dict(row) for row in await driver.fetch(statement, *values)]


_CURRENCIES = """
    select currency_id from ledger_account where member_id = $1
    union select currency_id from ledger_entry where member_id = $1
    union select currency_id from ledger_lot where member_id = $1
    union select currency_id from ledger_hold where member_id = $1
    union select currency_id from ledger_allocation where member_id = $1
    order by currency_id
"""
_CURRENCY = "select * from ledger_currency where currency_id = $1"
_ACCOUNT = "select * from ledger_account where member_id = $1 and currency_id = $2"
_ENTRIES = """
    select version, operation_key, kind, contra, amount, moved, available_after, pending_after, held_after, debt_after,
        occurred_at, business_day, recorded_at, rule_version_id, origin_kind, origin_id, previous_hash, hash,
        explanation::text as explanation, active_after, hold_no, reverses_version
    from ledger_entry where member_id = $1 and currency_id = $2 order by version
"""
_LOTS = "select * from ledger_lot where member_id = $1 and currency_id = $2 order by lot_no"
_HOLDS = """
    select hold_no, opened_version, amount, remaining, state, expires_at, origin_kind, origin_id, parts::text as parts
    from ledger_hold where member_id = $1 and currency_id = $2 order by hold_no
"""
_ALLOCATIONS = "select * from ledger_allocation where member_id = $1 and currency_id = $2 order by version, lot_no"
_OPERATIONS = "select * from ledger_operation where member_id = $1 and key = any($2::text[])"
_OTHER_ENTRIES = """
    select member_id, operation_key, amount from ledger_entry
    where member_id = any($1::bigint[]) and currency_id = $2 and kind = 'transfer' and operation_key = any($3::text[])
"""
_OTHER_OPERATIONS = """
    select member_id, key, counterpart_member_id from ledger_operation
    where member_id = any($1::bigint[]) and key = any($2::text[])
"""
