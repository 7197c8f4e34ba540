"""The queue of jobs: what waits, what runs, what has failed; trying again and letting go."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from sqlalchemy import text

from shuke.platform.db import Session
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

JobState = Literal["waiting", "running", "failed"]
_SORT = "-job"
_STATUS: Mapping[JobState, str] = {"waiting": "queued", "running": "picked", "failed": "failed"}
_STATES: Mapping[str, JobState] = {status: state for state, status in _STATUS.items()}
# What our jobs raise into the queue: the type of the error, and where the log tells of it.
_REASON = re.compile(r"(?P<error>\w+), trace (?P<trace>[\w-]+)")


@dataclass(frozen=True, kw_only=True)
class QueuedJob:
    """A job in the queue. `error` is a type and `trace_id` finds it in the log: nothing personal stands here."""

    id: int
    name: str
    state: JobState
    tries: int
    asked_at: datetime
    changed_at: datetime
    due_at: datetime
    about: dict[str, int]
    error: str | None
    trace_id: str | None


@dataclass(frozen=True, kw_only=True)
class QueueCounts:
    """How much waits, runs and has failed, and since when the oldest that could run is waiting."""

    waiting: int
    running: int
    failed: int
    oldest_due_at: datetime | None


async def count_jobs(session: Session) -> QueueCounts:
    """How much is in the queue."""
    row = (await session.execute(_COUNT)).one()
    return QueueCounts(**row._mapping)


async def list_jobs(session: Session, *, state: JobState, cursor: str | None, limit: int) -> Page[QueuedJob]:
    """Jobs of a state, newest first. Raises BadCursor."""
    below = 2**63 - 1
    if cursor is not None:
        (below,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(below, int):
            raise BadCursor
    rows = (await session.execute(_LIST, {"status": _STATUS[state], "below": below, "limit": limit + 1})).all()
    reasons = await _reasons(session, [row.id for row in rows[:limit]])
    found = [_job(row, reasons.get(row.id)) for row in rows[:limit]]
    return Page(found, encode_cursor(_SORT, [found[-1].id]) if len(rows) > limit else None)


async def retry(session: Session, ids: Sequence[int] | None) -> list[int]:
    """Let failed jobs be tried anew (None: all of them). What has not failed stays as it is: twice is once."""
    return list((await session.execute(_RETRY, {"ids": ids})).scalars())


async def discard(session: Session, ids: Sequence[int] | None) -> list[int]:
    """Let failed jobs go for good (None: all of them). What has not failed stays."""
    return list((await session.execute(_DISCARD, {"ids": ids})).scalars())


async def forget_log(session: Session) -> None:
    """Forget lines of the queue's own log that are older than the reasons shown here."""
    await session.execute(_FORGET)


async def _reasons(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = await session.execute(_REASONS, {"ids": list(ids)})
    return {row.job_id: row.reason for row in rows if row.reason is not None}


def _job(row: Any, reason: str | None) -> QueuedJob:
    found = _REASON.search(reason or "")
    return QueuedJob(
        id=row.id,
        name=row.entrypoint,
        state=_STATES[row.status],
        tries=row.attempts + (row.status == "failed"),
        asked_at=row.created,
        changed_at=row.updated,
        due_at=row.execute_after,
        about=_about(row.payload),
        error=found["error"] if found else None,
        trace_id=found["trace"] if found else None,
    )


def _about(payload: bytes | None) -> dict[str, int]:
    """The ids of a payload; what else stands there is nobody's business here."""
    values = orjson.loads(payload or b"{}")
    return {key: value for key, value in values.items() if key.endswith("_id") and isinstance(value, int)}


_COUNT = text(
    """
    select count(*) filter (where status = 'queued') as waiting,
        count(*) filter (where status = 'picked') as running,
        count(*) filter (where status = 'failed') as failed,
        min(execute_after) filter (where status = 'queued' and execute_after <= now()) as oldest_due_at
    from queue.pgqueuer
    """
)
_LIST = text(
    """
    select id, entrypoint, status::text as status, attempts, created, updated, execute_after, payload
    from queue.pgqueuer
    where status = cast(:status as queue.pgqueuer_status) and id < :below
    order by id desc
    limit :limit
    """
)
_REASONS = text(
    """
    select distinct on (job_id) job_id,
        coalesce(traceback -> 'additional_context' ->> 'reason', traceback ->> 'exception_message') as reason
    from queue.pgqueuer_log
    where job_id = any(:ids) and traceback is not null
    order by job_id, created desc
    """
)
# Without its dedupe key: another one like it may be waiting by now, and jobs bear being run twice.
_RETRY = text(
    """
    with again as (
        update queue.pgqueuer
        set status = 'queued', attempts = 0, execute_after = now(), updated = now(), queue_manager_id = null,
            slot = null, dedupe_key = null
        where status = 'failed' and (cast(:ids as bigint[]) is null or id = any(:ids))
        returning id, entrypoint, priority
    ), logged as (
        insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
        select id, 'queued', entrypoint, priority from again
    )
    select id from again order by id
    """
)
_DISCARD = text(
    """
    with gone as (
        delete from queue.pgqueuer
        where status = 'failed' and (cast(:ids as bigint[]) is null or id = any(:ids))
        returning id, entrypoint, priority
    ), logged as (
        insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
        select id, 'deleted', entrypoint, priority from gone
    )
    select id from gone order by id
    """
)
# A job that is still there keeps its reasons.
_FORGET = text(
    """
    delete from queue.pgqueuer_log
    where created < now() - interval '30 days' and not job_id in (select id from queue.pgqueuer)
    """
)
