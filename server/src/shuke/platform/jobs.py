"""Background jobs and schedules on PgQueuer.

A job is asked for in the caller's transaction, so it exists exactly when its reason does. Jobs and schedules bear
being run twice: a process that dies in the middle leaves the work to another. A failing job is tried again with
growing pauses, then kept as failed for somebody to look at.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import orjson
import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    DBSettings,
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.models import Schedule as QueuedSchedule
from pgqueuer.queries import Queries

from shuke.platform import metrics, outcomes, trace
from shuke.platform.db import Database, Session, raw
from shuke.platform.module import Job, Module, Schedule

SCHEMA = "queue"
_SETTINGS = DBSettings(db_schema=SCHEMA)
_TRIES = 8

logger = structlog.get_logger("shuke.jobs")
_database: Database | None = None


def use(database: Database | None) -> None:
    """Make a database the one that this process's jobs and schedules work on."""
    global _database
    _database = database


def database() -> Database:
    """The database that this process's jobs and schedules work on."""
    if _database is None:
        raise RuntimeError("Jobs have no database yet: the worker's start sets it.")
    return _database


@asynccontextmanager
async def transaction() -> AsyncIterator[Session]:
    """One step of a job or schedule: a transaction of its own."""
    async with database().transaction() as session:
        yield session


async def enqueue(
    session: Session,
    name: str,
    payload: Mapping[str, Any],
    *,
    after: timedelta | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Ask for a job in the caller's transaction. With a `dedupe_key`, one that already waits is enough."""
    driver = AsyncpgDriver(await raw(session))
    await _queries(driver).enqueue(
        name, orjson.dumps(payload), execute_after=after, dedupe_key=dedupe_key, on_conflict="skip"
    )


class JobFailed(Exception):
    """A job or schedule raised; the log has the reason under the trace id."""


# The server is gone, is starting or stopping, or ended our sessions.
_LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.InterfaceError,
)


class Worker:
    """Runs the modules' jobs and schedules until stopped."""

    def __init__(self, database: Database, modules: tuple[Module, ...]) -> None:
        self._database = database
        self._jobs = [job for module in modules for job in module.jobs]
        self._schedules = [schedule for module in modules for schedule in module.schedules]
        self._queue: PgQueuer | None = None
        self._is_stopping = False

    async def run(self) -> None:
        """Work until `stop`; a lost connection is opened again."""
        use(self._database)
        while not self._is_stopping:
            try:
                await self._run_once()
            except _LOST:
                logger.warning("job queue lost its connection")
                await asyncio.sleep(2)

    def stop(self) -> None:
        """Take no further work; `run` returns when what has begun is done."""
        self._is_stopping = True
        if self._queue is not None:
            self._queue.shutdown.set()

    async def _run_once(self) -> None:
        connection = await asyncpg.connect(self._database.url, server_settings={"application_name": "shuke-jobs"})
        try:
            driver = AsyncpgDriver(connection)
            self._queue = queue = PgQueuer(connection=driver, queries=_queries(driver))
            for job in self._jobs:
                _register_job(queue, job)
            for schedule in self._schedules:
                _register_schedule(queue, schedule)
            if not self._is_stopping:
                await queue.run(dequeue_timeout=timedelta(seconds=2), batch_size=2, max_concurrent_tasks=4)
        finally:
            await connection.close()


def _register_job(queue: PgQueuer, job: Job) -> None:
    def executor(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
        return DatabaseRetryEntrypointExecutor(
            parameters=parameters, max_attempts=_TRIES, initial_delay=timedelta(seconds=2), max_delay=timedelta(hours=1)
        )

    @queue.entrypoint(job.name, on_failure="hold", executor_factory=executor)
    async def work(queued: QueuedJob) -> None:
        payload = orjson.loads(queued.payload or b"{}")
        await _measured("job", job.name, lambda: job.run(payload))


def _register_schedule(queue: PgQueuer, schedule: Schedule) -> None:
    @queue.schedule(schedule.name, schedule.cron)
    async def work(_: QueuedSchedule) -> None:
        await run_schedule(schedule)


async def run_schedule(schedule: Schedule) -> None:
    """Do now what comes due by the clock. A failure is logged, counted and kept; the next time comes by the clock."""
    try:
        await _measured("schedule", schedule.name, schedule.run)
    except JobFailed:
        return


async def _measured(kind: outcomes.WorkKind, name: str, run: Callable[[], Awaitable[None]]) -> None:
    trace.begin()
    started = time.perf_counter()
    outcome = "failed"
    try:
        async with outcomes.noted(database(), kind, name):
            await run()
        outcome = "done"
    except Exception as error:
        logger.exception("job failed", job=name)
        # The queue keeps what is raised in its tables; messages may hold personal data, types and ids do not.
        raise JobFailed(f"{type(error).__name__}, trace {trace.current()}") from None
    finally:
        metrics.JOBS.labels(name, outcome).observe(time.perf_counter() - started)


def _queries(driver: AsyncpgDriver) -> Queries:
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(_SETTINGS),
        qbq=QueryQueueBuilder(_SETTINGS),
        qbs=QuerySchedulerBuilder(_SETTINGS),
    )
