"""Lock the counts that rules ask for, and save what was used of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import asyncpg

from shuke.platform.db import Session, raw

from ..rules import ALL, Room, RuleVersion, Use, UseKey, use_keys

# Writing a row to itself locks it, and makes it where there is none: nobody else passes, and what comes back is what
# the one before committed. Rows are taken in the order of the arrays, which is the same for everybody.
_LOCK_CAPS = """
    insert into earning_cap_use as used (member_id, rule_id, counted, period, period_start)
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::date[])
    on conflict (member_id, rule_id, counted, period, period_start) do update set amount = used.amount
    returning member_id, rule_id, counted, period, period_start, amount, times
"""
_LOCK_BUDGETS = """
    insert into earning_budget_use as used (rule_id, counted, period, period_start)
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::date[])
    on conflict (rule_id, counted, period, period_start) do update set amount = used.amount
    returning rule_id, counted, period, period_start, amount, times
"""
_LOOK_AT_CAPS = """
    select used.* from earning_cap_use used
    join unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::date[])
        as asked (member_id, rule_id, counted, period, period_start)
    using (member_id, rule_id, counted, period, period_start)
"""
_LOOK_AT_BUDGETS = """
    select used.* from earning_budget_use used
    join unnest($1::bigint[], $2::text[], $3::text[], $4::date[]) as asked (rule_id, counted, period, period_start)
    using (rule_id, counted, period, period_start)
"""
_SAVE_CAPS = """
    update earning_cap_use used set amount = new.amount, times = new.times
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::bigint[])
        as new (member_id, rule_id, counted, period, period_start, amount, times)
    where (used.member_id, used.rule_id, used.counted, used.period, used.period_start)
        = (new.member_id, new.rule_id, new.counted, new.period, new.period_start)
"""
_SAVE_BUDGETS = """
    update earning_budget_use used set amount = new.amount, times = new.times
    from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::bigint[])
        as new (rule_id, counted, period, period_start, amount, times)
    where (used.rule_id, used.counted, used.period, used.period_start)
        = (new.rule_id, new.counted, new.period, new.period_start)
"""


async def lock_room(
    session: Session, versions: Sequence[RuleVersion], member_ids: Iterable[int], days: Iterable[date]
) -> Room:
    """The room that versions leave to members on days, kept from others until the transaction ends.

    No statement where no version has a limit. Lock accounts first: budgets are locked last of all.
    """
    every_day = list(days)
    return await lock_room_of(session, versions, dict.fromkeys(member_ids, every_day))


async def lock_room_of(
    session: Session, versions: Sequence[RuleVersion], days_of: Mapping[int, Iterable[date]]
) -> Room:
    """The same where each member has days of their own; pass each day once."""
    return await _read(session, versions, days_of, is_locked=True)


async def look_at_room(
    session: Session, versions: Sequence[RuleVersion], member_ids: Iterable[int], days: Iterable[date]
) -> Room:
    """The room as it is just now, for a quote or a test: locks and writes nothing, and cannot be saved."""
    every_day = list(days)
    return await _read(session, versions, dict.fromkeys(member_ids, every_day), is_locked=False)


async def save_room(session: Session, room: Room) -> None:
    """Write what was used or given back. No statement where nothing was."""
    changed = {key: use for key, use in room.uses.items() if use.is_changed}
    loose = [key for key, use in changed.items() if not use.is_locked]
    if loose:
        raise RuntimeError(f"{len(loose)} counts were used without being locked, such as that of rule {loose[0][1]}")
    caps = [(*key, use.amount, use.times) for key, use in changed.items() if key[0] != ALL]
    budgets = [(*key[1:], use.amount, use.times) for key, use in changed.items() if key[0] == ALL]
    if caps or budgets:
        driver = await raw(session)
        if caps:
            await driver.execute(_SAVE_CAPS, *_columns(caps))
        if budgets:
            await driver.execute(_SAVE_BUDGETS, *_columns(budgets))
    for use in changed.values():
        use.is_changed = False


async def _read(
    session: Session, versions: Sequence[RuleVersion], days_of: Mapping[int, Iterable[date]], *, is_locked: bool
) -> Room:
    keys = use_keys(versions, ((member_id, day) for member_id, days in days_of.items() for day in days))
    caps = [key for key in keys if key[0] != ALL]
    budgets = [key[1:] for key in keys if key[0] == ALL]
    room = Room()
    if not keys:
        return room
    driver = await raw(session)
    if caps:
        rows = await driver.fetch(_LOCK_CAPS if is_locked else _LOOK_AT_CAPS, *_columns(caps))
        room.uses.update((_key(row, row["member_id"]), _use(row, is_locked=is_locked)) for row in rows)
    if budgets:
        rows = await driver.fetch(_LOCK_BUDGETS if is_locked else _LOOK_AT_BUDGETS, *_columns(budgets))
        room.uses.update((_key(row, ALL), _use(row, is_locked=is_locked)) for row in rows)
    return room


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _key(row: asyncpg.Record, owner: int) -> UseKey:
    return owner, row["rule_id"], row["counted"], row["period"], row["period_start"]


def _use(row: asyncpg.Record, *, is_locked: bool) -> Use:
    return Use(row["amount"], row["times"], is_locked=is_locked)
