"""Schedules: when each last ran, how that ended, and when it comes again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from shuke.platform import jobs, outcomes
from shuke.platform.db import Session
from shuke.platform.module import Schedule, installed
from shuke.platform.outcomes import WorkOutcome

from .errors import ScheduleNotFound

RUN = "operations.run_schedule"
# A schedule that has been moved to another time leaves its old row behind: the newest time counts.
_NEXT = text(
    "select entrypoint, max(next_run) as next_at, bool_or(status = 'picked') as is_running "
    "from queue.pgqueuer_schedules group by entrypoint"
)
_ASKED = text(
    "select convert_from(payload, 'UTF8')::jsonb ->> 'schedule' from queue.pgqueuer "
    "where entrypoint = :run and status in ('queued', 'picked')"
)


@dataclass(frozen=True, kw_only=True)
class ScheduledWork:
    """A schedule: its cron expression (UTC), how it last ended, and whether it runs just now."""

    name: str
    cron: str
    next_at: datetime | None
    last: WorkOutcome | None
    is_running: bool


async def list_schedules(session: Session) -> list[ScheduledWork]:
    """Every schedule of the program, by name. One that no worker has taken up yet has no next time."""
    last = {one.name: one for one in await outcomes.list_outcomes(session, "schedule")}
    rows = {row.entrypoint: row for row in await session.execute(_NEXT)}
    asked = set((await session.execute(_ASKED, {"run": RUN})).scalars())
    found = [
        ScheduledWork(
            name=schedule.name,
            cron=schedule.cron,
            next_at=rows[schedule.name].next_at if schedule.name in rows else None,
            last=last.get(schedule.name),
            is_running=schedule.name in asked or (schedule.name in rows and rows[schedule.name].is_running),
        )
        for schedule in _schedules().values()
    ]
    return sorted(found, key=lambda one: one.name)


async def run_now(session: Session, name: str) -> None:
    """Let the worker do now what would come by the clock; one that waits already is enough. Raises ScheduleNotFound."""
    if name not in _schedules():
        raise ScheduleNotFound(name)
    await jobs.enqueue(session, RUN, {"schedule": name}, dedupe_key=f"{RUN}:{name}")


async def run_schedule(payload: dict[str, Any]) -> None:
    """The job: how the schedule ends is kept like by the clock, and is no failure of this job."""
    schedule = _schedules().get(payload["schedule"])
    if schedule is not None:
        await jobs.run_schedule(schedule)


def _schedules() -> dict[str, Schedule]:
    return {schedule.name: schedule for module in installed() for schedule in module.schedules}
