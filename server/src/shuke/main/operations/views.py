"""What the API shows of background work."""

from shuke.platform.i18n import Language
from shuke.platform.outcomes import WorkOutcome

from .event_log import LoggedEvent
from .health import Check
from .queue import QueueCounts, QueuedJob
from .readers import Reader
from .schemas import (
    HealthCheckOut,
    JobAboutOut,
    LastRunOut,
    LoggedEventOut,
    QueueCountsOut,
    QueuedJobOut,
    ReaderOut,
    ScheduleOut,
)
from .timetable import ScheduledWork
from .words import ABOUT, EVENTS, WORK, name_of


def check_out(check: Check, language: Language) -> HealthCheckOut:
    """A check in one language."""
    return HealthCheckOut(
        code=check.code,
        group=check.group,
        state=check.state,
        title=check.title.pick(language),
        said=check.said.pick(language),
        mend=check.mend.pick(language),
        link=check.link,
    )


def counts_out(counts: QueueCounts) -> QueueCountsOut:
    """How much is in the queue."""
    return QueueCountsOut(waiting=counts.waiting, running=counts.running, failed=counts.failed)


def job_out(job: QueuedJob, language: Language) -> QueuedJobOut:
    """A job, with what it is about in words."""
    about = [
        JobAboutOut(label=ABOUT[key][0].pick(language), id=value, link=ABOUT[key][1])
        for key, value in job.about.items()
        if key in ABOUT
    ]
    return QueuedJobOut(
        **{**vars(job), "about": about},
        label=name_of(WORK, job.name).pick(language),
    )


def schedule_out(one: ScheduledWork, language: Language) -> ScheduleOut:
    """A schedule."""
    return ScheduleOut(
        name=one.name,
        label=name_of(WORK, one.name).pick(language),
        cron=one.cron,
        next_at=one.next_at,
        is_running=one.is_running,
        last=_last(one.last),
    )


def reader_out(one: Reader, language: Language) -> ReaderOut:
    """A consumer of the event log."""
    return ReaderOut(
        name=one.name,
        label=name_of(WORK, one.name).pick(language),
        events=[name_of(EVENTS, event).pick(language) for event in one.events],
        lag=one.lag,
        moved_at=one.moved_at,
        last=_last(one.last),
    )


def event_out(one: LoggedEvent, language: Language) -> LoggedEventOut:
    """An event; member 0 is nobody."""
    return LoggedEventOut(
        **{**vars(one), "member_id": one.member_id or None},
        label=name_of(EVENTS, one.name).pick(language),
    )


def _last(outcome: WorkOutcome | None) -> LastRunOut | None:
    if outcome is None:
        return None
    return LastRunOut(
        at=outcome.started_at,
        seconds=outcome.seconds,
        outcome=outcome.outcome,
        failures=outcome.failures,
        error=outcome.error,
        trace_id=outcome.trace_id,
        done_at=outcome.done_at,
        failed_at=outcome.failed_at,
    )
