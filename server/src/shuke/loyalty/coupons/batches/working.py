"""The work on batches, chunk by chunk, each in a transaction of its own. Killed anywhere, it goes on where it was."""

import asyncio
from datetime import datetime

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Database, is_contention, raw, sqlstate
from shuke.platform.errors import AppError

from .. import codes
from ..changing import Step
from ..issuing.voiding import void_all
from .actions import mark
from .copying import NobodysCode, copy_in
from .errors import BatchBroken, BatchCollides, TooFewUnits
from .importing import Import
from .queries import Batch, get_batch
from .units import take_units

CHUNK = 20_000
_VOID_CHUNK = 2_000
_TRIES = 6
_UNIQUE = "23505"

logger = structlog.get_logger("shuke.coupons")


async def work_on(database: Database, batch_id: int) -> Batch:
    """Do what is left of a batch, if nobody else is at it."""
    async with database.advisory_lock(f"coupon_batch:{batch_id}") as is_mine:
        if is_mine:
            try:
                while await _patiently(database, batch_id):
                    pass
            except AppError as error:
                await _end_failed(database, batch_id, error)
            except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
                # The database is away: the batch stays as it is and goes on when it is worked on again.
                raise
            except Exception as error:
                if not is_contention(error):
                    await _end_failed(database, batch_id, BatchBroken())
                raise
    async with database.transaction() as session:
        return await get_batch(session, batch_id)


async def _patiently(database: Database, batch_id: int) -> bool:
    """A chunk; where others are in the way, or a new code is taken, once more after a pause."""
    for attempt in range(_TRIES):
        try:
            return await _chunk(database, batch_id)
        except (DBAPIError, asyncpg.PostgresError) as error:
            is_taken = sqlstate(error) == _UNIQUE
            if not (is_contention(error) or is_taken):
                raise
            if attempt == _TRIES - 1:
                raise (BatchCollides() if is_taken else error) from None
        await asyncio.sleep(0.05 * 2**attempt)
    return False


async def _chunk(database: Database, batch_id: int) -> bool:
    """One chunk of whatever a batch waits for; whether there is more."""
    async with database.transaction() as session:
        batch = await get_batch(session, batch_id)
    if batch.state == "voiding":
        return await _void_some(database, batch_id)
    if batch.state not in ("waiting", "running"):
        return False
    if batch.kind == "external":
        await Import(database, batch).run()
        return False
    return await _make_some(database, batch)


async def _make_some(database: Database, seen: Batch) -> bool:
    count = min(CHUNK, seen.wanted - seen.made)
    made = await asyncio.to_thread(codes.new_codes, count, seen.details["prefix"]) if count else []
    async with database.transaction() as session:
        batch = await get_batch(session, seen.batch_id, hold=True)
        if batch.state not in ("waiting", "running") or batch.made != seen.made:
            # Stopped, or gone on with, since we looked.
            return batch.state in ("waiting", "running")
        units = await take_units(session, batch.template_id, count)
        valid_from, expires_at = datetime.fromisoformat(batch.details["valid_from"]), _at(batch.details["expires_at"])
        rows = [NobodysCode(code, valid_from, expires_at, unit) for code, unit in zip(made, units, strict=True)]
        await copy_in(session, batch, rows)
        done = batch.made + count
        if done < batch.wanted:
            await mark(session, batch, state="running", made=done)
            return True
        await mark(session, batch, state="done", made=done, ended_at=clock.now())
        return False


async def _void_some(database: Database, batch_id: int) -> bool:
    async with database.transaction() as session:
        batch = await get_batch(session, batch_id, hold=True)
        if batch.state != "voiding":
            return False
        at, zone = clock.now(), (await organization.get_shop(session)).zone
        rows = await (await raw(session)).fetch(_UNUSED, batch_id, batch.details.get("voided_to", 0), _VOID_CHUNK)
        steps = [
            Step(
                member_id=row["member_id"],
                coupon_id=row["coupon_id"],
                template_id=row["template_id"],
                version=row["version"],
                at=at,
                actor=batch.asked_by,
                reason=batch.details.get("void_reason"),
            )
            for row in rows
        ]
        await void_all(session, steps, zone)
        if rows:
            await mark(session, batch, details={**batch.details, "voided_to": rows[-1]["coupon_id"]})
            return True
        await mark(session, batch, state="voided", ended_at=at)
        return False


async def _end_failed(database: Database, batch_id: int, error: AppError) -> None:
    logger.warning("coupon batch stopped", batch_id=batch_id, code=error.code)
    is_stopped = isinstance(error, BatchCollides | TooFewUnits)
    async with database.transaction() as session:
        batch = await get_batch(session, batch_id, hold=True)
        if batch.state == "voiding":
            return
        details = {**batch.details, "error": error.kept()}
        await mark(session, batch, state="stopped" if is_stopped else "failed", details=details, ended_at=clock.now())


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# What people got for exchanged codes stays with them.
_UNUSED = """
    select member_id, coupon_id, template_id, version from coupon
    where batch_id = $1 and batch_id is not null and coupon_id > $2 and how = 'code' and state in ('issued', 'locked')
    order by coupon_id for update limit $3
"""
