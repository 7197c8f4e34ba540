"""Sealing the trail, signing its head, removing what is too old."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, jobs, keys
from shuke.platform.db import Session, copy_rows, raw
from shuke.platform.shop_clock import platform_setting

from . import rules
from .queries import chain
from .tables import audit_seal

_BATCH = 5_000
# Held until the transaction ends, so a process that dies blocks nobody; a second sealer finds it taken and goes.
_LOCK = 4_242_017
# The job's name.
VERIFY = "audit.verify"


async def seal(session: Session) -> bool:
    """Chain the lines that have been committed, in the order of their transactions; says whether more wait.

    Only lines below the oldest transaction that still runs are taken: a line that commits late is not passed by.
    """
    driver = await raw(session)
    if not await driver.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
        return False
    last = await driver.fetchrow(_LAST)
    seq, before = (last["seq"], last["hash"]) if last else (0, rules.FIRST_HASH)
    place = (last["transaction_id"], last["audit_id"]) if last else (0, 0)
    lines = await driver.fetch(_UNSEALED, *place, _BATCH)
    rows = []
    for line in lines:
        seq, before = seq + 1, rules.next_hash(before, line)
        rows.append((seq, line["id"], before))
    if rows:
        await copy_rows(session, audit_seal, ("seq", "audit_id", "hash"), rows)
    await _sign_when_due(driver, seq, before)
    return len(lines) == _BATCH


async def _sign_when_due(driver: asyncpg.Connection, seq: int, hash_: bytes) -> None:
    newest = await chain.newest_head(driver)
    if rules.is_head_due(newest, seq=seq, at=clock.wall()):
        await _sign(driver, newest, seq, hash_)


async def sign_head(session: Session) -> rules.Head | None:
    """Sign the chain as it is now; None while it is empty. What is signed already is answered again."""
    driver = await raw(session)
    await driver.execute("select pg_advisory_xact_lock($1)", _LOCK)
    last = await driver.fetchrow(_LAST)
    newest = await chain.newest_head(driver)
    if last is None or (newest is not None and newest.seq >= last["seq"]):
        return newest
    return await _sign(driver, newest, last["seq"], last["hash"])


async def _sign(driver: asyncpg.Connection, before: rules.Head | None, seq: int, hash_: bytes) -> rules.Head:
    ring = keys.ring()
    newest_at: datetime = await driver.fetchval(_NEWEST_AT, seq, before.seq if before else 0)
    unsigned = rules.Head(
        seq=seq,
        hash=hash_,
        made_at=clock.wall(),
        # A line may carry an earlier time than the one before it: the transaction that wrote it lasted longer.
        newest_at=max(newest_at, before.newest_at) if before else newest_at,
        previous_hash=before.statement_hash if before else rules.FIRST_HASH,
        key_id=rules.key_id(ring.public_key),
        signature=b"",
    )
    head = rules.Head(**{**vars(unsigned), "signature": ring.sign(unsigned.statement)})
    await driver.execute(_KEEP_HEAD, *(getattr(head, name) for name in chain.HEAD_COLUMNS))
    return head


async def set_retention(session: Session, days: int) -> tuple[int, int]:
    """Set how long lines are kept. Returns the days before and now."""
    before = await chain.retention_days(session)
    await _keep(session, chain.RETENTION, days)
    return before, days


async def forget_oldest(session: Session) -> int:
    """Remove the lines below the oldest head when all of them are old enough; returns how many (0: nothing to do).

    One head at a time: what is left always begins behind a signed head, so it can be verified at every moment.
    """
    driver = await raw(session)
    await driver.execute("select pg_advisory_xact_lock($1)", _LOCK)
    too_old = clock.wall() - timedelta(days=await chain.retention_days(session))
    up_to = await driver.fetchval(_OLDEST_CUT, too_old)
    if up_to is None:
        return 0
    gone: int = await driver.fetchval("select audit_forget($1)", up_to)
    return gone


async def ask_to_verify(session: Session) -> None:
    """Have the whole chain verified in the background; one that waits already is enough."""
    await jobs.enqueue(session, VERIFY, {}, dedupe_key=VERIFY)


async def note_verified(session: Session, report: chain.Report) -> None:
    """Keep how the last verification ended."""
    await _keep(session, chain.VERIFIED, report.stored(clock.wall()))


async def _keep(session: Session, key: str, value: Any) -> None:
    new = insert(platform_setting).values(key=key, value=value)
    await session.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


_LAST = """
    select s.seq, s.hash, s.audit_id, a.transaction_id
    from audit_seal s left join audit a on a.id = s.audit_id
    order by s.seq desc limit 1
"""
_UNSEALED = """
    select id, at, wall_at, actor, on_behalf_of, action, object_kind, object_id, member_id, result, code, trace_id,
        address, session_id, details::text as details, changes::text as changes, sealed
    from audit
    where (transaction_id, id) > ($1, $2) and transaction_id < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
    order by transaction_id, id
    limit $3
"""
_NEWEST_AT = """
    select max(a.wall_at) from audit_seal s join audit a on a.id = s.audit_id where s.seq <= $1 and s.seq > $2
"""
_KEEP_HEAD = """
    insert into audit_head (seq, hash, made_at, newest_at, previous_hash, key_id, signature)
    values ($1, $2, $3, $4, $5, $6, $7)
"""
# The newest line stays whatever its age: the chain goes on from it.
_OLDEST_CUT = """
    select h.seq from audit_head h
    where h.seq >= (select min(seq) from audit_seal) and h.seq < (select max(seq) from audit_seal)
        and h.newest_at < $1
    order by h.seq limit 1
"""
